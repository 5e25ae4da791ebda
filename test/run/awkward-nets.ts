/** Names and texts that the languages of targets read otherwise, and what else is easily got wrong with blocks. */

export const awkwardNets: readonly string[] = [
  `net X {
    class: INPUT 8x8x3
    import: CONV3-4 - eval: RELU - forward: CONV3-4 - self: RELU - x: CONV3-4 - y: ADD { ID | lambda: CONV3-4 } - None: FC-3
  }`,
  `## Says """ and ''' and \\ and \${1} and */ and {braces}.
   net Sequential { INPUT 8x8x3 - CONV3-4 - GAP - FC-2 }`,
  `block nn1(c) { CONV3-c - RELU }
   block F(c) { ADD { CONV3-c | CONV1-c } }
   block Scale(c) { CONV1-c - SCALE }
   net torch { INPUT 8x8x3 - F(4) - F(4)*3 - Scale(5) - layers: FC-3 }`.replace("nn1", "Nn1"),
  `block Unit(c, s) { ADD { CONV3-c/s - BN - RELU - CONV3-c - BN | CONV1-c/s - BN } - RELU }
   block Stage(c, n, s) { Unit(c, s) - Unit(c, 1)*n }
   net X { INPUT 16x16x3 - Stage(4, 1, 1) - Stage(8, 2, 2) - Stage(12, 4, 2) - GAP - FC-3 }`,
  `block Dense(k) { CONCAT { ID | BN - RELU - CONV3-k } }
   net X { INPUT 8x8x4 - Dense(3)*5 - again: [CONV3-4 - RELU]*3 - GAP - FC-2 }`,
  `block Two(@skip) { ADD { @skip | CONV3-4 } }
   net X { a: INPUT 8x8x4
     b: INPUT 8x8x4
     output one = ADD { @a | @b } - Two(@a) - c: Two(@b)
     output two = @c - GAP - FC-3 }`,
  // Calls that differ in a number, in what pads, and in how many there are in a row; blocks of layers one after the other.
  `block Conv(c, k, s) { CONV-c window k stride s - BN - RELU }
   block Row(c, n) { Conv(c, 3, 1)*n - Conv(c, 1, 1) }
   net X { INPUT 16x16x3 - Conv(4, 3, 1) - Conv(4, 3, 2) - Conv(8, 5, 1) - Row(8, 2) - Row(6, 3) - Row(6, 8) - GAP - FC-3 }`,
  `block Grow(c) { CONCAT { ID | CONV3-c groups 2 - ELU 0.5 } }
   block Twice(c) { Grow(c) - Grow(c + 2) - Grow(c + 4) - Grow(c + 6) }
   net X { INPUT 8x8x4 - Twice(2) - Twice(4) - GAP - FC-3 }`,
  `block tf2(c) { CONV3-c - RELU }
   block X1(c) { ADD { tf2(c) | CONV1-c } }
   block Through(c) { ADD { X1(c) | CONV1-c } }
   block Name(c) { tf2(c) }
   block Index(c) { Name(c)*2 }
   net createModel {
    x: INPUT 8x8x4
    tf: Through(4) - index: Index(5) - initialize: CONV3-4 - heUniform: Through(3)*3 - const: GAP - delete: FC-2
  }`.replaceAll("tf2", "Tf"),
];

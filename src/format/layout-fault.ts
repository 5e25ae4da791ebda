/** A fault of the formatter: what it made of a text would be another program. The text stays as it is. */
export class LayoutFault extends Error {
  override readonly name = "LayoutFault";
}

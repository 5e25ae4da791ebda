/** Expressions of the concrete tree to those of the AST. What the parser could not read becomes `unreadable`. */
import type { CstNode, IToken } from "chevrotain";
import { diagnose, type Diagnostic } from "../base/diagnostics.js";
import { cover, type SourceText, type Span } from "../base/source.js";
import type * as ast from "./ast.js";
import { tooManyTerms, unexpectedToken } from "./diagnostics.js";
import { directTokens, node, nodes, spanOfNode, spanOfToken, token } from "./cst.js";

const MOST_TERMS = 256;

export class ExpressionBuilder {
  constructor(
    private readonly source: SourceText,
    private readonly report: (diagnostic: Diagnostic) => void,
    /** Whether the parser stumbled between two places. */
    private readonly stumbled: (start: number, end: number) => boolean,
  ) {}

  /** The arguments of a call, `name = value` among them. */
  list(list: CstNode): ast.Argument[] {
    return nodes(list, "argument").map((argument) => {
      const name = node(argument, "declaredName");
      const value = node(argument, "expression");
      const colon = token(argument, "Colon");
      if (name && colon) {
        const span = this.tokenSpan(colon);
        const edits = [{ span: { ...span, start: this.span(name).end }, text: " =" }];
        const args = { expected: "= behind the name of an argument", found: ":" };
        this.report(diagnose(unexpectedToken, span, args, { fixes: [{ title: "write =", edits }] }));
      }
      return {
        name: name && this.identifier(name),
        value: value ? this.expression(value) : this.unreadable(argument),
        span: this.span(argument),
      };
    });
  }

  call(list: CstNode): ast.Call {
    return { arguments: this.list(list), isUnreadable: this.isBroken(list) || undefined, span: this.span(list) };
  }

  /** Arguments that could not be read in full: what is missing from them is not known. */
  private isBroken(list: CstNode): boolean {
    const { start, end } = this.span(list);
    return list.recoveredNode === true || this.stumbled(start, end + 1);
  }

  identifier(declaredName: CstNode): ast.Identifier {
    const [first] = directTokens(declaredName);
    return { text: first?.image ?? "", span: this.span(declaredName) };
  }

  /** A count, a repeat or a stride: one number, one variable, a call, or an expression in parentheses. */
  operand(cst: CstNode): ast.Expression {
    const span = this.span(cst);
    if (cst.recoveredNode) return { kind: "unreadable", span };
    const inner = node(cst, "expression");
    // With its parentheses: what is written behind it goes behind them.
    if (inner) return { ...this.expression(inner), span };
    const number = token(cst, "NumberLiteral");
    if (token(cst, "Dash"))
      return number ? { kind: "negate", operand: this.number(number), span } : { kind: "unreadable", span };
    return this.nameOrCall(cst);
  }

  expression(cst: CstNode): ast.Expression {
    if (cst.recoveredNode) return { kind: "unreadable", span: this.span(cst) };
    const disjunction = node(cst, "disjunction");
    if (disjunction) return this.disjunction(disjunction);
    const [condition, whenTrue, whenFalse] = nodes(cst, "expression").map((child) => this.expression(child));
    if (!condition || !whenTrue || !whenFalse) return this.unreadable(cst);
    return { kind: "conditional", condition, whenTrue, whenFalse, span: this.span(cst) };
  }

  private disjunction(cst: CstNode): ast.Expression {
    return this.binary(cst, "conjunction", (child) => this.conjunction(child));
  }

  private conjunction(cst: CstNode): ast.Expression {
    return this.binary(cst, "negation", (child) => this.negation(child));
  }

  private negation(cst: CstNode): ast.Expression {
    const comparison = node(cst, "comparison");
    const operand = comparison ? this.comparison(comparison) : this.unreadable(cst);
    const isNegated = (cst.children["Not"] ?? []).length % 2 === 1;
    return isNegated ? { kind: "not", operand, span: this.span(cst) } : operand;
  }

  /** `1 < c <= 4` is `1 < c and c <= 4`. */
  private comparison(cst: CstNode): ast.Expression {
    const operands = this.operands(cst, "sum").map((child) => this.sum(child));
    const [first, ...rest] = operands;
    if (!first) return this.unreadable(cst);
    const operators = directTokens(cst);
    const pairs = rest.map((right, index): ast.Expression => {
      const left = operands[index]!;
      return {
        kind: "binary",
        operator: operatorOf(operators[index]),
        left,
        right,
        span: cover(left.span, right.span),
      };
    });
    if (pairs.length === 0) return first;
    return pairs.reduce((left, right) => ({
      kind: "binary",
      operator: "and",
      left,
      right,
      span: cover(left.span, right.span),
    }));
  }

  private sum(cst: CstNode): ast.Expression {
    return this.binary(cst, "product", (child) => this.product(child));
  }

  private product(cst: CstNode): ast.Expression {
    return this.binary(cst, "power", (child) => this.power(child));
  }

  private binary(cst: CstNode, operandName: string, build: (child: CstNode) => ast.Expression): ast.Expression {
    const [first, ...rest] = this.operands(cst, operandName).map(build);
    if (!first) return this.unreadable(cst);
    const operators = directTokens(cst);
    return rest.reduce<ast.Expression>(
      (left, right, index) => ({
        kind: "binary",
        operator: operatorOf(operators[index]),
        left,
        right,
        span: cover(left.span, right.span),
      }),
      first,
    );
  }

  /** What is joined by operators; none, after it was told, where there is too much of it to walk down term by term. */
  private operands(cst: CstNode, name: string): CstNode[] {
    const found = nodes(cst, name);
    if (found.length <= MOST_TERMS) return found;
    this.report(diagnose(tooManyTerms, this.span(cst), { limit: MOST_TERMS }));
    return [];
  }

  private power(cst: CstNode): ast.Expression {
    const operands = this.operands(cst, "unary").map((child) => this.unary(child));
    const last = operands.pop();
    if (!last) return this.unreadable(cst);
    // From the right: 2^3^2 is 2^9.
    return operands.reduceRight<ast.Expression>(
      (right, left) => ({ kind: "binary", operator: "^", left, right, span: cover(left.span, right.span) }),
      last,
    );
  }

  private unary(cst: CstNode): ast.Expression {
    const primary = node(cst, "primary");
    const operand = primary ? this.primary(primary) : this.unreadable(cst);
    const isNegative = (cst.children["Dash"] ?? []).length % 2 === 1;
    return isNegative ? { kind: "negate", operand, span: this.span(cst) } : operand;
  }

  private primary(cst: CstNode): ast.Expression {
    const inner = node(cst, "expression");
    if (inner) return this.expression(inner);
    const labelled = node(cst, "labelled");
    const label = labelled && node(labelled, "declaredName");
    // `f(@`: the name is still to be written.
    if (labelled && (!label || directTokens(label).length === 0)) return this.unreadable(cst);
    if (label) return { kind: "label", label: this.identifier(label), span: this.span(cst) };
    const name = node(cst, "declaredName");
    return name ? this.named(name, node(cst, "arguments"), this.span(cst)) : this.leaf(cst);
  }

  private nameOrCall(cst: CstNode): ast.Expression {
    const name = token(cst, "Identifier");
    const list = node(cst, "arguments");
    if (!name || !list) return this.leaf(cst);
    if (this.isBroken(list)) return this.unreadable(cst);
    const identifier = { text: name.image, span: this.tokenSpan(name) };
    return { kind: "call", name: identifier, arguments: this.list(list), span: this.span(cst) };
  }

  /** `c`, `max(c, 8)`, `Bottleneck`, `Bottleneck(groups = 32)`. */
  private named(cst: CstNode, list: CstNode | undefined, span: Span): ast.Expression {
    const name = this.identifier(cst);
    if (list && this.isBroken(list)) return { kind: "unreadable", span };
    if (!token(cst, "Identifier")) return { kind: "unit", name, call: list && this.call(list), span };
    if (list) return { kind: "call", name, arguments: this.list(list), span };
    return { kind: "variable", name: name.text, span };
  }

  /** A single number, variable or hole; anything else is kept as it is for the message. */
  private leaf(cst: CstNode): ast.Expression {
    const [first] = directTokens(cst);
    if (!first) return this.unreadable(cst);
    const span = this.tokenSpan(first);
    switch (first.tokenType.name) {
      case "NumberLiteral":
        return this.number(first);
      case "Quantity":
        return this.quantity(first);
      case "Identifier":
        return { kind: "variable", name: first.image, span };
      case "DottedName":
        return { kind: "member", name: first.image, span };
      case "Name":
      case "Mnemonic":
        return { kind: "unit", name: { text: first.image, span }, span };
      case "Question":
        return { kind: "hole", span };
      default:
        return { kind: "invalid", text: first.image, span };
    }
  }

  /** `5M` is 5,000,000, `64MB` as many bytes, `64MiB` 64 * 2^20 bytes. */
  private quantity(first: IToken): ast.Expression {
    const [, digits, unit, binary, byte] = /^([\d_.]+)\s?([KkMGT]?)(i?)(B?)$/.exec(first.image)!;
    const [whole = "", fraction = ""] = digits!.replaceAll("_", "").split(".");
    const steps = ["", "K", "M", "G", "T"].indexOf(unit!.toUpperCase());
    const factor = binary ? 1024n ** BigInt(steps) : 1000n ** BigInt(steps);
    const value = (BigInt(whole + fraction) * factor) / 10n ** BigInt(fraction.length);
    return { kind: "quantity", value, bytes: byte === "B", text: first.image, span: this.tokenSpan(first) };
  }

  private unreadable(cst: CstNode): ast.Expression {
    return { kind: "unreadable", span: this.span(cst) };
  }

  number(first: IToken): ast.Expression {
    return {
      kind: "number",
      value: Number(first.image.replaceAll("_", "")),
      text: first.image,
      span: this.tokenSpan(first),
    };
  }

  private tokenSpan(found: IToken): Span {
    return spanOfToken(this.source, found);
  }

  private span(cst: CstNode): Span {
    return spanOfNode(this.source, cst);
  }
}

function operatorOf(found: IToken | undefined): ast.BinaryOperator {
  const image = found?.image ?? "+";
  const typographic: Record<string, ast.BinaryOperator> = { "\u2260": "!=", "\u2264": "<=", "\u2265": ">=" };
  const plain = ["+", "*", "/", "//", "%", "^", "==", "!=", "<", "<=", ">", ">=", "and", "or"];
  return plain.includes(image) ? (image as ast.BinaryOperator) : (typographic[image] ?? "-");
}

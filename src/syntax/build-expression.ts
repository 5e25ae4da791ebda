/** Expressions of the concrete tree to those of the AST. What the parser could not read becomes `unreadable`. */
import type { CstNode, IToken } from "chevrotain";
import { diagnose, type Diagnostic } from "../base/diagnostics.js";
import { cover, type SourceText, type Span } from "../base/source.js";
import type * as ast from "./ast.js";
import { tooManyTerms } from "./diagnostics.js";
import { directTokens, node, nodes, spanOfNode, spanOfToken, token } from "./cst.js";

const MOST_TERMS = 256;

export class ExpressionBuilder {
  constructor(
    private readonly source: SourceText,
    private readonly report: (diagnostic: Diagnostic) => void,
  ) {}

  /** The expressions of an argument list. */
  list(list: CstNode): ast.Expression[] {
    return nodes(list, "expression").map((expression) => this.expression(expression));
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
    return inner ? this.expression(inner) : this.nameOrCall(cst);
  }

  private nameOrCall(cst: CstNode): ast.Expression {
    const name = token(cst, "Identifier");
    const list = node(cst, "arguments");
    if (name && list) {
      return { kind: "call", name: name.image, arguments: this.list(list), span: this.span(cst) };
    }
    return this.leaf(cst);
  }

  /** A single number, variable or hole; anything else is kept as it is for the message. */
  private leaf(cst: CstNode): ast.Expression {
    const [first] = directTokens(cst);
    if (!first) return this.unreadable(cst);
    const span = this.tokenSpan(first);
    switch (first.tokenType.name) {
      case "NumberLiteral":
        return this.number(first);
      case "Identifier":
        return { kind: "variable", name: first.image, span };
      case "Question":
        return { kind: "hole", span };
      default:
        return { kind: "invalid", text: first.image, span };
    }
  }

  private unreadable(cst: CstNode): ast.Expression {
    return { kind: "unreadable", span: this.span(cst) };
  }

  number(first: IToken): ast.Expression {
    return { kind: "number", value: Number(first.image), text: first.image, span: this.tokenSpan(first) };
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
  return ["+", "*", "/", "//", "%", "^"].includes(image) ? (image as ast.BinaryOperator) : "-";
}

/** Concrete tree to AST. Parts that the parser could not read are left out; they have their message already. */
import type { CstNode, IToken } from "chevrotain";
import { diagnose, type Diagnostic } from "../base/diagnostics.js";
import type { Claim } from "../base/quantity.js";
import { cover, textOf, type SourceText, type Span } from "../base/source.js";
import type * as ast from "./ast.js";
import { ExpressionBuilder } from "./build-expression.js";
import { readClaim } from "./claims.js";
import { directTokens, node, nodes, ordered, spanOfNode, spanOfToken, startOf, token } from "./cst.js";
import {
  claimWithoutFigure,
  misplaced,
  misspeltKeyword,
  missingSeparator,
  unexpectedToken,
  wrongGroupBrackets,
} from "./diagnostics.js";
import { Colon } from "./tokens.js";

/** Builds the program. */
export function buildProgram(
  source: SourceText,
  tree: CstNode | undefined,
  comments: ast.Comment[],
): { program: ast.Program; diagnostics: Diagnostic[] } {
  const builder = new Builder(source, comments);
  const items = tree ? nodes(tree, "itemList").flatMap((list) => builder.items(list)) : [];
  return { program: { kind: "program", source, items, comments }, diagnostics: builder.diagnostics };
}

/** Characters of a word that a message quotes. */
const MOST_QUOTED = 40;

class Builder {
  readonly diagnostics: Diagnostic[] = [];
  private readonly expressions: ExpressionBuilder;

  constructor(
    private readonly source: SourceText,
    private readonly comments: readonly ast.Comment[],
  ) {
    this.expressions = new ExpressionBuilder(source, (diagnostic) => this.diagnostics.push(diagnostic));
  }

  items(list: CstNode): ast.Item[] {
    this.checkAdjacent(list);
    nodes(list, "stray").forEach((stray) => this.stray(stray));
    return ordered(nodes(list, "item")).flatMap((item) => this.item(item));
  }

  private item(cst: CstNode): ast.Item[] {
    const [child] = Object.values(cst.children).flat();
    if (!child || !("children" in child)) return [];
    switch (child.name) {
      case "netDeclaration":
        return this.net(child);
      case "blockDeclaration":
        return this.block(child);
      case "functionDeclaration":
        return this.function(child);
      case "letDeclaration":
        return this.let(child);
      case "useDeclaration":
        return this.use(child);
      case "defaultDeclaration":
        return this.default(child);
      case "outputDeclaration":
        return this.output(child);
      case "assertDeclaration":
        return this.assert(child);
      case "trainDeclaration":
        return [this.train(child)];
      case "totalClaim":
        return [{ kind: "total", claims: this.claims(child), span: this.span(child) }];
      default:
        return this.element(child);
    }
  }

  private wrongGroup(cst: CstNode): void {
    const [open, close] = directTokens(cst);
    if (!open || !close) return;
    const edits = [
      { span: this.tokenSpan(open), text: "[" },
      { span: this.tokenSpan(close), text: "]" },
    ];
    const args = { open: open.image, close: close.image };
    const fixes = [{ title: "write [ ]", edits }];
    this.diagnostics.push(diagnose(wrongGroupBrackets, this.tokenSpan(open), args, { fixes }));
  }

  private keyword(found: IToken | undefined, keyword: string): void {
    if (!found) return;
    const span = this.tokenSpan(found);
    const fixes = [{ title: `write ${keyword}`, edits: [{ span, text: keyword }] }];
    this.diagnostics.push(diagnose(misspeltKeyword, span, { word: found.image, keyword }, { fixes }));
  }

  private stray(cst: CstNode): void {
    const [first] = directTokens(cst);
    if (!first) return;
    const args = { expected: "a layer, a dash or a new line", found: first.image };
    this.diagnostics.push(diagnose(unexpectedToken, this.tokenSpan(first), args));
  }

  /** Two items need a dash, an arrow or a line end between them. */
  private checkAdjacent(list: CstNode): void {
    const children = ordered([...nodes(list, "item"), ...nodes(list, "separator")]);
    children.forEach((child, index) => {
      const next = children[index + 1];
      if (!next || child.name !== "item" || next.name !== "item") return;
      const [left, right] = [this.span(child), this.span(next)];
      if (left.end <= left.start || right.end <= right.start) return; // one of them could not be read
      if (/[,;]$/.test(textOf(left))) return; // CONV3-64, POOL2: as papers list them
      const firstWord = /^\S+/.exec(textOf(right))?.[0] ?? textOf(right);
      const end = textOf(left).slice(-MOST_QUOTED);
      const lastWord = /\S+$/.exec(end)?.[0] ?? end;
      const between = { source: this.source, start: left.end, end: right.start };
      const times = /^[x\u00d7](\d+)$/.exec(firstWord)?.[1];
      const fixes = times
        ? [
            {
              title: `write *${times} to repeat`,
              edits: [{ span: { ...between, end: right.start + firstWord.length }, text: `*${times}` }],
            },
          ]
        : [{ title: `write ${lastWord} - ${firstWord}`, edits: [{ span: between, text: " - " }] }];
      const place = { ...right, end: right.start + firstWord.length };
      this.diagnostics.push(diagnose(missingSeparator, place, { left: lastWord, right: firstWord }, { fixes }));
    });
  }

  private net(cst: CstNode): ast.NetDeclaration[] {
    const name = this.declaredName(node(cst, "declaredName"));
    if (!name) return [];
    this.keyword(token(cst, "Identifier"), "net");
    this.checkHeading(nodes(cst, "remarkToken"), name);
    const body = node(cst, "body");
    const list = body && node(body, "itemList");
    const reference = node(cst, "reference");
    const changes = node(cst, "changes");
    return [
      {
        kind: "net",
        name,
        parameters: this.parameters(node(cst, "parameters")),
        body: body && (list ? this.items(list) : []),
        base: reference && this.reference(reference),
        changes: changes && nodes(changes, "change").flatMap((change) => this.change(change)),
        documentation: this.documentation(this.span(cst)),
        span: this.span(cst),
      },
    ];
  }

  private block(cst: CstNode): ast.BlockDeclaration[] {
    const name = this.declaredName(node(cst, "declaredName"));
    if (!name) return [];
    this.keyword(token(cst, "Identifier"), "block");
    this.checkHeading(nodes(cst, "remarkToken"), name, "{ ... }");
    return [
      {
        kind: "block",
        name,
        parameters: this.parameters(node(cst, "parameters")),
        body: this.body(cst),
        documentation: this.documentation(this.span(cst)),
        span: this.span(cst),
      },
    ];
  }

  /** The items of the braces below a node. */
  private body(cst: CstNode, index = 0): ast.Item[] {
    const body = nodes(cst, "body")[index];
    const list = body && node(body, "itemList");
    return list ? this.items(list) : [];
  }

  private function(cst: CstNode): ast.FunctionDeclaration[] {
    const name = this.declaredName(node(cst, "declaredName"));
    const body = node(cst, "expression");
    if (!name || !body) return [];
    return [
      {
        kind: "function",
        name,
        parameters: this.parameters(node(cst, "parameters")),
        body: this.expressions.expression(body),
        documentation: this.documentation(this.span(cst)),
        span: this.span(cst),
      },
    ];
  }

  private let(cst: CstNode): ast.LetDeclaration[] {
    const name = this.declaredName(node(cst, "declaredName"));
    const value = node(cst, "expression");
    if (!name || !value) return [];
    return [{ kind: "let", name, value: this.expressions.expression(value), span: this.span(cst) }];
  }

  private use(cst: CstNode): ast.UseDeclaration[] {
    const path = token(cst, "StringLiteral");
    const found = path ?? token(cst, "Identifier");
    if (!found) return [];
    const target = path ? path.image.slice(1, -1) : found.image;
    return [
      {
        kind: "use",
        target,
        isPath: path !== undefined,
        targetSpan: this.tokenSpan(found),
        span: this.span(cst),
      },
    ];
  }

  private output(cst: CstNode): ast.OutputDeclaration[] {
    const name = this.declaredName(node(cst, "declaredName"));
    const chain = node(cst, "chain");
    return name && chain ? [{ kind: "output", name, chain: this.chain(chain), span: this.span(cst) }] : [];
  }

  private chain(cst: CstNode): ast.Element[] {
    return nodes(cst, "element").flatMap((element) => this.element(element));
  }

  private assert(cst: CstNode): ast.AssertDeclaration[] {
    const condition = node(cst, "expression");
    if (!condition) return [];
    const operand = node(cst, "operand");
    const [, word] = ((cst.children["Identifier"] ?? []) as IToken[]).map((found) => found);
    if (word && word.image !== "batch") {
      const span = this.tokenSpan(word);
      const fixes = [{ title: "write batch", edits: [{ span, text: "batch" }] }];
      this.diagnostics.push(diagnose(unexpectedToken, span, { expected: "batch", found: word.image }, { fixes }));
    }
    const batch = operand && this.expressions.operand(operand);
    return [{ kind: "assert", condition: this.expressions.expression(condition), batch, span: this.span(cst) }];
  }

  private train(cst: CstNode): ast.TrainDeclaration {
    const settings = nodes(cst, "setting").flatMap((setting): ast.Setting[] => {
      const values = new Map(nodes(setting, "value").map((value) => [startOf(value), value]));
      const words = [...directTokens(setting).map((found) => found.startOffset), ...values.keys()]
        .sort((a, b) => a - b)
        .flatMap((start): ast.SettingWord[] => {
          const value = values.get(start);
          if (value) return [{ kind: "value", value: this.expressions.operand(value), span: this.span(value) }];
          const found = directTokens(setting).find((candidate) => candidate.startOffset === start)!;
          return [{ kind: "word", text: found.image, span: this.tokenSpan(found) }];
        });
      const [key, ...rest] = words;
      if (key?.kind !== "word") return [];
      return [{ key: { text: key.text, span: key.span }, words: rest, span: this.span(setting) }];
    });
    return { kind: "train", settings, span: this.span(cst) };
  }

  /** What stands between the name of a net and its brace: `net LeNet-5 {`. */
  private checkHeading(
    junk: readonly CstNode[],
    name: ast.Identifier,
    expected = "{ ... } or = and the name of a net",
  ): void {
    const [first] = junk.flatMap(directTokens);
    if (!first) return;
    const last = junk.flatMap(directTokens).at(-1)!;
    const span = cover(this.tokenSpan(first), this.tokenSpan(last));
    const joined = name.text + textOf(span).replace(/[^A-Za-z0-9_]/g, "");
    const touches = name.span.end === first.startOffset;
    const fixes = touches
      ? [{ title: `a name is one word: ${joined}`, edits: [{ span: cover(name.span, span), text: joined }] }]
      : [{ title: `remove ${textOf(span)}`, edits: [{ span, text: "" }] }];
    this.diagnostics.push(diagnose(unexpectedToken, span, { expected, found: first.image }, { fixes }));
  }

  /** The `##` comments on the lines just above. */
  private documentation(span: Span): string | undefined {
    let line = this.source.position(span.start).line;
    const found: string[] = [];
    for (const comment of [...this.comments].reverse()) {
      const at = this.source.position(comment.span.start).line;
      if (at >= line) continue;
      if (at !== line - 1 || !comment.text.startsWith("##")) break;
      found.unshift(comment.text.replace(/^##\s?/, "").trimEnd());
      line = at;
    }
    return found.length > 0 ? found.join("\n") : undefined;
  }

  private parameters(cst: CstNode | undefined): ast.Parameter[] {
    if (!cst) return [];
    return nodes(cst, "parameter").flatMap((parameter): ast.Parameter[] => {
      const name = this.declaredName(node(parameter, "declaredName"));
      if (!name) return [];
      const expression = node(parameter, "expression");
      if (expression && !token(parameter, "Equals")) this.missingEquals(name, expression);
      const kind = token(parameter, "At") ? "label" : /^[A-Z]/.test(name.text) ? "unit" : "value";
      return [{ kind, name, default: expression && this.expressions.expression(expression) }];
    });
  }

  /** `(classes 1000)`. */
  private missingEquals(name: ast.Identifier, expression: CstNode): void {
    const span = this.span(expression);
    const text = `${name.text} = ${textOf(span)}`;
    const edits = [{ span: cover(name.span, span), text }];
    const args = { expected: "=", found: textOf(span) };
    this.diagnostics.push(diagnose(unexpectedToken, span, args, { fixes: [{ title: `write ${text}`, edits }] }));
  }

  private change(cst: CstNode): ast.Change[] {
    const path = node(cst, "path");
    if (!path) return [];
    const label = { text: textOf(this.span(path)).replace(/\s+/g, ""), span: this.span(path) };
    const span = this.span(cst);
    const [verb, place] = ((cst.children["Identifier"] ?? []) as IToken[]).map(({ image }) => image);
    // Without a colon it could not be read.
    if (!verb && !token(cst, "Colon")) return [];
    if (!verb) return [{ kind: "set", label, parts: this.parts(nodes(cst, "part")).parts, span }];
    if (verb === "drop") return [{ kind: "drop", label, span }];
    const list = node(cst, "chain");
    const chain = list ? this.chain(list) : [];
    if (verb === "replace") return [{ kind: "replace", label, chain, span }];
    if (place !== "before" && place !== "after") {
      const found = (cst.children["Identifier"]![1] as IToken) ?? cst;
      const args = { expected: "after or before", found: place ?? "" };
      this.diagnostics.push(diagnose(unexpectedToken, this.tokenSpan(found), args));
      return [];
    }
    return [{ kind: "insert", where: place, label, chain, span }];
  }

  private reference(cst: CstNode): ast.Reference | undefined {
    const name = this.declaredName(node(cst, "declaredName"));
    const list = node(cst, "arguments");
    return name && { name, arguments: list ? this.expressions.list(list) : [], span: this.span(cst) };
  }

  private declaredName(cst: CstNode | undefined): ast.Identifier | undefined {
    const found = cst && directTokens(cst)[0];
    return found && this.identifier(found);
  }

  private default(cst: CstNode): ast.DefaultDeclaration[] {
    this.keyword(token(cst, "Identifier"), "default");
    const layer = node(cst, "layer");
    const built = layer && this.layer(layer);
    return built ? [{ kind: "default", layer: built.layer, span: this.span(cst) }] : [];
  }

  private element(cst: CstNode): ast.Element[] {
    const span = this.span(cst);
    const link = node(cst, "link");
    const annotations = [cst, ...(link ? [link] : [])]
      .flatMap((parent) => nodes(parent, "annotation"))
      .flatMap((annotation) => this.annotation(annotation));
    const core =
      (link && this.core(link, annotations)) ?? (annotations.length > 0 ? { kind: "check", span } : undefined);
    if (!core) return [];
    const labelNode = link && node(link, "label");
    return [
      {
        kind: "element",
        label: labelNode && this.labelName(labelNode),
        core,
        repeats: (link ? nodes(link, "repeat") : []).flatMap((repeat) => {
          const operand = node(repeat, "operand");
          return operand ? [this.expressions.operand(operand)] : [];
        }),
        counter: link && this.counter(link),
        annotations,
        claims: link ? this.claims(link) : [],
        span,
      },
    ];
  }

  private counter(link: CstNode): ast.Identifier | undefined {
    return nodes(link, "repeat")
      .map((repeat) => this.declaredName(node(repeat, "declaredName")))
      .find((name) => name !== undefined);
  }

  /** What a link is about. Annotations among the parts of a layer are added to `annotations`. */
  private core(link: CstNode, annotations: ast.Annotation[]): ast.Core | undefined {
    const group = node(link, "group") ?? node(link, "wrongGroup");
    if (group) {
      if (group.name === "wrongGroup") this.wrongGroup(group);
      const list = node(group, "itemList");
      const items = list ? this.items(list) : [];
      return { kind: "group", items: items.filter((item) => this.belongsInGroup(item)), span: this.span(group) };
    }
    const labelled = node(link, "labelled");
    if (labelled) {
      const label = this.declaredName(node(labelled, "declaredName"));
      return label && { kind: "labelled", label, span: this.span(labelled) };
    }
    const conditional = node(link, "conditional");
    if (conditional) return this.conditional(conditional);
    const layerNode = node(link, "layer");
    const built = layerNode && this.layer(layerNode);
    annotations.push(...(built?.annotations ?? []));
    return built?.layer;
  }

  private conditional(cst: CstNode): ast.Conditional {
    const conditions = nodes(cst, "condition");
    const branches = conditions.map((condition, index) => ({
      condition: this.condition(condition),
      items: this.body(cst, index),
    }));
    const hasElse = nodes(cst, "body").length > conditions.length;
    const otherwise = hasElse ? this.body(cst, conditions.length) : undefined;
    return { kind: "conditional", branches, otherwise, span: this.span(cst) };
  }

  private condition(cst: CstNode): ast.Expression {
    const [left, right] = nodes(cst, "expression").map((expression) => this.expressions.expression(expression));
    const sign = token(cst, "Equals");
    if (sign && right) {
      const span = this.tokenSpan(sign);
      const fixes = [{ title: "write ==", edits: [{ span, text: "==" }] }];
      this.diagnostics.push(diagnose(unexpectedToken, span, { expected: "== to compare", found: "=" }, { fixes }));
    }
    if (!left) return { kind: "unreadable", span: this.span(cst) };
    return right ? { kind: "binary", operator: "==", left, right, span: this.span(cst) } : left;
  }

  private labelName(cst: CstNode): ast.Identifier | undefined {
    const keyword = token(cst, "Output");
    return keyword ? this.identifier(keyword) : this.declaredName(node(cst, "declaredName"));
  }

  private belongsInGroup(item: ast.Item): boolean {
    if (item.kind === "element" || item.kind === "let" || item.kind === "output") return true;
    const what = item.kind === "total" ? "TOTAL" : `a ${item.kind}${item.kind === "default" ? " line" : ""}`;
    const args = { what, where: "inside of [ ]", mend: "write it before the group" };
    this.diagnostics.push(diagnose(misplaced, item.span, args));
    return false;
  }

  private annotation(cst: CstNode): ast.Annotation[] {
    const size = token(cst, "Size") ?? token(cst, "NumberLiteral");
    return size ? [{ size: this.size(size), span: this.span(cst) }] : [];
  }

  private layer(cst: CstNode): { layer: ast.Layer; annotations: ast.Annotation[] } | undefined {
    const head = token(cst, "Mnemonic") ?? token(cst, "Name") ?? token(cst, "Identifier");
    if (!head) return undefined;
    const operand = node(cst, "operand");
    const { parts, annotations } = this.parts(nodes(cst, "part"));
    const branches = node(cst, "branches");
    const call = node(cst, "arguments");
    const { mnemonic, digits } = splitHead(head.image);
    const layer: ast.Layer = {
      kind: "layer",
      head: this.identifier(head),
      mnemonic,
      digits,
      capitals: head.tokenType.name === "Mnemonic",
      colon: (cst.children[Colon.name] ?? []).length > 0,
      count: operand && this.expressions.operand(operand),
      parts,
      call: call && this.expressions.call(call),
      branches: branches && this.branches(branches),
      span: this.span(cst),
    };
    return { layer, annotations };
  }

  /** A bar before the first chain means nothing. */
  private branches(cst: CstNode): ast.Branches {
    const chains = ordered(nodes(cst, "itemList")).map((list) => ({ items: this.items(list), span: this.span(list) }));
    const leadingBar = chains.length > 1 && chains[0]!.items.length === 0;
    return { chains: leadingBar ? chains.slice(1) : chains, span: this.span(cst) };
  }

  private parts(list: readonly CstNode[]): { parts: ast.Part[]; annotations: ast.Annotation[] } {
    const parts: ast.Part[] = [];
    const annotations: ast.Annotation[] = [];
    for (const cst of list) {
      const annotation = node(cst, "annotation");
      if (annotation) annotations.push(...this.annotation(annotation));
      else parts.push(...this.part(cst));
    }
    return { parts, annotations };
  }

  private part(cst: CstNode): ast.Part[] {
    const span = this.span(cst);
    const operand = node(cst, "operand");
    if (token(cst, "Slash")) return operand ? [{ kind: "slash", value: this.expressions.operand(operand), span }] : [];
    if (node(cst, "remark")) return [{ kind: "remark", text: textOf(span), span }];
    const list = node(cst, "arguments");
    if (list) {
      const values = this.expressions.list(list).map(({ value }) => value);
      if (values.length !== 1) return [{ kind: "tuple", values, span }];
      return [{ kind: "value", value: { kind: "parenthesised", inner: values[0]!, span }, span }];
    }
    const [first, second] = directTokens(cst);
    if (!first) return [];
    switch (first.tokenType.name) {
      case "Dash":
        return second
          ? [{ kind: "value", value: { kind: "negate", operand: this.expressions.number(second), span }, span }]
          : [];
      case "NumberLiteral":
        return [{ kind: "value", value: this.expressions.number(first), span }];
      case "Question":
        return [{ kind: "value", value: { kind: "hole", span }, span }];
      case "Size":
        return [{ kind: "size", size: this.size(first), span }];
      case "Times":
        return [{ kind: "times", span }];
      case "Equals":
        return [{ kind: "equals", span }];
      case "Comma":
        return [];
      case "DottedName":
        return [{ kind: "value", value: { kind: "member", name: first.image, span }, span }];
      default:
        return [{ kind: "word", text: first.image, span }];
    }
  }

  private claims(cst: CstNode): Claim[] {
    return nodes(cst, "claim").flatMap((claimNode) => {
      const [key, ...rest] = directTokens(claimNode);
      if (!key) return [];
      const claim = readClaim(this.source, key, rest);
      if (claim) return [claim];
      const subject = key.image.replace(/[ \t]*:$/, "");
      this.diagnostics.push(diagnose(claimWithoutFigure, this.span(claimNode), { subject }));
      return [];
    });
  }

  private size(first: IToken): ast.Size {
    const dimensions = first.image.split(/[x\u00d7]/).map((part) => (/^\d/.test(part) ? Number(part) : part));
    return { dimensions, text: first.image, span: this.tokenSpan(first) };
  }

  private identifier(first: IToken): ast.Identifier {
    return { text: first.image, span: this.tokenSpan(first) };
  }

  private tokenSpan(found: IToken): Span {
    return spanOfToken(this.source, found);
  }

  private span(cst: CstNode): Span {
    return spanOfNode(this.source, cst);
  }
}

/** `CONV1x7` is `CONV` and `[1, 7]`; `MAX POOL2` is `MAXPOOL` and `[2]`; a word without digits stands alone. */
export function splitHead(image: string): { mnemonic: string; digits?: number[] } {
  if (/^soft-max$/i.test(image)) return { mnemonic: "SOFTMAX" };
  const match = /^([A-Za-z][A-Za-z \t]*?)(\d+(?:[x\u00d7]\d+)*)?$/.exec(image);
  const letters = (match?.[1] ?? image).replace(/[ \t]+/g, "");
  const mnemonic = letters === "ReLU" ? "RELU" : letters;
  const digits = match?.[2]?.split(/[x\u00d7]/).map(Number);
  return digits ? { mnemonic, digits } : { mnemonic };
}

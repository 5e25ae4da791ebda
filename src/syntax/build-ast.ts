/** Concrete tree to AST. Parts that the parser could not read are left out; they have their message already. */
import type { CstNode, IToken } from "chevrotain";
import { diagnose, type Diagnostic, type Edit } from "../base/diagnostics.js";
import type { Claim } from "../base/quantity.js";
import { beforeSpan, cover, textOf, type SourceText, type Span } from "../base/source.js";
import { closest } from "../base/suggest.js";
import type * as ast from "./ast.js";
import { ExpressionBuilder } from "./build-expression.js";
import { readClaim } from "./claims.js";
import { directTokens, node, nodes, ordered, spanOfNode, spanOfToken, startOf, token } from "./cst.js";
import {
  claimWithoutFigure,
  misplaced,
  misspeltKeyword,
  missingSeparator,
  spacedCount,
  unexpectedToken,
  wrongGroupBrackets,
} from "./diagnostics.js";
import { MERGING } from "./brackets.js";
import { ELSE_IF, verbOf } from "./keywords.js";
import { Colon } from "./tokens.js";

/** Builds the program; `errors` are the places where the parser stumbled. */
export function buildProgram(
  source: SourceText,
  tree: CstNode | undefined,
  comments: ast.Comment[],
  errors: readonly number[] = [],
): { program: ast.Program; diagnostics: Diagnostic[] } {
  const builder = new Builder(source, comments, errors);
  const items = tree ? nodes(tree, "itemList").flatMap((list) => builder.items(list)) : [];
  if (tree) nodes(tree, "strayClose").forEach((stray) => builder.refuseBars(stray));
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
    private readonly errors: readonly number[],
  ) {
    this.expressions = new ExpressionBuilder(
      source,
      (diagnostic) => this.diagnostics.push(diagnostic),
      (start, end) => this.stumbled(start, end),
    );
  }

  private stumbled(start: number, end: number): boolean {
    return this.errors.some((at) => at >= start && at < end);
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
    const args = { what: "groups", right: "[ ]", open: open.image, close: close.image };
    const fixes = [{ title: "write [ ]", edits }];
    this.diagnostics.push(diagnose(wrongGroupBrackets, this.tokenSpan(open), args, { fixes }));
  }

  private keyword(found: IToken | undefined, keyword: string): void {
    if (!found || found.image === keyword) return;
    const span = this.tokenSpan(found);
    const fixes = [{ title: `write ${keyword}`, edits: [{ span, text: keyword }] }];
    this.diagnostics.push(diagnose(misspeltKeyword, span, { word: found.image, keyword }, { fixes }));
  }

  /** Something else than was expected, where one answer is meant. */
  private expected(expected: string, span: Span, fix?: { title: string; edits: Edit[] }, found = textOf(span)): void {
    this.diagnostics.push(diagnose(unexpectedToken, span, { expected, found }, { fixes: fix ? [fix] : [] }));
  }

  /** Words among changes or settings that are none. */
  private refuseWords(parent: CstNode, expected: string): void {
    for (const words of nodes(parent, "strayWords")) {
      const [first] = directTokens(node(words, "remarkToken")!);
      if (first) this.expected(expected, this.tokenSpan(first));
    }
  }

  private stray(cst: CstNode): void {
    const group = node(cst, "strayGroup");
    if (group) {
      const args = { expected: "a layer, a dash or a new line", found: textOf(this.span(group)) };
      this.diagnostics.push(diagnose(unexpectedToken, this.span(group), args));
      return;
    }
    const [first] = directTokens(cst);
    if (!first) return;
    const span = this.tokenSpan(first);
    const before = /\d[\d_,]*,$/.exec(this.source.text.slice(Math.max(0, span.start - MOST_QUOTED), span.start))?.[0];
    if (before && /^\d{3}$/.test(first.image)) {
      const number = { ...span, start: span.start - before.length };
      const text = textOf(number).replaceAll(",", "");
      this.expected(`${text}, without a comma`, number, { title: `write ${text}`, edits: [{ span: number, text }] });
      return;
    }
    const layer = /(?<![\w.])([A-Z][A-Z\d]+)[ \t]*-+[ \t]*$/.exec(this.source.text.slice(0, span.start));
    if (layer && /^\d+$/.test(first.image) && !/\w/.test(this.source.text[span.end] ?? "")) {
      const place = { ...span, start: layer.index };
      const written = `${layer[1]!}-${first.image}`;
      const fixes = [{ title: `write ${written}`, edits: [{ span: place, text: written }] }];
      this.diagnostics.push(diagnose(spacedCount, span, { layer: layer[1]!, count: first.image }, { fixes }));
      return;
    }
    const args = { expected: "a layer, a dash or a new line", found: first.image };
    this.diagnostics.push(diagnose(unexpectedToken, span, args));
  }

  /** Two items need a dash, an arrow or a line end between them. */
  private checkAdjacent(list: CstNode): void {
    const children = ordered([...nodes(list, "item"), ...nodes(list, "separator")]);
    children.forEach((child, index) => {
      const next = children[index + 1];
      if (!next || child.name !== "item" || next.name !== "item") return;
      const [left, right] = [this.span(child), this.span(next)];
      // One of them could not be read.
      if (left.end <= left.start || right.end <= right.start || next.recoveredNode) return;
      if (/[,;]$/.test(textOf(left))) return; // CONV3-64, POOL2: as papers list them
      const firstWord = /^\S+/.exec(textOf(right))?.[0] ?? textOf(right);
      const end = textOf(left).slice(-MOST_QUOTED);
      const lastWord = /\S+$/.exec(end)?.[0] ?? end;
      // A lone word in small letters is a mistake itself; `CONCAT @a` wants braces.
      if (/^[a-z]\w*$/.test(textOf(left)) || MERGING.test(lastWord) || lastWord === "=") return;
      const between = { source: this.source, start: left.end, end: right.start };
      const place = { ...right, end: right.start + firstWord.length };
      const fix = this.betweenItems(between, place, next);
      const args = { left: lastWord, right: firstWord };
      const title = fix.title ?? `write ${lastWord}${fix.text}${firstWord}`;
      const fixes = [{ title, edits: [{ span: fix.span, text: fix.text }] }];
      this.diagnostics.push(diagnose(missingSeparator, place, args, { fixes }));
    });
  }

  /** What belongs between two items: `10 KB` is one word, `[RELU] x2` a repeat, a declaration has a line of its own. */
  private betweenItems(between: Span, word: Span, next: CstNode): { span: Span; text: string; title?: string } {
    const times = /^[x\u00d7](\d+)$/.exec(textOf(word))?.[1];
    if (times) return { span: cover(between, word), text: `*${times}`, title: `write *${times} to repeat` };
    if (/^[KMGT]$/.test(textOf(word)) && /\d$/.test(this.source.text.slice(0, between.start)))
      return { span: between, text: "" };
    const [child] = Object.keys(next.children);
    const isElement = child === "element";
    return isElement ? { span: between, text: " - " } : { span: between, text: "\n", title: "write it on a new line" };
  }

  private net(cst: CstNode): ast.NetDeclaration[] {
    const name = this.declaredName(node(cst, "declaredName"));
    if (!name) return [];
    this.keyword(token(cst, "Identifier"), "net");
    this.checkHeading(nodes(cst, "remarkToken"), name);
    const body = node(cst, "body");
    const reference = node(cst, "reference");
    const changes = node(cst, "changes");
    if (changes && !token(cst, "But")) this.missingBut(cst, this.span(changes));
    if (changes) this.refuseWords(changes, "a label with a colon, such as CONV1:, or }");
    return [
      {
        kind: "net",
        name,
        parameters: this.parameters(node(cst, "parameters")),
        body: body && this.body(cst),
        base: reference && this.reference(reference),
        changes: changes && nodes(changes, "change").flatMap((change) => this.change(change)),
        documentation: this.documentation(this.span(cst)),
        isUnreadable: this.isUnreadable(cst),
        span: this.span(cst),
      },
    ];
  }

  /** `net B = A with { ... }`, `net B = A { ... }`. */
  private missingBut(cst: CstNode, changes: Span): void {
    const other = token(cst, "otherBut");
    const span = other ? this.tokenSpan(other) : { ...changes, end: changes.start + 1 };
    const edits = [{ span: other ? span : { ...span, end: span.start }, text: other ? "but" : "but " }];
    this.expected("but", span, { title: "write but", edits });
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
        isUnreadable: this.isUnreadable(cst),
        span: this.span(cst),
      },
    ];
  }

  /** Whether what a declaration takes is not known: the parser stumbled, or something was skipped, before its braces. */
  private isUnreadable(cst: CstNode): true | undefined {
    const body = node(cst, "body") ?? node(cst, "changes");
    const { start, end } = this.span(cst);
    const headingEnd = body ? this.span(body).start : end;
    const isWhole = !cst.recoveredNode && nodes(cst, "remarkToken").length === 0 && !this.stumbled(start, headingEnd);
    return isWhole ? undefined : true;
  }

  /** The items of the braces below a node. */
  private body(cst: CstNode, index = 0): ast.Item[] {
    const body = nodes(cst, "body")[index];
    const alternatives = body && node(body, "alternatives");
    if (!alternatives) return [];
    this.refuseBars(alternatives);
    return ordered(nodes(alternatives, "itemList")).flatMap((list) => this.items(list));
  }

  private function(cst: CstNode): ast.FunctionDeclaration[] {
    const name = this.declaredName(node(cst, "declaredName"));
    const body = node(cst, "expression");
    if (!name) return [];
    const misspelt = token(cst, "Identifier");
    if (misspelt) this.keyword(misspelt, "fn");
    else if (!token(cst, "Function")) this.missingFn(name);
    // One that could not be read has its name all the same: its calls are no mistakes.
    const isWhole = body && !cst.recoveredNode;
    return [
      {
        kind: "function",
        name,
        parameters: this.parameters(node(cst, "parameters")),
        body: isWhole ? this.expressions.expression(body) : { kind: "unreadable", span: this.span(cst) },
        documentation: this.documentation(this.span(cst)),
        span: this.span(cst),
      },
    ];
  }

  /** `double(x) = 2*x`. */
  private missingFn(name: ast.Identifier): void {
    const edits = [{ span: beforeSpan(name.span), text: "fn " }];
    this.expected("fn before the name of a function", name.span, { title: `write fn ${name.text}`, edits });
  }

  private let(cst: CstNode): ast.LetDeclaration[] {
    const name = this.declaredName(node(cst, "declaredName"));
    this.keyword(token(cst, "Identifier"), "let");
    if (!name) return [];
    const span = this.span(cst);
    const value = node(cst, "expression");
    const rest = nodes(cst, "remarkToken");
    if (value && rest.length > 0) {
      const layer = cover(this.span(value), this.span(rest.at(-1)!));
      const text = `${name.text}: ${textOf(layer)}`;
      const fix = { title: `a label names a layer: write ${text}`, edits: [{ span, text }] };
      this.expected("a number, a block or the name of a layer", layer, fix);
    }
    const isWhole = value && rest.length === 0;
    return [
      { kind: "let", name, value: isWhole ? this.expressions.expression(value) : { kind: "unreadable", span }, span },
    ];
  }

  private use(cst: CstNode): ast.UseDeclaration[] {
    this.keyword(token(cst, "misspelt"), "use");
    const raw = nodes(cst, "remarkToken").flatMap(directTokens);
    if (raw.length > 0) return this.useWithoutQuotes(cst, raw);
    const path = token(cst, "StringLiteral");
    const found = path ?? token(cst, "Identifier");
    const whole = this.span(cst);
    if (!found) return [{ kind: "use", target: "", isPath: true, targetSpan: whole, isUnreadable: true, span: whole }];
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

  /** `use ./blocks.cnn`, `use 'blocks.cnn'`: read as the path that it means. */
  private useWithoutQuotes(cst: CstNode, raw: readonly IToken[]): ast.UseDeclaration[] {
    const span = cover(this.tokenSpan(raw[0]!), this.tokenSpan(raw.at(-1)!));
    const found = textOf(span);
    const target = found.replace(/^['"]|['"]$/g, "");
    const isPath = /^[\w.-]*(\/[\w.-]+)*$/.test(target) && !/^std\b/i.test(target);
    const path = /^\.|\//.test(target) ? target : `./${target}`;
    const text = isPath ? `"${path}"` : "std";
    const fixes = isPath || /^std\b/i.test(target) ? [{ title: `write ${text}`, edits: [{ span, text }] }] : [];
    const args = {
      expected: isPath ? "a path in quotes" : 'one path in quotes, such as "./blocks.cnn", or std',
      found,
    };
    this.diagnostics.push(diagnose(unexpectedToken, span, args, { fixes }));
    return [{ kind: "use", target: isPath ? path : found, isPath: true, targetSpan: span, span: this.span(cst) }];
  }

  private output(cst: CstNode): ast.OutputDeclaration[] {
    this.keyword(token(cst, "Identifier"), "output");
    const name = this.declaredName(node(cst, "declaredName"));
    const chain = node(cst, "chain");
    return name && chain ? [{ kind: "output", name, chain: this.chain(chain), span: this.span(cst) }] : [];
  }

  private chain(cst: CstNode): ast.Element[] {
    return nodes(cst, "element").flatMap((element) => this.element(element));
  }

  private assert(cst: CstNode): ast.AssertDeclaration[] {
    this.keyword(token(cst, "misspelt"), "assert");
    const condition = node(cst, "comparing");
    if (!condition) return [];
    const operand = node(cst, "operand");
    const [first, second] = (cst.children["Identifier"] ?? []) as IToken[];
    if (second && second.image !== "batch") {
      const span = this.tokenSpan(second);
      this.expected("batch", span, { title: "write batch", edits: [{ span, text: "batch" }] });
    } else if (first?.image === "batch") {
      const span = this.tokenSpan(first);
      this.expected("at batch", span, { title: "write at batch", edits: [{ span, text: "at batch" }] });
    }
    const batch = operand && this.expressions.operand(operand);
    return [{ kind: "assert", condition: this.comparing(condition), batch, span: this.span(cst) }];
  }

  private train(cst: CstNode): ast.TrainDeclaration {
    this.keyword(token(cst, "Identifier"), "train");
    this.refuseWords(cst, "a setting such as batch 128, or }");
    const settings = nodes(cst, "setting").flatMap((setting): ast.Setting[] => {
      const [key, ...words] = this.settingWords(setting);
      if (key?.kind !== "word") return [];
      return [{ key: { text: key.text, span: key.span }, words, span: this.span(setting) }];
    });
    return { kind: "train", settings, span: this.span(cst) };
  }

  /** The words and values of a setting in the order of the text; `cross-entropy` is one word. */
  private settingWords(setting: CstNode): ast.SettingWord[] {
    const values = new Map(nodes(setting, "value").map((value) => [startOf(value), value]));
    const tokens = new Map(directTokens(setting).map((found) => [found.startOffset, found]));
    const words: ast.SettingWord[] = [];
    for (const start of [...tokens.keys(), ...values.keys()].sort((a, b) => a - b)) {
      const value = values.get(start);
      if (value) {
        words.push(...this.settingValue(value));
        continue;
      }
      const found = tokens.get(start)!;
      const last = words.at(-1);
      const touches =
        last?.kind === "word" && last.span.end === found.startOffset && /\w-\w|\w-$/.test(last.text + found.image);
      if (touches) {
        const span = cover(last.span, this.tokenSpan(found));
        words[words.length - 1] = { kind: "word", text: textOf(span), span };
      } else {
        words.push({ kind: "word", text: found.image, span: this.tokenSpan(found) });
      }
    }
    return words;
  }

  /** A number, or an expression in parentheses; `sgd(lr = 0.1)` is told and read as `sgd lr 0.1`. */
  private settingValue(cst: CstNode): ast.SettingWord[] {
    const span = this.span(cst);
    const list = node(cst, "arguments");
    if (!list) return [{ kind: "value", value: this.expressions.operand(cst), span }];
    const values = this.expressions.list(list);
    const [only] = values;
    if (only && values.length === 1 && !only.name) return [{ kind: "value", value: only.value, span }];
    const words = values.map(({ name, value }) => `${name ? `${name.text} ` : ""}${textOf(value.span)}`).join(" ");
    this.expected("no parentheses", span, { title: `write ${words}`, edits: [{ span, text: ` ${words}` }] });
    return values.flatMap(({ name, value }): ast.SettingWord[] => [
      ...(name ? [{ kind: "word" as const, text: name.text, span: name.span }] : []),
      { kind: "value", value, span: value.span },
    ]);
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
    // `net ZFNet AlexNet but { ... }`
    const isBase = expected.includes("=") && /^[A-Z]/.test(first.image);
    const start = { ...span, end: span.start };
    const fixes = touches
      ? [{ title: `a name is one word: ${joined}`, edits: [{ span: cover(name.span, span), text: joined }] }]
      : isBase
        ? [{ title: `write = before ${first.image}`, edits: [{ span: start, text: "= " }] }]
        : [{ title: `remove ${textOf(span)}`, edits: [{ span, text: "" }] }];
    this.diagnostics.push(diagnose(unexpectedToken, span, { expected, found: first.image }, { fixes }));
  }

  /** The `##` comments on the lines just above. */
  private documentation(span: Span): string | undefined {
    let line = this.source.position(span.start).line;
    const found: string[] = [];
    for (let index = this.commentsBefore(span.start) - 1; index >= 0; index--) {
      const comment = this.comments[index]!;
      const at = this.source.position(comment.span.start).line;
      if (at >= line) continue;
      if (at !== line - 1 || !comment.text.startsWith("##")) break;
      found.unshift(comment.text.replace(/^##\s?/, "").trimEnd());
      line = at;
    }
    return found.length > 0 ? found.join("\n") : undefined;
  }

  /** How many comments start before an offset: a file may have thousands of declarations, and of comments. */
  private commentsBefore(offset: number): number {
    let low = 0;
    let high = this.comments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.comments[middle]!.span.start < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private parameters(cst: CstNode | undefined): ast.Parameter[] {
    if (!cst) return [];
    return nodes(cst, "parameter").flatMap((parameter): ast.Parameter[] => {
      const name = this.declaredName(node(parameter, "declaredName"));
      if (!name) return [];
      const expression = node(parameter, "expression");
      const kind = token(parameter, "At") ? "label" : kindOf(name.text);
      const value = expression && this.expressions.expression(expression);
      if (expression && !token(parameter, "Equals")) {
        const second = value?.kind === "variable" || value?.kind === "unit" ? textOf(value.span) : undefined;
        if (second && !token(parameter, "Colon")) {
          this.missingComma(name, value!.span);
          return [
            { kind, name },
            { kind: kindOf(second), name: { text: second, span: value!.span } },
          ];
        }
        this.missingEquals(name, this.span(expression), token(parameter, "Colon"));
      }
      return [{ kind, name, default: value }];
    });
  }

  /** `(classes 1000)`, `(classes: 1000)`. */
  private missingEquals(name: ast.Identifier, value: Span, colon: IToken | undefined): void {
    const text = `${name.text} = ${textOf(value)}`;
    const edits = [{ span: cover(name.span, value), text }];
    this.expected("=", colon ? this.tokenSpan(colon) : value, { title: `write ${text}`, edits });
  }

  /** `(c s)`. */
  private missingComma(name: ast.Identifier, second: Span): void {
    const text = `${name.text}, ${textOf(second)}`;
    this.expected("a comma", second, { title: `write ${text}`, edits: [{ span: cover(name.span, second), text }] });
  }

  private change(cst: CstNode): ast.Change[] {
    const [label, ...further] = nodes(cst, "path").map((path): ast.Identifier => {
      return { text: textOf(this.span(path)).replace(/\s+/g, ""), span: this.span(path) };
    });
    if (!label) return [];
    const span = this.span(cst);
    const [first, second] = (cst.children["Identifier"] ?? []) as IToken[];
    const [verb, place] = [first && verbOf(first.image), second?.image];
    if (first && verb) this.keyword(first, verb);
    // Without a colon it could not be read.
    if (!verb && !token(cst, "Colon")) return [];
    if (!verb) return [{ kind: "set", label, parts: this.parts(nodes(cst, "part")).parts, span }];
    if (verb === "drop") return [label, ...further].map((dropped) => ({ kind: "drop", label: dropped, span }));
    if (cst.recoveredNode) return [];
    const list = node(cst, "chain");
    const chain = list ? this.chain(list) : [];
    if (verb === "replace") return [{ kind: "replace", label, chain, span }];
    if (place !== "before" && place !== "after") {
      if (!second) return [];
      const meant = closest(second.image, ["after", "before"]) ?? "after";
      const edits = [{ span: this.tokenSpan(second), text: meant }];
      this.expected("after or before", this.tokenSpan(second), { title: `write ${meant}`, edits });
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
      const alternatives = node(group, "alternatives");
      // Braces behind what could not be read are the body of it.
      if (group.name === "wrongGroup" && this.isBehindMistake(group)) return undefined;
      const hasBars = alternatives !== undefined && this.refuseBars(alternatives);
      if (group.name === "wrongGroup" && !hasBars) this.wrongGroup(group);
      const items = alternatives ? ordered(nodes(alternatives, "itemList")).flatMap((list) => this.items(list)) : [];
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

  /** Whether something on the line before a group in braces could not be read. */
  private isBehindMistake(group: CstNode): boolean {
    const { start } = this.span(group);
    const lineStart = this.source.text.lastIndexOf("\n", start) + 1;
    const isBefore = (at: number) => at >= lineStart && at < start;
    const isBrace = this.source.text[start] === "{";
    return isBrace && (this.errors.some(isBefore) || this.diagnostics.some(({ span }) => isBefore(span.start)));
  }

  /** `[ a | b ]`. */
  refuseBars(parent: CstNode): boolean {
    const bar = token(parent, "Bar");
    if (!bar) return false;
    const args = {
      what: "|",
      where: "here",
      mend: "branches belong to a layer that joins them, as in ADD { a | b }",
    };
    this.diagnostics.push(diagnose(misplaced, this.tokenSpan(bar), args));
    return true;
  }

  private conditional(cst: CstNode): ast.Conditional {
    nodes(cst, "otherwise").forEach((otherwise) => this.keyword(token(otherwise, "Identifier"), "else"));
    const conditions = nodes(cst, "condition");
    const bodies = nodes(cst, "body");
    const branches = conditions.map((condition, index) => {
      const read = this.condition(condition);
      // Without its brace a condition may not be all of what will stand there.
      const brace = bodies[index] && token(bodies[index], "LeftCurly");
      const isWhole = brace && !cst.recoveredNode && !this.stumbled(startOf(condition), brace.startOffset);
      return {
        condition: isWhole ? read : { kind: "unreadable" as const, span: read.span },
        items: this.body(cst, index),
      };
    });
    const hasElse = nodes(cst, "body").length > conditions.length;
    const otherwise = hasElse ? this.body(cst, conditions.length) : undefined;
    return { kind: "conditional", branches, otherwise, span: this.span(cst) };
  }

  private condition(cst: CstNode): ast.Expression {
    const misspelt = token(cst, "Identifier");
    if (misspelt) this.keyword(misspelt, ELSE_IF.includes(misspelt.image) ? "else if" : "if");
    const comparing = node(cst, "comparing");
    return comparing ? this.comparing(comparing) : { kind: "unreadable", span: this.span(cst) };
  }

  /** A condition, in which a single = is told and read as ==. */
  private comparing(cst: CstNode): ast.Expression {
    const [left, right] = nodes(cst, "expression").map((expression) => this.expressions.expression(expression));
    const sign = token(cst, "Equals");
    const span = this.span(cst);
    if (!sign || !right) return left ?? { kind: "unreadable", span };
    const place = this.tokenSpan(sign);
    this.expected("== to compare", place, { title: "write ==", edits: [{ span: place, text: "==" }] });
    // Of `s == 1 or c = 3` the sides are others than could be told here.
    const isPlain = left?.kind === "variable" || left?.kind === "member";
    return isPlain ? { kind: "binary", operator: "==", left, right, span } : { kind: "unreadable", span };
  }

  private labelName(cst: CstNode): ast.Identifier | undefined {
    const keyword = token(cst, "Output");
    const name = keyword ? this.identifier(keyword) : this.declaredName(node(cst, "declaredName"));
    if (!name) return undefined;
    const [at, equals] = [token(cst, "At"), token(cst, "Equals")];
    if (at) {
      const span = this.tokenSpan(at);
      this.expected("a label without @ where it is declared", span, {
        title: "remove the @",
        edits: [{ span, text: "" }],
      });
    }
    if (equals) {
      const span = this.tokenSpan(equals);
      const edits = [{ span: { ...span, start: name.span.end }, text: ":" }];
      this.expected("a colon behind the label", span, { title: `write ${name.text}:`, edits });
    }
    const parts = [...nodes(cst, "declaredName").flatMap(directTokens), ...directTokens(cst)].filter(({ image }) =>
      /^\w/.test(image),
    );
    if (parts.length === 1) return name;
    const last = parts.reduce((a, b) => (a.startOffset > b.startOffset ? a : b));
    const span = cover(name.span, this.tokenSpan(last));
    const text = textOf(span).replace(/\W/g, "_");
    this.expected("a label of one word", span, { title: `write ${text}`, edits: [{ span, text }] });
    return { text, span };
  }

  private belongsInGroup(item: ast.Item): boolean {
    if (item.kind === "element" || item.kind === "let" || item.kind === "output") return true;
    const what = item.kind === "total" ? "TOTAL" : `a ${item.kind}${item.kind === "default" ? " line" : ""}`;
    const args = { what, where: "inside of [ ]", mend: "write it before the group" };
    this.diagnostics.push(diagnose(misplaced, item.span, args));
    return false;
  }

  private annotation(cst: CstNode): ast.Annotation[] {
    const tokens = nodes(cst, "sizeToken").flatMap(directTokens);
    if (tokens.length > 0) {
      const span = cover(this.tokenSpan(tokens[0]!), this.tokenSpan(tokens.at(-1)!));
      const text = textOf(span).replace(/\s*(,|\*|x|\u00d7)\s*/g, "x");
      const fixes = /^(\d+|[A-Z])(x(\d+|[A-Z]))+$/.test(text)
        ? [{ title: `write [${text}]`, edits: [{ span, text }] }]
        : [];
      const args = { expected: "a size such as 55x55x96 or HxWx3", found: textOf(span) };
      this.diagnostics.push(diagnose(unexpectedToken, span, args, { fixes }));
      return [];
    }
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
    const alternatives = node(cst, "alternatives");
    const [open, close] = directTokens(cst);
    const lists = alternatives ? ordered(nodes(alternatives, "itemList")) : [];
    const signs = [open, ...(alternatives ? directTokens(alternatives) : []), close];
    const [only] = lists;
    const chains =
      only && lists.length === 1
        ? this.branchesWithCommas(only, open?.image !== "{")
        : lists.map((list, index) => {
            const items = this.items(list);
            // Of an empty one the signs around it are shown.
            const around = [signs[index], signs[index + 1]].map((sign) => sign && this.tokenSpan(sign));
            const span =
              items.length > 0
                ? this.span(list)
                : around[0] && around[1]
                  ? cover(around[0], around[1])
                  : this.span(cst);
            const isUnreadable = nodes(list, "stray").length > 0 || this.stumbled(span.start, span.end);
            return { items, isUnreadable, span };
          });
    if (open && close && open.image !== "{") this.wrongBranches(open, close, chains);
    const leadingBar = chains.length > 1 && chains[0]!.items.length === 0;
    return { chains: leadingBar ? chains.slice(1) : chains, span: this.span(cst) };
  }

  /** `ADD [ a | b ]`, `ADD(a | b)`; a word alone is then a label that has no @. */
  private wrongBranches(open: IToken, close: IToken, chains: { items: ast.Item[]; span: Span }[]): void {
    const edits = [
      {
        span: this.tokenSpan(open),
        text: `${this.isBlank(open.startOffset - 1) ? "" : " "}{${this.isBlank(open.startOffset + 1) ? "" : " "}`,
      },
      { span: this.tokenSpan(close), text: this.isBlank(close.startOffset - 1) ? "}" : " }" },
    ];
    for (const [index, chain] of chains.entries()) {
      const [only] = chain.items;
      const label = chain.items.length === 1 && only?.kind === "element" && only.core.kind === "layer" && only.core;
      if (label && /^[a-z]/.test(label.head.text) && !label.count && !label.call && label.parts.length === 0) {
        edits.push({ span: beforeSpan(label.head.span), text: "@" });
        chain.items = [{ ...only, core: { kind: "labelled", label: label.head, span: label.head.span } }];
      }
      const next = chains[index + 1];
      if (!next || chain.items.length === 0 || next.items.length === 0) continue;
      const between = { ...chain.span, start: chain.span.end, end: next.span.start };
      const comma =
        /^\s*,\s*$/.exec(textOf(between)) ?? /\s*,\s*$/.exec(textOf({ ...chain.span, end: next.span.start }));
      if (comma) edits.push({ span: { ...between, start: between.end - comma[0].length }, text: " | " });
    }
    const span = this.tokenSpan(open);
    const args = { what: "branches", right: "{ }", open: open.image, close: close.image };
    this.diagnostics.push(diagnose(wrongGroupBrackets, span, args, { fixes: [{ title: "write { }", edits }] }));
  }

  private isBlank(offset: number): boolean {
    return /\s/.test(this.source.text[offset] ?? " ");
  }

  /** `ADD { a, b }`: the chains between the commas, which are told unless the brackets are. */
  private branchesWithCommas(list: CstNode, isTold: boolean): { items: ast.Item[]; span: Span }[] {
    const items = this.items(list);
    const whole = { items, span: this.span(list) };
    const commas = items.slice(0, -1).flatMap((item, index) => {
      const between = { ...item.span, start: item.span.end, end: items[index + 1]!.span.start };
      const text = textOf({ ...between, start: Math.max(item.span.start, between.start - MOST_QUOTED) });
      const comma = /\s*,\s*$/.exec(text)?.[0];
      return comma ? [{ index, span: { ...between, start: between.end - comma.length } }] : [];
    });
    if (commas.length === 0) return [whole];
    if (!isTold) {
      const span = { ...commas[0]!.span, start: commas[0]!.span.start + textOf(commas[0]!.span).indexOf(",") };
      const edits = commas.map((comma) => ({ span: comma.span, text: " | " }));
      this.expected("| between branches", { ...span, end: span.start + 1 }, { title: "write |", edits });
    }
    const ends = [...commas.map(({ index }) => index + 1), items.length];
    return ends.map((end, index) => {
      const chain = items.slice(ends[index - 1] ?? 0, end);
      return { items: chain, span: cover(chain[0]!.span, chain.at(-1)!.span) };
    });
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

/** What a parameter of a name stands for. */
const kindOf = (name: string): ast.Parameter["kind"] => (/^[A-Z]/.test(name) ? "unit" : "value");

/** `CONV1x7` is `CONV` and `[1, 7]`; `MAX POOL2` is `MAXPOOL` and `[2]`; a word without digits stands alone. */
export function splitHead(image: string): { mnemonic: string; digits?: number[] } {
  if (/^soft-max$/i.test(image)) return { mnemonic: "SOFTMAX" };
  const match = /^([A-Za-z][A-Za-z \t]*?)(\d+(?:[x\u00d7]\d+)*)?$/.exec(image);
  const letters = (match?.[1] ?? image).replace(/[ \t]+/g, "");
  const mnemonic = letters === "ReLU" ? "RELU" : letters;
  const digits = match?.[2]?.split(/[x\u00d7]/).map(Number);
  return digits ? { mnemonic, digits } : { mnemonic };
}

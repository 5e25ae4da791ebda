/** What the scopes of the grammar are among the tags that CodeMirror's themes have colours for. */
const TAGS: Readonly<Record<string, string>> = {
  "comment.line.documentation": "docComment",
  "comment.line.number-sign": "lineComment",
  "punctuation.definition.comment": "comment",
  "string.quoted.double": "string",
  "keyword.declaration": "definitionKeyword",
  "keyword.control": "controlKeyword",
  "keyword.operator.wordlike": "operatorKeyword",
  "keyword.other.negation": "operatorKeyword",
  "keyword.operator.bind": "operator",
  "keyword.operator.then": "operator",
  "keyword.operator.arithmetic": "arithmeticOperator",
  "keyword.operator.comparison": "compareOperator",
  "keyword.operator.assignment": "definitionOperator",
  "keyword.operator.hole": "atom",
  "support.other.total": "keyword",
  "support.class.layer": "className",
  "support.type.property-name": "propertyName",
  "support.constant": "atom",
  "entity.name.type": "typeName",
  "entity.name.function": "variableName.function",
  "entity.name.label": "labelName",
  "variable.other.label": "labelName",
  "variable.other.definition": "variableName.definition",
  "variable.other": "variableName",
  "variable.language": "variableName.special",
  "constant.numeric": "number",
  "constant.numeric.size": "number",
  "constant.numeric.window": "number",
  "constant.language": "atom",
  "punctuation.separator": "separator",
  "punctuation.separator.branch": "separator",
  "punctuation.section": "bracket",
  "punctuation.section.brackets": "squareBracket",
};

/** The tag of a scope of the grammar, by the name that CodeMirror has for it; null for what has no colour. */
export function tagOf(scope: string): string | null {
  return TAGS[scope] ?? null;
}

/** The functions of a module's blocks, with their types. */
import type { Literal } from "../outline/pieces.js";
import { isPositional, orderOf } from "../outline/calls.js";
import type { Template } from "../outline/templates.js";
import { bodyOf, identifierOf, layersText, parametersOf, type Functions } from "./print.js";
import { listsOf } from "./steps.js";
import { printLiteral } from "./pieces.js";

/** What the module itself calls something, and what JavaScript does not take for a name. */
export const RESERVED = [
  "tf initialize heUniform glorotUniform through customLayers createModel loadModel loadWeights fetchBeside newTraining",
  "train evaluate learnerOf sourceOf outputsOf totalLoss targetFor countCorrect gradientsOf firstNotFinite lossOf updated",
  "learningRateAt endEpoch shuffled randomWord name index",
  "arguments await break case catch class const continue debugger default delete do else enum eval export extends false",
  "finally for function if implements import in instanceof interface let new null package private protected public return",
  "static super switch this throw true try typeof var void while with yield undefined NaN Infinity",
].flatMap((line) => line.split(" "));

/** A function for each template; names of the program stay as they are wherever they can. */
export function functionsOf(templates: readonly Template[]): Functions {
  const taken = new Set([...RESERVED, "x", "y", ...templates.flatMap(parametersOf)]);
  const names = new Map<Template, string>();
  for (const template of templates) {
    const wanted = identifierOf(template.block);
    // What is given to a function is called x, x1, x2 ...
    const base = /^x\d*$/.test(wanted) ? `${wanted}Block` : wanted;
    let name = base;
    for (let number = 2; taken.has(name); number++) name = `${base}${/\d$/.test(base) ? "_" : ""}${number}`;
    taken.add(name);
    names.set(template, name);
  }
  return { names, lists: listsOf(templates), reserved: RESERVED };
}

/** The types that a parameter has in the calls of its function. */
function typeOf(column: readonly Literal[]): string {
  const typeOfOne = (literal: Literal): string => {
    if (typeof literal === "string") return printLiteral(literal);
    if (typeof literal !== "object" || literal === null) return typeof literal;
    return literal.includes(null) ? "number[]" : `[${literal.map(typeOfOne).join(", ")}]`;
  };
  return [...new Set(column.map(typeOfOne))].join(" | ");
}

/** The function of a block; it gives layers where they are applied one after the other, else what they make. */
export function printFunction(template: Template, functions: Functions): string {
  const isList = functions.lists.has(template);
  const parameters = parametersOf(template);
  const order = orderOf(template);
  const isSize = (position: number) => isPositional(template.parameters[position]!);
  const sizes = order.filter(isSize);
  const options = order.filter((position) => !isSize(position));
  const typed = (position: number) => `${parameters[position]!}: ${typeOf(template.columns[position]!)}`;
  const given = isList ? [] : givenTo(template);
  const returned =
    template.results.length === 1 ? "SymbolicTensor" : `[${template.results.map(() => "SymbolicTensor").join(", ")}]`;
  const documentation = [
    isList
      ? `The layers of the block ${template.block}, whose names start with \`name\`.`
      : `The block ${template.block}; the names of its layers start with \`name\`.`,
    "",
    ...given.map((name) => `@param {SymbolicTensor} ${name}`),
    "@param {string} name",
    ...sizes.map((position) => `@param {${typeOf(template.columns[position]!)}} ${parameters[position]!}`),
    ...(options.length > 0 ? [`@param {{ ${options.map(typed).join(", ")} }} options`] : []),
    `@returns {${isList ? "Layer[]" : returned}}`,
  ];
  const signature = [
    ...given,
    "name",
    ...sizes.map((position) => parameters[position]!),
    ...(options.length > 0 ? [`{ ${options.map((position) => parameters[position]!).join(", ")} }`] : []),
  ];
  const body = isList
    ? `return ${listOf(layersText(template, functions, false))};`
    : bodyOf(template, functions).lines.join("\n");
  return `/**\n${documentation.map((line) => ` * ${line}`.trimEnd()).join("\n")}\n */
function ${functions.names.get(template)!}(${signature.join(", ")}) {
${body}
}`;
}

/** What is one list already needs no other around it. */
function listOf(elements: readonly string[]): string {
  return elements.length === 1 && elements[0]!.startsWith("...") ? elements[0]!.slice(3) : `[${elements.join(", ")}]`;
}

const givenTo = ({ given }: Template) =>
  given === 1 ? ["x"] : Array.from({ length: given }, (_, index) => `x${index + 1}`);

/** The reference of an operator as Markdown, for hovering and completing. */
import type { Operator, Parameter } from "../ops/define.js";

/** How a parameter is written, with its default. */
export function parameterText(operator: Operator, name: string): string {
  const parameter = (operator.parameters as Record<string, Parameter>)[name]!;
  const written = name === operator.count ? "a number" : name === operator.size ? "a size" : `\`${name}\``;
  return `- ${written}: ${parameter.doc} (${defaultText(parameter)})`;
}

/** What holds where nothing is written. */
export function defaultText({ default: value, defaultsTo }: Parameter): string {
  if (value === undefined) return "must be given";
  if (defaultsTo) return `default ${defaultsTo}`;
  if (Array.isArray(value)) return "default none";
  if (typeof value === "boolean") return value ? "default on" : "default off";
  return `default ${String(value as number | string)}`;
}

/** What an operator does, and all that can be written of it. */
export function operatorText(operator: Operator): string {
  const { mnemonics, doc, example, parameters } = operator;
  const names = Object.keys(parameters);
  return [
    `**${mnemonics.join(", ")}**`,
    doc,
    ...(names.length > 0 ? [names.map((name) => parameterText(operator, name)).join("\n")] : []),
    `\`\`\`cnn\n${example}\n\`\`\``,
  ].join("\n\n");
}

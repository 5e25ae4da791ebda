/** HTML that is safe by how it is made: text is escaped unless it is markup already. */
import { escapeXml } from "../diagram/svg.js";

/** A piece of HTML, as opposed to text that is yet to be escaped. */
export class Markup {
  constructor(readonly text: string) {}
}

export type Content = Markup | string | undefined | readonly Content[];

/** `true` is an attribute without a value, `false` and `undefined` none. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** Elements that HTML does not close. */
const VOID = new Set(["meta", "input", "br"]);

export function element(name: string, attributes: Attributes = {}, ...content: readonly Content[]): Markup {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([key, value]) => ` ${key}="${value === true ? "" : escapeXml(String(value))}"`)
    .join("");
  if (VOID.has(name)) return new Markup(`<${name}${written}/>`);
  return new Markup(`<${name}${written}>${textOf(content)}</${name}>`);
}

/** Pieces one after the other. */
export function together(...content: readonly Content[]): Markup {
  return new Markup(textOf(content));
}

function textOf(content: Content): string {
  if (content === undefined) return "";
  if (content instanceof Markup) return content.text;
  if (typeof content === "string") return escapeXml(content);
  return content.map(textOf).join("");
}

/** The page around the reports of networks. */
import type { ColumnChoice } from "../../analysis/report-columns.js";
import type { Network } from "../../ir/network.js";
import { element, Markup, together, type Content } from "./markup.js";
import { script, scriptHash, style, styleHash } from "./page-assets.js";
import { sectionOf } from "./section.js";

/** Nothing is fetched, and no other script and no other style than these two take effect: whatever a program names its layers. */
const POLICY = [
  "default-src 'none'",
  `script-src '${scriptHash}'`,
  `style-src '${styleHash}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

export async function documentOf(networks: readonly Network[], choice: ColumnChoice): Promise<string> {
  const sections: Markup[] = [];
  for (const [index, network] of networks.entries()) sections.push(await sectionOf(network, `net${index + 1}`, choice));
  const names = networks.map(({ name }) => name);
  const title = names.length > 3 ? `${names.slice(0, 3).join(", ")} …` : names.join(", ");
  const head = element(
    "head",
    {},
    element("meta", { charset: "utf-8" }),
    "\n",
    element("meta", { "http-equiv": "Content-Security-Policy", content: POLICY }),
    "\n",
    element("meta", { name: "viewport", content: "width=device-width, initial-scale=1" }),
    "\n",
    element("meta", { name: "color-scheme", content: "light dark" }),
    "\n",
    element("title", {}, `${title} - report of cnnc`),
    "\n",
    element("style", {}, new Markup(style)),
  );
  const tip = element("div", { class: "tip", "aria-hidden": "true", hidden: true });
  const body = element(
    "body",
    {},
    "\n",
    names.length > 1 ? contents(names) : undefined,
    element("main", {}, sections),
    "\n",
    tip,
    "\n",
    element("script", {}, new Markup(script)),
    "\n",
  );
  return `<!doctype html>\n${element("html", { lang: "en" }, "\n", head, "\n", body, "\n").text}\n`;
}

function contents(names: readonly string[]): Content {
  const links = names.map((name, index) => element("a", { href: `#net${index + 1}` }, name));
  return together(element("nav", { "aria-label": "Nets" }, links), "\n");
}

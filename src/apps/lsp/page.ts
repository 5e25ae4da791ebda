/** Pages that an editor shows beside the text: `cnnc/page`. */
import { draw, htmlReport } from "../../index.js";
import type { Session } from "./session.js";

export interface PageRequest {
  readonly uri: string;
  /** The net; the first one where it is left out. */
  readonly net?: string;
  readonly what: "report" | "draw";
}

export type Page = { readonly net: string; readonly html: string } | { readonly problem: string };

export async function pageOf(session: Session, { uri, net, what }: PageRequest): Promise<Page> {
  const networks = session.analysis(uri)?.networks ?? [];
  const network = net === undefined ? networks[0] : networks.find(({ name }) => name === net);
  if (!network)
    return {
      problem:
        net === undefined ? "there is no net without mistakes in this file" : `there is no net ${net} without mistakes`,
    };
  if (what === "report") return { net: network.name, html: await htmlReport([network]) };
  const picture = await draw(network, "svg");
  const html = `<!doctype html><meta charset="utf-8"><body style="background:#fff">${picture}</body>`;
  return { net: network.name, html };
}

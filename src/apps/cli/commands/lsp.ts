/** `cnnc lsp --stdio`: a language server for an editor, over standard input and output. */
import { serve } from "../../lsp/server.js";
import { EXIT } from "../terminal.js";

export async function lsp(version: string): Promise<number> {
  serve(process.stdin, process.stdout, version);
  await new Promise((done) => process.stdin.once("close", done));
  return EXIT.fine;
}

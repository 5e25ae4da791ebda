/** The type checker over emitted modules: JavaScript by its JSDoc, and what uses it. */
import ts from "typescript";

/** What it has to say, each with the name of the file. */
export function typeProblems(paths: readonly string[]): string[] {
  const program = ts.createProgram(paths, {
    noEmit: true,
    strict: true,
    checkJs: true,
    allowJs: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts"],
    types: [],
  });
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    return `${file?.fileName.split("/").at(-1)}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
  });
}

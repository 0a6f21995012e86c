/** What the compiler says of programs that are in no file. */
import { join } from "node:path";
import ts from "typescript";
import { root } from "../package/sources.ts";

/** A name that is declared and not used, or an import. */
const unused: ReadonlySet<number> = new Set([6133, 6192, 6196, 6198]);

/** One error: what it says, and where, as an index into the text. */
export interface CompileError {
  readonly at: number;
  readonly message: string;
}

/** Compiles modules as if they lay in this folder, by the repository's own rules; unused names are no error. */
export function compileModules(texts: readonly string[]): readonly (readonly CompileError[])[] {
  const paths = texts.map((_, at) => join(root, `test/kysely/program-${at}.ts`));
  const byPath = new Map(paths.map((path, at) => [path, texts[at] ?? ""]));
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
  const files = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = files;
  files.fileExists = (name) => byPath.has(name) || fileExists(name);
  files.getSourceFile = (name, version) => {
    const text = byPath.get(name);
    return text === undefined ? getSourceFile(name, version) : ts.createSourceFile(name, text, version);
  };
  const program = ts.createProgram(paths, options, files);
  return paths.map((path) => {
    const source = program.getSourceFile(path);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found
      .filter(({ code }) => !unused.has(code))
      .map(({ start = 0, messageText }) => ({
        at: start,
        message: ts.flattenDiagnosticMessageText(messageText, "\n"),
      }));
  });
}

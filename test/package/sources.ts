/** The source files of the package, and what each imports. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The root of the repository. */
export const root: string = fileURLToPath(new URL("../..", import.meta.url));

/** A file and the modules it names in imports, exports and dynamic imports: paths from the root, or bare specifiers. */
export interface Source {
  /** From the root, with forward slashes: `src/filter/parse.ts`. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

/** All TypeScript files below a folder of the repository. */
export function sourcesBelow(folder: string): Source[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file))
    .sort()
    .map((file) => read(`${folder}/${file.replaceAll("\\", "/")}`));
}

function read(path: string): Source {
  const text = readFileSync(join(root, path), "utf8");
  const imports = ts
    .preProcessFile(text, true, true)
    .importedFiles.map(({ fileName }) =>
      fileName.startsWith(".") ? relative(root, join(root, dirname(path), fileName)).replaceAll("\\", "/") : fileName,
    );
  return { path, text, imports };
}

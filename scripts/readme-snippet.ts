/** The first program of the README: what `scripts/check-package.ts` and the README's own test run. */
import { readFileSync } from "node:fs";
import ts from "typescript";

/** The first TypeScript block of the README. */
export function firstSnippet(): string {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const code = /^```ts\n([\s\S]*?)^```$/m.exec(readme)?.[1];
  if (code === undefined) throw new Error("README.md has no ```ts block.");
  return code;
}

/** The snippet on another port than the 3000 it names. */
export function onPort(snippet: string, port: number): string {
  const code = snippet.replace("app.listen(3000)", `app.listen(${port})`);
  if (code === snippet) throw new Error("The README's first program does not listen on port 3000.");
  return code;
}

/** TypeScript as the JavaScript of one module system. */
export function compiled(code: string, format: "esm" | "cjs"): string {
  const module = format === "esm" ? ts.ModuleKind.ESNext : ts.ModuleKind.CommonJS;
  return ts.transpileModule(code, {
    compilerOptions: { module, target: ts.ScriptTarget.ES2022, esModuleInterop: true },
  }).outputText;
}

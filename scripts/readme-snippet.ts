/** The first program of the README: what `scripts/check-package.ts` and the README's own test run. */
import { readFileSync } from "node:fs";

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

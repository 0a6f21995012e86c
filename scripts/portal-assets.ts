/** Writes adapters/portal/assets.ts from adapters/portal/client: `npx tsx scripts/portal-assets.ts`. */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const client = new URL("../adapters/portal/client/", import.meta.url);
const target = new URL("../adapters/portal/assets.ts", import.meta.url);

/** The text of adapters/portal/assets.ts: the page's script and style, ready to be served. */
export async function renderAssets(): Promise<string> {
  const [script, style, dark] = await Promise.all([bundled("main.tsx"), bundled("portal.css"), bundled("dark.css")]);
  return `/** The page's script and style, made from client/ by scripts/portal-assets.ts. */

/** The script, with Preact in it. */
export const script: string = ${JSON.stringify(preactNotice() + script)};

/** The style, in the light scheme. */
export const style: string = ${JSON.stringify(style)};

/** What the dark scheme changes of it. */
export const darkStyle: string = ${JSON.stringify(dark)};
`;
}

async function bundled(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(entry, client))],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: ["es2023", "chrome111", "firefox115", "safari16.4"],
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "none",
  });
  return (outputFiles[0]?.text ?? "").trim();
}

/** Preact's licence asks that it goes along with every copy. */
function preactNotice(): string {
  const licence = readFileSync(new URL("../node_modules/preact/LICENSE", import.meta.url), "utf8");
  return `/*! Preact\n${licence.trim()} */\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) writeFileSync(target, await renderAssets());

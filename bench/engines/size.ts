/** What is installed with the package: its own files, and those of its dependencies and peers. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { significant } from "../report/lines.ts";
import type { EngineLine } from "../report/results.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const Manifest = z.object({ dependencies: z.record(z.string(), z.string()).default({}) });

/** Of the built package, if it has been built (`npm run build`), and of what comes with it. */
export function installedSize(): EngineLine[] {
  const line = (name: string, bytes: number): EngineLine => ({
    name,
    against: "",
    ratio: 0,
    amount: significant(bytes / 1_024),
    unit: "KiB",
  });
  const dist = sizeOf(join(root, "dist"));
  return [
    ...(dist > 0 ? [line("installed: scimkit", dist)] : []),
    line("installed: its dependencies, without zod", dependenciesOf(root)),
    line("installed: zod", sizeOf(join(root, "node_modules/zod"))),
    line(
      "installed: scimmy and scimmy-routers",
      ["scimmy", "scimmy-routers"].reduce((sum, name) => sum + sizeOf(join(root, "node_modules", name)), 0),
    ),
  ];
}

function dependenciesOf(directory: string): number {
  const { dependencies } = Manifest.parse(JSON.parse(readFileSync(join(directory, "package.json"), "utf8")));
  return Object.keys(dependencies).reduce((sum, name) => {
    const at = join(root, "node_modules", name);
    return sum + sizeOf(at) + dependenciesOf(at);
  }, 0);
}

/** Bytes of all files below a directory; 0 if there is none. */
function sizeOf(directory: string): number {
  if (!existsSync(directory)) return 0;
  const found = readdirSync(directory, { recursive: true, withFileTypes: true });
  return found.reduce(
    (sum, entry) => sum + (entry.isFile() ? statSync(join(entry.parentPath, entry.name)).size : 0),
    0,
  );
}

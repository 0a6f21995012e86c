/** The README's programs and the type tests themselves are held by the compiler. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { root } from "../package/sources.ts";

const configuration = ts.getParsedCommandLineOfConfigFile(join(root, "tsconfig.json"), undefined, {
  ...ts.sys,
  onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
    throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"));
  },
});
if (configuration === undefined) throw new Error("There is no tsconfig.json.");

/** What the README's readers have: a test runner, stores, and a database. */
const surroundings = `
  declare const makeStores: Parameters<typeof import("scimkit/testing").storeContract>[0];
  declare function test(name: string, run: () => Promise<unknown>): void;
  declare interface Ctx { workspaceId: number; defaultRole: string }
  declare const db: import("kysely").Kysely<{
    users: {
      id: string; workspace_id: number; email: string; first_name: string | null; last_name: string | null;
      department: string | null; disabled_at: Date | null; role: string; scim_attributes: unknown;
    };
    teams: { id: string; workspace_id: number; name: string };
    team_members: { team_id: string; user_id: string };
  }>;
`;

/** What the compiler says of programs, as `npm run types` would; a fragment may end before it uses all it declares. */
function complaints(programs: readonly string[]): readonly string[] {
  const files = new Map([
    [join(root, "surroundings.d.ts"), surroundings],
    ...programs.map((code, index) => [join(root, `program-${index}.ts`), code] as const),
  ]);
  const options = { ...configuration?.options, noUnusedLocals: false };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.getSourceFile = (name, version, ...rest) => {
    const text = files.get(name);
    return text === undefined ? getSourceFile(name, version, ...rest) : ts.createSourceFile(name, text, version);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files.keys()].flatMap((name) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(name))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
  );
}

describe("the compiler", () => {
  it("finds every program of the README right, and one with another Context's property wrong", () => {
    const readme = readFileSync(join(root, "README.md"), "utf8");
    const programs = [...readme.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => code);
    const wrong = (programs[0] ?? "").replace("{ name }) => console.log(name,", "{ shard }) => console.log(shard,");
    expect(programs.length).toBeGreaterThan(1);
    expect(wrong).not.toBe(programs[0]);
    expect(complaints([...programs, wrong])).toEqual([
      expect.stringContaining("Property 'shard' does not exist on type 'Customer'"),
    ]);
  }, 120_000);

  it("looks at every file of these tests when `npm run types` runs", () => {
    const here = join(root, "test/types");
    const looked = new Set(configuration.fileNames);
    const files = readdirSync(here).map((name) => join(here, name));
    expect(files.length).toBeGreaterThan(3);
    expect(files.filter((file) => !looked.has(file))).toEqual([]);
    expect(configuration.options.noEmit).toBe(true);
  });
});

/** Imports run one way: `error, request → schema → filter → store → patch, dialects → protocol → scim → adapters`. */
import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { type Source, sourcesBelow } from "./sources.ts";

const core = sourcesBelow("src");
const adapters = sourcesBelow("adapters");

/** The parts in the order in which each may import those before it; a folder, or a file of `src/` itself. */
const order = [
  ["error.ts", "request.ts"],
  ["schema"],
  ["filter"],
  ["store"],
  ["patch", "dialects"],
  ["protocol", "options.ts"],
  ["scim.ts"],
  ["connections", "testing"],
  ["access"],
  ["index.ts"],
];

/** Who alone may import a package. */
const owners: Readonly<Record<string, RegExp>> = {
  zod: /^src\/schema\//,
  "scim2-parse-filter": /^src\/filter\/parse\.ts$/,
};

const isOwn = (specifier: string): boolean => specifier.startsWith("src/");
const rankOf = (path: string): number => order.findIndex((parts) => parts.includes(path.split("/")[1] ?? ""));
const each = (sources: readonly Source[]): [string, Source][] => sources.map((source) => [source.path, source]);

describe("src/", () => {
  it.each(each(core))("%s belongs to a part and imports only parts before it", (path, { imports }) => {
    const rank = rankOf(path);
    expect(rank, "the part is not in the order").toBeGreaterThanOrEqual(0);
    expect(imports.filter(isOwn).filter((target) => rankOf(target) > rank)).toEqual([]);
  });

  it("imports no package but zod in schema/ and the parser in filter/parse.ts", () => {
    const foreign = core.flatMap(({ path, imports }) =>
      imports
        .filter((specifier) => !isOwn(specifier) && owners[specifier]?.test(path) !== true)
        .map((specifier) => `${path}: ${specifier}`),
    );
    expect(foreign).toEqual([]);
  });

  it("uses none of Node's globals", () => {
    const users = core.filter(({ text }) =>
      /\b(?:process|Buffer|setImmediate|__dirname|require)\b[.(]/.test(code(text)),
    );
    expect(users.map(({ path }) => path)).toEqual([]);
  });

  it("has no barrel but index.ts, a file that only passes on what others have", () => {
    const barrels = core
      .filter(({ text }) => /^export .*\bfrom /m.test(text) && !/^export (?!.*\bfrom )(?!type \{|\{)/m.test(text))
      .map(({ path }) => path);
    expect(barrels).toContain("src/index.ts");
    expect(barrels.filter((path) => !/^src\/(?:testing\/|connections\/|access\/)?index\.ts$/.test(path))).toEqual([]);
  });
});

/** The page's own script, bundled into the package with Preact. */
const isOfPage = (path: string): boolean => path.startsWith("adapters/portal/client/");

describe("adapters/", () => {
  const public_ = new Set(Object.keys(manifest.exports).map((subpath) => `scimkit${subpath.slice(1)}`));
  const frameworks = new Set(Object.keys(manifest.peerDependencies));

  it.each(each(adapters.filter(({ path }) => !isOfPage(path))))(
    "%s imports only public names, its own folder, and the shared HTTP parts",
    (path, { imports }) => {
      const folder = path.split("/").slice(0, 2).join("/");
      const shared = folder === "adapters/fetch" ? ["adapters/http"] : ["adapters/http", "adapters/node"];
      const allowed = (target: string): boolean =>
        target.startsWith("adapters/")
          ? [folder, ...shared].includes(target.split("/").slice(0, 2).join("/"))
          : public_.has(target) || frameworks.has(target) || target.startsWith("node:");
      expect(imports.filter((target) => !allowed(target))).toEqual([]);
    },
  );

  it.each(each(adapters.filter(({ path }) => isOfPage(path))))(
    "%s runs in a browser: it imports only the page, what the page shares with its server, and Preact",
    (_path, { imports }) => {
      const allowed = (target: string): boolean =>
        isOfPage(target) ||
        /^adapters\/portal\/(?:messages|access-messages|text|strings\/en|strings\/en-guides)\.ts$/.test(target) ||
        /^preact(?:$|\/)/.test(target);
      expect(imports.filter((target) => !allowed(target))).toEqual([]);
    },
  );

  it("need no Node for fetch and the portal", () => {
    const portable = adapters.filter(({ path }) => /^adapters\/(?:http|fetch|portal)\//.test(path));
    expect(portable.length).toBeGreaterThan(0);
    expect(portable.flatMap(({ imports }) => imports.filter((target) => target.startsWith("node:")))).toEqual([]);
  });

  it("keep each framework's file to 80 lines", () => {
    const long = adapters
      .filter(({ path }) => /^adapters\/(?:express|koa|fetch|node)\/index\.ts$/.test(path))
      .filter(({ text }) => text.split("\n").length > 81);
    expect(long.map(({ path }) => path)).toEqual([]);
  });
});

describe("All sources", () => {
  const all = [...core, ...adapters];

  it("have no import cycle", () => {
    expect(cycleIn(new Map(all.map(({ path, imports }) => [path, imports])))).toBeUndefined();
  });

  it("open by saying what they are", () => {
    expect(all.filter(({ text }) => !text.startsWith("/** ")).map(({ path }) => path)).toEqual([]);
  });

  it("stay within 350 lines", () => {
    expect(all.filter(({ text }) => text.split("\n").length > 351).map(({ path }) => path)).toEqual([]);
  });
});

describe("The search for cycles", () => {
  it("finds one", () => {
    const graph = new Map([
      ["a", ["b"]],
      ["b", ["c", "d"]],
      ["c", []],
      ["d", ["b"]],
    ]);
    expect(cycleIn(graph)).toEqual(["b", "d", "b"]);
  });
});

/** A text without its comments. */
const code = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");

/** Depth first; the path from a file back to itself, or undefined. */
function cycleIn(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (node: string, path: readonly string[]): string[] | undefined => {
    const start = path.indexOf(node);
    if (start >= 0) return [...path.slice(start), node];
    if (done.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next, [...path, node]);
      if (cycle !== undefined) return cycle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const cycle = visit(node, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

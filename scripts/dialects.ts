/** Writes docs/dialects.md from the list of dialects; `--check` tells whether it is up to date. */
import { readFileSync, writeFileSync } from "node:fs";
import { allDialects } from "../src/dialects/all.ts";
import type { Dialect } from "../src/dialects/dialect.ts";

const page = new URL("../docs/dialects.md", import.meta.url);

const introduction = `# Dialects

What identity providers send beyond the RFC, and what scimkit reads instead. Each is one entry of \`allDialects\`, the default of
\`createScim({ dialects })\`; \`dialects: []\` is strict. Leave one out by filtering the list by name; add one of your own by appending
it. This page is generated from the list by \`npx tsx scripts/dialects.ts\`.
`;

/** Quirks that need no dialect, since the protocol is forgiving there by itself, in strict mode too. */
const protocol = `## Read by the protocol itself

| what | answer |
| --- | --- |
| \`+\` and \`%20\` for a space in the query, raw spaces and quotes (Q1); dangling \`&\` and \`?\` (Q2) | read as meant |
| a trailing slash, doubled slashes, other case in \`/users\` (Q3, Q4, Q10) | the endpoint |
| unknown query parameters, \`aadOptscim062020\` among them (Q4) | ignored |
| no \`Accept\`, any \`Accept\`, \`Content-Type\` on GET, no \`User-Agent\` (Q5, Q6, Q8) | \`application/scim+json\` |
| \`application/json\`, \`application/scim+json\`, with charset; \`application/json+scim\` (Q7) | read as JSON |
| a token without scheme (Q9) | 401 with a SCIM error |

## Left out

| what | answer |
| --- | --- |
| SCIM 1.1 PATCH without \`Operations\` (D32) | 400 \`invalidSyntax\` that asks for \`Operations\` |
| \`/ServiceProviderConfigs\`, \`/serviceConfiguration\` (Q11) | 404 that names \`/ResourceTypes\` |
`;

function section({ name, rows, seenFrom, summary, example }: Dialect): string {
  const read =
    typeof example.read === "string" && example.of !== "filter" && example.of !== "attributes"
      ? example.read
      : `\`\`\`json\n${JSON.stringify(example.read, null, 1)}\n\`\`\``;
  return `### ${name}

${summary} (${rows.join(", ")}; seen from ${seenFrom})

\`\`\`json
${JSON.stringify(example.sent, null, 1)}
\`\`\`

is read as

${read}
`;
}

/** The page as it should be. */
export function dialectsPage(): string {
  return [introduction, "## The list\n", ...allDialects.map(section), protocol].join("\n");
}

if (process.argv[1]?.endsWith("dialects.ts")) {
  if (process.argv.includes("--check")) {
    if (readFileSync(page, "utf8") !== dialectsPage()) throw new Error("docs/dialects.md is out of date.");
  } else writeFileSync(page, dialectsPage());
}

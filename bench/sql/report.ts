/** What a run is kept and shown as. */
import { aligned } from "../report/table.ts";
import type { Measured } from "./measure.ts";
import type { Plan } from "./plans.ts";

/** What the store may take of what the same takes by hand. */
export const aim = 1.5;

/** A question's times, and what the database did. */
export interface SqlLine extends Measured {
  readonly plans: readonly Plan[];
}

/** All questions of one layout. */
export interface LayoutResults {
  readonly name: string;
  readonly lines: readonly SqlLine[];
  /** What is not as it should be. */
  readonly missed: readonly string[];
}

/** A run, as it is kept in `results.json`. */
export interface SqlResults {
  readonly mode: "quick" | "full";
  readonly machine: string;
  readonly node: string;
  readonly postgres: string;
  readonly users: number;
  readonly members: number;
  readonly layouts: readonly LayoutResults[];
}

const milliseconds = (time: number): string => (time < 10 ? time.toFixed(2) : time.toFixed(0));

function cells({ name, store, byHand, ratio }: SqlLine): readonly string[] {
  return [name, milliseconds(store), milliseconds(byHand), ratio.toFixed(2)];
}

/** The times as text. */
export function table({ layouts, users }: SqlResults): string {
  return layouts
    .map(({ name, lines }) => {
      const head = [`${name}, ${users.toLocaleString("en")} users`, "store, ms", "by hand, ms", "ratio"];
      return aligned([head, ...lines.map(cells)]);
    })
    .join("\n\n");
}

/** The times and plans as a page. */
export function page(results: SqlResults): string {
  const { machine, node, postgres, users, members, layouts } = results;
  return `# SQL at size

<!-- Written by \`npm run bench:sql\`. -->

${users.toLocaleString("en")} users in a tenant, ${(users / 10).toLocaleString("en")} in another, 2,000 groups of 100, one of
${members.toLocaleString("en")}. PostgreSQL ${postgres} on the same machine (${machine}), Node ${node}, \`fsync\` off. Each question is put to the
store, without HTTP, and to the database by hand, with \`pg\` and a statement that asks the same: turn and turn about, in a process that
has warmed up. Medians in milliseconds; the aim is a ratio under ${aim}. Pages have 100 users, and the total that SCIM wants, which is
counted for the first page and carried in the cursor from then on. What must not happen: a sequential scan for a look-up, or a change
of a member that costs more in a large group.

\`\`\`sh
npm run bench:sql             # all of it; needs a server (DATABASE_URL), or the binaries of one
npm run bench:sql -- --quick  # a tenth of the users
\`\`\`

${layouts.map(timesOf).join("\n")}
## Plans

${layouts.map(plansOf).join("\n")}`;
}

function timesOf({ name, lines }: LayoutResults): string {
  const rows = lines.map((line) => `| ${cells(line).join(" | ").replaceAll("[", "\\[")} |`);
  return `| ${name} | store | by hand | ratio |\n| --- | ---: | ---: | ---: |\n${rows.join("\n")}\n`;
}

function plansOf({ name, lines }: LayoutResults): string {
  return lines
    .map((line) => {
      const plans = line.plans.map(({ statement, plan }) => [statement, ...plan.map((row) => `    ${row}`)].join("\n"));
      return `<details><summary>${name}: ${line.name}</summary>\n\n\`\`\`\n${plans.join("\n\n")}\n\`\`\`\n\n</details>\n`;
    })
    .join("");
}

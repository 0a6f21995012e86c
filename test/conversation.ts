/** Conversation: a recorded exchange with an IdP, as a data file that the tests replay. See test/idp/README.md. */
import { readdirSync, readFileSync } from "node:fs";
import { z } from "zod";

const text = z.record(z.string(), z.string());
const bindings = text;

/** A resource that the host has before the conversation; `$repeat` makes many of them. */
const seed = z.strictObject({
  /** The variable that takes its id. */
  as: z.string(),
  endpoint: z.enum(["/Users", "/Groups"]),
  resource: z.record(z.string(), z.unknown()),
});

const request = z.strictObject({
  method: z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]),
  /** Path and query below the SCIM base, exactly as sent. */
  path: z.string(),
  /** Beside, or instead of, the conversation's own; null leaves one out. */
  headers: z.record(z.string(), z.string().nullable()).optional(),
  /** Sent as JSON. */
  body: z.unknown().optional(),
  /** Sent as it stands. */
  text: z.string().optional(),
  /** The JSON body that an earlier step was answered with, with some values changed (by path: `name.familyName`). */
  answerOf: z.strictObject({ step: z.string(), with: z.record(z.string(), z.unknown()) }).optional(),
});

const response = z.strictObject({
  status: z.union([z.int(), z.array(z.int())]),
  /** Values by lower-cased name; matched as `body` is. */
  headers: z.record(z.string(), z.unknown()).optional(),
  /** A ListResponse with this many `totalResults`. */
  list: z.int().optional(),
  /** An Error whose `scimType` this is, or "none". */
  error: z.string().optional(),
  /** What the JSON body holds; see match.ts. */
  body: z.unknown().optional(),
  /** Whether there is no body at all. */
  empty: z.literal(true).optional(),
  /** Texts that must not appear anywhere in the answer. */
  without: z.array(z.string()).optional(),
});

const step = z.strictObject({
  /** The number the conversation gives it: `4`, `5a`. */
  step: z.string(),
  title: z.string(),
  request,
  response,
  /** What the host is told, in any order, one line an event: `user.created ${U1}`. Absent: nothing. */
  events: z.array(z.string()).optional(),
  /** Variables to take from the body, by path. */
  bind: bindings.optional(),
  /** Lists to add the ids of `Resources` to, and how many are in the list then, none of them twice. */
  collect: z.record(z.string(), z.int()).optional(),
});

const conversation = z.strictObject({
  name: z.string(),
  /** Where the conversation is documented or was reported. */
  sources: z.array(z.string()),
  notes: z.array(z.string()).optional(),
  /** Header values of every request without a body, and of every request with one. */
  headers: z.strictObject({ reads: text, writes: text }),
  /** Whether the host sees what createScim calls strict: no dialects. Default false. */
  seed: z.array(z.unknown()).optional(),
  steps: z.array(step).min(1),
  /** What the host has in the end. */
  finally: z.strictObject({
    /** Users by userName. All of them, unless `userCount` says how many there are in all. */
    users: z.record(z.string(), z.unknown()),
    userCount: z.int().optional(),
    /** Groups by displayName: the userNames (or group names) of their members, or their number. All of them. */
    groups: z.record(z.string(), z.union([z.array(z.string()), z.int()])),
  }),
});

/** A conversation as its file has it. */
export type Conversation = z.infer<typeof conversation>;
/** One request and what must be answered. */
export type Step = z.infer<typeof step>;
/** A resource that is there before the first step. */
export type Seed = z.infer<typeof seed>;

/** Reads one seed, once its variables are filled in. */
export const readSeed = (value: unknown): Seed => seed.parse(value);

/** The conversations in a folder beside `importer`, in the order of their file names. */
export function conversationsIn(folder: string): readonly Conversation[] {
  const base = new URL(`./idp/${folder}/`, import.meta.url);
  return readdirSync(base)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => {
      const parsed = conversation.safeParse(JSON.parse(readFileSync(new URL(name, base), "utf8")));
      if (!parsed.success) throw new Error(`test/idp/${folder}/${name}: ${z.prettifyError(parsed.error)}`);
      return parsed.data;
    });
}

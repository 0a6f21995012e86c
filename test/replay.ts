/** replay: plays a conversation against a mounted host and says at which step, and how, an answer was not as expected. */
import { expect } from "vitest";
import type { Answered, Sent } from "./client.ts";
import { type Conversation, readSeed, type Step } from "./conversation.ts";
import { type Host, openHost, token } from "./host.ts";
import { isObject, match } from "./match.ts";
import type { Mounted } from "./mounts.ts";
import type { Served } from "./served.ts";
import { fill, fillText, unfold, type Variables, valueAt, withValueAt } from "./variables.ts";

/** What a conversation has at one point. */
interface Replay {
  readonly conversation: Conversation;
  readonly served: Served;
  readonly host: Host;
  readonly mounted: Mounted;
  readonly variables: Variables;
  /** JSON bodies by step number. */
  readonly answers: Map<string, unknown>;
  /** Ids by the name of the list that collects them. */
  readonly collected: Map<string, string[]>;
}

/** A conversation under way. */
export interface OpenReplay {
  /** Plays one step. @throws an assertion error: the step, the request, the answer, each difference */
  play(step: Step): Promise<void>;
  /** Compares what the host has with what the conversation leaves it. @throws an assertion error */
  finish(): Promise<void>;
  close(): Promise<void>;
}

/** Begins a conversation over one mount, against a host with its stores. */
export async function openReplay(conversation: Conversation, served: Served): Promise<OpenReplay> {
  const host = await openHost(served);
  const variables = await plant(conversation, host);
  const mounted = await served.open(host.scim);
  variables.set("base", mounted.baseUrl);
  const state: Replay = {
    conversation,
    served,
    host,
    mounted,
    variables,
    answers: new Map(),
    collected: new Map(),
  };
  return { play: (step) => play(step, state), finish: () => checkState(state), close: () => mounted.close() };
}

/** Plays a whole conversation over one mount. */
export async function replay(conversation: Conversation, served: Served): Promise<void> {
  const open = await openReplay(conversation, served);
  try {
    for (const step of conversation.steps) await open.play(step);
    await open.finish();
  } finally {
    await open.close();
  }
}

/** Gives the host what it has before the conversation. */
async function plant(conversation: Conversation, host: Host): Promise<Variables> {
  const variables: Variables = new Map([["token", token]]);
  const seeds = unfold(conversation.seed ?? []);
  if (!Array.isArray(seeds)) throw new Error(`${conversation.name}: seed is not a list.`);
  for (const value of seeds) {
    const { as, endpoint, resource } = readSeed(fill(value, variables));
    variables.set(as, await host.create(endpoint, resource));
  }
  await host.takeEvents();
  return variables;
}

async function play(step: Step, state: Replay): Promise<void> {
  const sent = requestOf(step, state);
  const answer = await state.mounted.send(sent);
  state.answers.set(step.step, answer.json);
  report(state, step, sent, answer, [...checkAnswer(step, answer, state.variables)]);
  bind(step, answer, state);
  const events = await state.host.takeEvents();
  const told = (step.events ?? []).filter((line) => state.served.keepsPasswords || !line.endsWith(": password"));
  const expected = told.map((line) => sortedLine(fillText(line, state.variables)));
  const problems = match({ events: { $anyOrder: expected } }, { events });
  report(state, step, sent, answer, [...problems, ...collect(step, answer, state)]);
}

/** The line of an event with the list after its colon in order: what changed, who came, who went. */
function sortedLine(line: string): string {
  const [event = "", list] = line.split(/: (.*)/s);
  return list === undefined ? event : `${event}: ${list.split(", ").sort().join(", ")}`;
}

function requestOf(step: Step, { conversation, variables, answers }: Replay): Sent {
  const { method, path, headers = {}, body, text, answerOf } = step.request;
  const changed = Object.entries(answerOf?.with ?? {}).reduce(
    (resource, [at, value]) => withValueAt(resource, at, fill(value, variables)),
    answers.get(answerOf?.step ?? ""),
  );
  const json = answerOf === undefined ? fill(body, variables) : changed;
  const content = text === undefined ? json && JSON.stringify(json) : fillText(text, variables);
  const usual = content === undefined ? conversation.headers.reads : conversation.headers.writes;
  const given = Object.entries({ ...usual, ...headers }).flatMap(([name, value]) =>
    value === null ? [] : [[name, fillText(value, variables)] as const],
  );
  return {
    method,
    path: fillText(path, variables),
    headers: Object.fromEntries(given),
    ...(typeof content === "string" ? { body: content } : {}),
  };
}

const listResponse = (total: number): unknown => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:ListResponse"],
  totalResults: total,
  startIndex: { $type: "number" },
  itemsPerPage: { $type: "number" },
  Resources: { $type: "array" },
});

const errorResponse = (status: number, scimType: string): unknown => ({
  schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
  status: String(status),
  detail: { $matches: "." },
  scimType: scimType === "none" ? { $absent: true } : scimType,
});

/** What every 2xx answer with a resource in it carries, whatever else a step asks for. */
function* checkEnvelope(answer: Answered): Generator<string> {
  if (answer.status === 204 && answer.text !== "") yield `body: expected none with 204, got ${answer.text}`;
  if (answer.text === "") return;
  yield* match({ $matches: "^application/scim\\+json" }, answer.headers["content-type"], "header content-type");
  if (!isObject(answer.json)) yield "body: expected a JSON object";
}

function* checkAnswer(step: Step, answer: Answered, variables: Variables): Generator<string> {
  const { status, headers = {}, list, error, body, empty, without = [] } = step.response;
  yield* match(Array.isArray(status) ? { $oneOf: status } : status, answer.status, "status");
  yield* checkEnvelope(answer);
  for (const [name, value] of Object.entries(headers)) {
    yield* match(fill(value, variables), answer.headers[name], `header ${name}`);
  }
  if (empty === true && answer.text !== "") yield `body: expected none, got ${answer.text}`;
  if (list !== undefined) yield* match(listResponse(list), answer.json);
  if (error !== undefined) yield* match(errorResponse(answer.status, error), answer.json);
  if (body !== undefined && answer.text !== "") yield* match(fill(body, variables), answer.json);
  if (body !== undefined && answer.text === "" && answer.status !== 204) yield "body: expected one, got none";
  for (const text of without) {
    if (answer.text.includes(fillText(text, variables))) yield `body: must not contain ${text}`;
  }
}

function bind(step: Step, answer: Answered, { variables }: Replay): void {
  for (const [name, path] of Object.entries(step.bind ?? {})) {
    const value = valueAt(answer.json, path);
    expect(value, `step ${step.step}: ${path}, to be kept as ${name}`).toEqual(expect.any(String));
    variables.set(name, String(value));
  }
}

function* collect(step: Step, answer: Answered, { collected }: Replay): Generator<string> {
  for (const [name, count] of Object.entries(step.collect ?? {})) {
    const resources = isObject(answer.json) ? answer.json.Resources : undefined;
    const ids = Array.isArray(resources) ? resources.map((resource) => String(valueAt(resource, "id"))) : [];
    const all = [...(collected.get(name) ?? []), ...ids];
    collected.set(name, all);
    yield* match(count, all.length, `resources collected as ${name}`);
    yield* match(count, new Set(all).size, `different resources collected as ${name}`);
  }
}

/** What the host has in the end: users by userName, members of groups by name. */
async function checkState({ conversation, host, variables }: Replay): Promise<void> {
  const { users, userCount, groups } = conversation.finally;
  const state = await host.state();
  const problems = [
    ...match(fill(users, variables), state.users, "users"),
    ...match(userCount ?? Object.keys(users).length, Object.keys(state.users).length, "number of users"),
    ...match(Object.keys(groups).sort(), Object.keys(state.groups).sort(), "groups"),
    ...Object.entries(groups).flatMap(([name, members]) => {
      const found = state.groups[name] ?? [];
      const expected = typeof members === "number" ? { $length: members } : [...members].sort();
      return match(expected, [...found].sort(), `members of ${name}`);
    }),
  ];
  expect(problems, `${conversation.name}: what the host has in the end`).toEqual([]);
}

function report(state: Replay, step: Step, sent: Sent, answer: Answered, problems: readonly string[]): void {
  if (problems.length === 0) return;
  const short = (text: string): string => (text.length > 1500 ? `${text.slice(0, 1500)}…` : text);
  expect.fail(
    [
      `${state.conversation.name}, step ${step.step} (${step.title})`,
      `→ ${sent.method} ${sent.path} ${short(typeof sent.body === "string" ? sent.body : "")}`,
      `← ${answer.status} ${short(answer.text)}`,
      ...problems.map((problem) => `  ✗ ${problem}`),
    ].join("\n"),
  );
}

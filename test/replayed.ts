/** replayed: conversations as tests, by their names, over every mount. */
import { afterAll, beforeAll, describe, test } from "vitest";
import { type Conversation, conversationsIn, type Step } from "./conversation.ts";
import { type OpenReplay, openReplay, replay } from "./replay.ts";
import { served } from "./served.ts";

/** Declares one test for each of these conversations and each mount. */
export function describeConversations(idp: string, conversations: readonly Conversation[]): void {
  for (const mount of served()) {
    describe(`${idp} over ${mount.name}`, () => {
      for (const conversation of conversations) test(conversation.name, () => replay(conversation, mount));
    });
  }
}

/** The conversations of a folder of test/idp, but those with these names. */
export function conversationsBut(folder: string, apart: readonly string[]): readonly Conversation[] {
  return conversationsIn(folder).filter(({ name }) => !apart.includes(name));
}

/** The conversation with this name. @throws Error if there is none */
export function conversationNamed(folder: string, name: string): Conversation {
  const found = conversationsIn(folder).find((conversation) => conversation.name === name);
  if (found === undefined) throw new Error(`No conversation in test/idp/${folder} is called "${name}".`);
  return found;
}

/** Declares one test for each number of a suite whose steps build on each other: `V5`, with the steps `V5a` and `V5b`. */
export function describeSuite(conversation: Conversation): void {
  for (const mount of served()) {
    describe(`${conversation.name} over ${mount.name}`, () => {
      let open: OpenReplay;
      beforeAll(async () => {
        open = await openReplay(conversation, mount);
      });
      afterAll(() => open.close());
      for (const [number, steps] of byNumber(conversation)) {
        test(`${number} ${steps.map(({ title }) => title).join("; ")}`, async () => {
          for (const step of steps) await open.play(step);
        });
      }
      test("what the host has in the end", () => open.finish());
    });
  }
}

function byNumber({ steps }: Conversation): ReadonlyMap<string, readonly Step[]> {
  const groups = new Map<string, Step[]>();
  for (const step of steps) {
    const number = step.step.replace(/[a-z]+$/, "");
    groups.set(number, [...(groups.get(number) ?? []), step]);
  }
  return groups;
}

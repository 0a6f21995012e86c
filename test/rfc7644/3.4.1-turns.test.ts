/** RFC 7644 §3.4.1: the answer with a group of thousands is long work, in which other requests have their turn. */
import { createScim } from "scimkit";
import { memoryStores } from "scimkit/memory";
import { afterEach, expect, it, vi } from "vitest";
import { person } from "../service.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

it("others have a turn before the first piece, and between pieces", async () => {
  const scim = createScim({ ...memoryStores(), authenticate: () => "anyone" });
  const send = (method: string, url: string, json?: unknown): ReturnType<typeof scim.handle> =>
    scim.handle({
      method,
      url,
      baseUrl: "https://a.io",
      headers: {},
      ...(json === undefined ? {} : { body: { json } }),
    });
  const members: { readonly value: string }[] = [];
  for (let index = 0; index < 6_500; index++) {
    const { body = "" } = await send("POST", "/Users", person(`user${index}`));
    members.push({ value: JSON.parse(body).id });
  }
  const schemas = ["urn:ietf:params:scim:schemas:core:2.0:Group"];
  const created = await send("POST", "/Groups", { schemas, displayName: "Everybody", members });
  const path = (created.headers.Location ?? "").slice("https://a.io".length);

  // Every look at the clock finds two milliseconds gone: every second piece is followed by a pause.
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => (now += 2));
  let turns = 0;
  let isSent = false;
  const other = (): void => {
    if (isSent) return;
    turns++;
    setImmediate(other);
  };
  setImmediate(other);
  const { pieces, body } = await send("GET", path);
  const before = turns;
  const turnsAtPiece: number[] = [];
  const bytes: Uint8Array[] = [];
  for await (const piece of pieces ?? []) {
    turnsAtPiece.push(turns);
    bytes.push(piece);
  }
  isSent = true;
  expect(turnsAtPiece[0]).toBeGreaterThan(before);
  expect(new Set(turnsAtPiece).size).toBeGreaterThanOrEqual(3);
  expect(Buffer.concat(bytes).toString()).toBe(body);
});

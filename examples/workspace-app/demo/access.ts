/** Access: roles by groups, seats, the last owner, what a deactivation ends, and the way back from a mistake. */
import { makeApiToken } from "../accounts/api-tokens.ts";
import { startSession } from "../accounts/sessions.ts";
import { type Entra, patchMessage } from "./entra.ts";
import { addMember, type Ids, idOf, provisionGroup, provisionPerson } from "./initial-cycle.ts";
import type { OwnTandem } from "./own-tandem.ts";
import { people } from "./tenant.ts";

const off = { op: "Replace", path: "active", value: "False" } as const;

/** Plays the part. @throws Error if something is not as it is told */
export async function accessPart(entra: Entra, tandem: OwnTandem): Promise<void> {
  const ids = new Map<string, string>();
  entra.chapter("Access, in a Tandem of its own: six people and Olivia take its 7 seats");
  for (const person of people) ids.set(person.userName, await provisionPerson(entra, person));
  await groupGivesRole(entra, tandem, idOf(ids, "bo.madsen@contoso.example"));
  await refusals(entra, tandem, idOf(ids, "ann.lee@contoso.example"));
  await accessEnds(entra, tandem, idOf(ids, "femi.adeyemi@contoso.example"));
  await mistake(entra, tandem, ids);
}

async function groupGivesRole(entra: Entra, tandem: OwnTandem, bo: string): Promise<void> {
  entra.chapter("Bo Madsen joins Workspace admins, a group with a rule");
  expectThat(!(await tandem.roles(bo)).includes("admin"), "Bo is no admin yet");
  const externalId = "bdd4d3f3-f7f6-4ef3-a7d8-51b9a9c33482";
  const group = await provisionGroup(entra, { displayName: "Workspace admins", externalId, members: [] });
  await addMember(entra, group, bo);
  for (const line of await tandem.explained(bo)) entra.note(line);
  expectThat((await tandem.roles(bo)).includes("admin"), "Bo is an admin");
}

async function refusals(entra: Entra, tandem: OwnTandem, ann: string): Promise<void> {
  entra.chapter("Gita Rao is assigned, and there is no seat for her");
  const userName = "gita.rao@contoso.example";
  const schemas = ["urn:ietf:params:scim:schemas:core:2.0:User"];
  const full = await entra.refused("POST", "/Users", { schemas, userName, active: true }, 403);
  expectThat(full.startsWith("All 7 seats of Contoso are taken"), "it is the seats");
  entra.chapter("Ann Lee has become the only owner in Tandem, and is unassigned by mistake");
  const handBack = await tandem.makeOnlyOwner(ann);
  const kept = await entra.refused("PATCH", `/Users/${ann}`, patchMessage([off]), 409);
  expectThat(kept.startsWith("ann.lee@contoso.example is the last owner of Contoso"), "the last owner stays");
  entra.note("Olivia Olsen is the owner again");
  await handBack();
}

async function accessEnds(entra: Entra, tandem: OwnTandem, femi: string): Promise<void> {
  entra.chapter("Femi Adeyemi leaves, signed in twice and with a script that has a token");
  const { db } = tandem.product;
  for (const _browser of ["laptop", "phone"]) await startSession(db, femi);
  const token = await makeApiToken(db, femi, "Nightly export");
  entra.note(`the script's token is answered with ${await tandem.statusOf(token)}`);
  await entra.patch(`/Users/${femi}`, off);
  const receipts = await tandem.receipts(femi);
  for (const { surface, ended, remaining } of receipts)
    entra.note(`receipt: ${surface}: ${ended} ended, ${remaining} left`);
  const status = await tandem.statusOf(token);
  entra.note(`the script's token is answered with ${status}`);
  const ended = new Map(receipts.map((receipt) => [receipt.surface, receipt.ended]));
  expectThat(ended.get("sessions") === 2 && ended.get("apiTokens") === 1 && status === 401, "Femi's access has ended");
}

async function mistake(entra: Entra, tandem: OwnTandem, ids: Ids): Promise<void> {
  entra.chapter("A scope filter is set wrong: everybody who is left is out of scope");
  const left = people.filter(({ givenName }) => givenName !== "Femi");
  for (const { userName } of left) await entra.patch(`/Users/${idOf(ids, userName)}`, off);
  const letter = await tandem.alarm();
  entra.note(`letter to ${letter.to}: ${letter.subject}`);
  const since = await tandem.deactivatedAt(idOf(ids, "ann.lee@contoso.example"));
  entra.chapter("An owner looks at what would be taken back, and takes it back");
  const preview = await tandem.previewRevert(since);
  for (const { name, action, paths } of preview) entra.note(`would ${action} ${name}: ${paths.join(", ")}`);
  const steps = await tandem.revert(since);
  const restored = steps.filter(({ action, conflict }) => action === "restore" && conflict === undefined);
  entra.note(`taken back: ${restored.length} people are active again, Femi Adeyemi is not`);
  expectThat(preview.length === left.length && restored.length === left.length, "all five are back");
  expectThat((await tandem.active()) === left.length + 1, "Olivia and the five are active");
  expectThat((await tandem.roles(idOf(ids, "bo.madsen@contoso.example"))).includes("admin"), "Bo is an admin again");
}

function expectThat(isSo: boolean, told: string): void {
  if (!isSo) throw new Error(`It is not as told: ${told}.`);
}

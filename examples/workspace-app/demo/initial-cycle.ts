/** Entra's initial cycle: everybody is matched or created, then the groups, then what refers to others. */
import { type Entra, type Found, isObject, type Operation } from "./entra.ts";
import { type Group, groups, type Person, people } from "./tenant.ts";

const core = "urn:ietf:params:scim:schemas:core:2.0:User";
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** The ids that the service gave, by userName and displayName. */
export type Ids = ReadonlyMap<string, string>;

/** Plays the cycle; on a service that has been through it, it finds everything there. */
export async function initialCycle(entra: Entra): Promise<Ids> {
  const ids = new Map<string, string>();
  for (const person of people) {
    entra.chapter(`${person.givenName} ${person.familyName} is assigned to the application`);
    ids.set(person.userName, await provisionPerson(entra, person));
  }
  for (const { manager, userName } of people) {
    if (manager !== undefined) await setManager(entra, idOf(ids, userName), idOf(ids, manager));
  }
  for (const group of groups) {
    entra.chapter(`The group ${group.displayName} is assigned to the application`);
    const id = await provisionGroup(entra, group);
    ids.set(group.displayName, id);
    for (const member of group.members) await addMember(entra, id, idOf(ids, member));
  }
  return ids;
}

/** @throws Error for a name that no cycle has met */
export function idOf(ids: Ids, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`${name} is not in Contoso's Entra ID.`);
  return id;
}

/** Matches or creates a person; their id. */
export async function provisionPerson(entra: Entra, person: Person): Promise<string> {
  const found = await entra.match("/Users", "userName", person.userName);
  if (found === undefined) return (await entra.create("/Users", resourceOf(person))).id;
  await entra.patch(`/Users/${found.id}`, ...differences(found, person));
  return found.id;
}

function resourceOf(person: Person): Record<string, unknown> {
  const { userName, externalId, givenName, familyName, jobTitle, department, mobile } = person;
  return {
    schemas: [core, enterprise],
    externalId,
    userName,
    active: true,
    displayName: `${givenName} ${familyName}`,
    title: jobTitle,
    emails: [{ primary: true, type: "work", value: userName }],
    meta: { resourceType: "User" },
    name: { formatted: `${givenName} ${familyName}`, familyName, givenName },
    ...(mobile === undefined ? {} : { phoneNumbers: [{ type: "mobile", value: mobile }] }),
    roles: [],
    [enterprise]: { department },
  };
}

/** What Entra would write where the service says something else than the directory. */
function differences(found: Found, person: Person): readonly Operation[] {
  const name = isObject(found.name) ? found.name : {};
  const extension = found[enterprise];
  const rows = [
    ["displayName", found.displayName, `${person.givenName} ${person.familyName}`],
    ["name.familyName", name.familyName, person.familyName],
    ["title", found.title, person.jobTitle],
    [`${enterprise}:department`, isObject(extension) ? extension.department : undefined, person.department],
    ["active", String(found.active), "true"],
  ] as const;
  return rows
    .filter(([, actual, wanted]) => actual !== wanted)
    .map(([path, , wanted]) => ({ op: "Replace", path, value: path === "active" ? "True" : wanted }));
}

async function setManager(entra: Entra, id: string, manager: string): Promise<void> {
  if (await entra.hasReference("/Users", id, "manager", manager)) return;
  await entra.patch(`/Users/${id}`, { op: "Add", path: `${enterprise}:manager`, value: manager });
}

/** Matches or creates a group, without its members; its id. */
export async function provisionGroup(entra: Entra, { displayName, externalId }: Group): Promise<string> {
  const found =
    (await entra.match("/Groups", "displayName", displayName)) ??
    (await entra.match("/Groups", "externalId", externalId));
  if (found !== undefined) {
    if (found.displayName !== displayName) await rename(entra, found.id, displayName);
    return found.id;
  }
  const schemas = [
    "urn:ietf:params:scim:schemas:core:2.0:Group",
    "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group",
  ];
  const meta = { resourceType: "Group" };
  return (await entra.create("/Groups", { schemas, externalId, displayName, meta })).id;
}

/** Adds one member to a group. */
export async function addMember(entra: Entra, group: string, member: string): Promise<void> {
  await entra.patch(`/Groups/${group}`, { op: "Add", path: "members", value: [{ $ref: null, value: member }] });
}

/** Renames a group. */
export async function rename(entra: Entra, group: string, displayName: string): Promise<void> {
  await entra.patch(`/Groups/${group}`, { op: "Replace", path: "displayName", value: displayName });
}

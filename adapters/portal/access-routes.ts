/** The API of the access pages: rules, explanations, the journal and taking back. */
import type { ScimResponse } from "scimkit";
import type { GroupReference, RevertSelection, RulesChange } from "scimkit/access";
import type { Connection } from "scimkit/connections";
import type { AccessMessage, GroupsMessage, JournalMessage, PeopleMessage } from "./access-messages.ts";
import { accessState, namesIn, previewMessage } from "./access-state.ts";
import { ApiError, json } from "./answer.ts";
import { choiceMessages } from "./connection-message.ts";
import type { RolesMessage } from "./messages.ts";
import { type Asked, groupsOf, namesOf, personNamed } from "./people.ts";
import {
  type Input,
  optionalList,
  optionalText,
  optionalTime,
  readBody,
  readObject,
  readQuery,
  text,
  texts,
  whole,
} from "./read-input.ts";
import { type ApiCall, idOf, present, type Route } from "./routes.ts";
import { explanationMessage, journalMessage, revertMessage } from "./undo-message.ts";

/** Entries of the journal on a page. */
const pageSize = 100;
/** People whose names are asked for at once, and rules of one change. */
const atOnce = 100;
/** Characters of a userName or displayName. */
const nameLength = 256;

/** A call about one connection, which is the organisation's. */
interface AccessCall extends Asked {
  readonly call: ApiCall;
  readonly connection: Connection;
}

/** The routes, where the host has access. */
export const accessRoutes: readonly Route[] = [
  { method: "GET", path: "/connections/*/access", action: "read", run: about(state) },
  { method: "GET", path: "/connections/*/groups", action: "read", run: about(groups) },
  { method: "POST", path: "/connections/*/people", action: "read", run: about(people) },
  { method: "GET", path: "/connections/*/explain", action: "read", run: about(explain) },
  { method: "GET", path: "/connections/*/journal", action: "read", run: about(journal) },
  { method: "GET", path: "/connections/*/roles", action: "rules", run: about(roles) },
  { method: "POST", path: "/connections/*/rules/preview", action: "rules", run: about(previewRules) },
  { method: "POST", path: "/connections/*/rules", action: "rules", run: about(changeRules) },
  { method: "POST", path: "/connections/*/undo/preview", action: "undo", run: about(previewUndo) },
  { method: "POST", path: "/connections/*/undo", action: "undo", run: about(undo) },
];

/** What is asked of a connection, once it is known to be the organisation's. */
function about(run: (call: AccessCall) => Promise<unknown>): Route["run"] {
  return async (call: ApiCall): Promise<ScimResponse> => {
    const { access, connections, organisation } = call;
    if (access === undefined) throw new ApiError(404, "missingTitle");
    const connection = await present(call, idOf(call));
    return json(200, await run({ call, connection, access, connections, organisation, id: connection.id }));
  };
}

async function state({ call, access, connections, connection }: AccessCall): Promise<AccessMessage> {
  readQuery(call.query, []);
  return await accessState(access, connections, connection);
}

async function groups({ call, ...asked }: AccessCall): Promise<GroupsMessage> {
  readQuery(call.query, []);
  return { groups: await groupsOf(asked) };
}

async function people({ call, ...asked }: AccessCall): Promise<PeopleMessage> {
  const ids = texts(readBody(call.body, ["ids"]), "ids", atOnce);
  return { people: await namesOf(asked, ids) };
}

async function explain({ call, connection, ...asked }: AccessCall): Promise<unknown> {
  const { access, connections, organisation, id } = asked;
  const person = await personNamed(asked, text(readQuery(call.query, ["userName"]), "userName", nameLength));
  const explanation = person && (await access.explainAccess(organisation, id, person.id));
  if (person === undefined || explanation === undefined) throw new ApiError(404, "errorPerson");
  const workspaces = explanation.roles.map(({ workspace }) => workspace);
  return explanationMessage(explanation, person, await namesIn(connections, organisation, workspaces));
}

async function journal({ call, access, organisation, id }: AccessCall): Promise<JournalMessage> {
  const query = readQuery(call.query, ["before"]);
  const window = query.has("before") ? { before: whole(query, "before", 1, Number.MAX_SAFE_INTEGER) } : {};
  const entries = await access.journal(organisation, id, { limit: pageSize + 1, ...window });
  return { entries: entries.slice(0, pageSize).map(journalMessage), more: entries.length > pageSize };
}

async function roles({ call, connections, organisation, connection }: AccessCall): Promise<RolesMessage> {
  const workspace = text(readQuery(call.query, ["workspace"]), "workspace");
  return { roles: choiceMessages(await connections.roles(organisation, workspace, connection.ceiling)) };
}

async function previewRules({ call, access, connections, organisation, id }: AccessCall): Promise<unknown> {
  const preview = await access.previewRules(organisation, id, changeOf(call));
  const workspaces = preview.roles.map(({ workspace }) => workspace);
  return previewMessage(preview, await namesIn(connections, organisation, workspaces));
}

async function changeRules({
  call,
  access,
  organisation,
  id,
}: AccessCall): Promise<{ readonly added: readonly string[] }> {
  const added = await access.changeRules(organisation, id, changeOf(call));
  return { added: added.map((rule) => rule.id) };
}

async function previewUndo({ call, access, organisation, id }: AccessCall): Promise<unknown> {
  return revertMessage(await access.previewRevert(organisation, id, selectionOf(call)));
}

async function undo({ call, access, organisation, id }: AccessCall): Promise<unknown> {
  return revertMessage(await access.revert(organisation, id, selectionOf(call)));
}

function changeOf({ body }: ApiCall): RulesChange {
  const input = readBody(body, ["add", "remove"]);
  const remove = texts(input, "remove", atOnce);
  const add = optionalList(input, "add", atOnce).map((rule) => {
    const fields = readObject('What is in "add"', rule, ["group", "role", "workspace"]);
    const workspace = optionalText(fields, "workspace");
    return { group: groupOf(fields), role: text(fields, "role"), ...(workspace === undefined ? {} : { workspace }) };
  });
  if (add.length + remove.length === 0) throw new ApiError(400, "errorInput", "Say what to add or to remove.");
  return { add, remove };
}

function groupOf(fields: Input): GroupReference {
  const group = readObject('"group"', fields.get("group"), ["id", "displayName"]);
  if (group.size !== 1) throw new ApiError(400, "errorInput", '"group" must have either an "id" or a "displayName".');
  return group.has("id") ? { id: text(group, "id") } : { displayName: text(group, "displayName", nameLength) };
}

function selectionOf({ body }: ApiCall): RevertSelection {
  const input = readBody(body, ["request", "since"]);
  if (input.size !== 1) throw new ApiError(400, "errorInput", 'Send either a "request" or a "since".');
  const since = optionalTime(input, "since");
  return since === undefined ? { request: text(input, "request") } : { since };
}

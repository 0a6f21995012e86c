/** scimmy and scimmy-routers on Express 5, with handlers that do as little as their interface lets them. */
import { randomUUID } from "node:crypto";
import express, { type NextFunction, type Request, type Response } from "express";
import SCIMMYRouters, { SCIMMY } from "scimmy-routers";
import { fill } from "../data/dataset.ts";
import { userAt } from "../data/user.ts";
import { authorization, base, bodyLimit } from "./raw-directory.ts";
import { serve } from "./serve.ts";

type Row = Record<string, unknown> & { readonly id: string };

/** What a handler is given of the request. */
interface Query {
  readonly id?: string | undefined;
  readonly filter?: { match(values: Row[]): Row[] } | undefined;
  constraints?: { startIndex?: number; count?: number; totalResults?: number } | undefined;
}

/** One resource type in Maps, behind scimmy's three handlers. */
class Table {
  private readonly rows = new Map<string, Row>();
  private readonly byKey = new Map<string, Row>();
  private readonly key: string;

  constructor(key: string) {
    this.key = key;
  }

  put(id: string, attributes: object): Row {
    const now = new Date();
    const row: Row = { ...attributes, id, meta: { created: now, lastModified: now } };
    this.rows.set(id, row);
    this.byKey.set(String(row[this.key]).toLowerCase(), row);
    return row;
  }

  egress(query: Query): Row | Row[] {
    if (query.id !== undefined) {
      const row = this.rows.get(query.id);
      if (row === undefined) throw new SCIMMY.Types.Error(404, "", `Resource ${query.id} not found`);
      return row;
    }
    if (query.filter === undefined) return this.page(query);
    const key = keyIn(query.filter, this.key);
    if (key === undefined) return query.filter.match([...this.rows.values()]);
    const row = this.byKey.get(key.toLowerCase());
    return row === undefined ? [] : [row];
  }

  /** Only the page: scimmy formats whatever it is given, and takes the total from its constraints. */
  private page(query: Query): Row[] {
    const { startIndex = 1, count = 20 } = query.constraints ?? {};
    query.constraints = { ...query.constraints, totalResults: this.rows.size };
    const page: Row[] = [];
    let position = 0;
    for (const row of this.rows.values()) {
      if (++position >= startIndex) page.push(row);
      if (page.length === count) break;
    }
    return page;
  }

  ingress(query: Query, instance: object): Row {
    const attributes: Record<string, unknown> = JSON.parse(JSON.stringify(instance));
    const present = query.id === undefined ? this.byKey.get(String(attributes[this.key]).toLowerCase()) : undefined;
    if (present !== undefined) throw new SCIMMY.Types.Error(409, "uniqueness", `${this.key} is taken`);
    return this.put(query.id ?? randomUUID(), attributes);
  }

  degress(query: Query): void {
    const row = this.rows.get(query.id ?? "");
    if (row === undefined) throw new SCIMMY.Types.Error(404, "", "No such resource");
    this.rows.delete(row.id);
    this.byKey.delete(String(row[this.key]).toLowerCase());
  }
}

/** The literal of `<key> eq "…"`, when that is the whole filter: scimmy gives `[{ userName: ["eq", "…"] }]`. */
function keyIn(filter: unknown, key: string): string | undefined {
  if (!Array.isArray(filter) || filter.length !== 1) return undefined;
  const expression = filter[0]?.[key];
  if (Object.keys(filter[0]).length !== 1 || !Array.isArray(expression) || expression[0] !== "eq") return undefined;
  return String(expression[1]);
}

/** Express 5 parses `req.query` anew at each look, so that what scimmy-routers writes there is lost: pin it. */
function pinQuery(request: Request, _response: Response, next: NextFunction): void {
  Object.defineProperty(request, "query", { value: request.query, writable: true, configurable: true });
  next();
}

function declare(users: Table, groups: Table): void {
  SCIMMY.Config.set({ bulk: { supported: true, maxOperations: 1_000, maxPayloadSize: bodyLimit } });
  SCIMMY.Resources.declare(SCIMMY.Resources.User, {
    extensions: [{ schema: SCIMMY.Schemas.EnterpriseUser, required: false }],
    ingress: (query: Query, instance: object) => users.ingress(query, instance),
    egress: (query: Query) => users.egress(query),
    degress: (query: Query) => users.degress(query),
  });
  SCIMMY.Resources.declare(SCIMMY.Resources.Group, {
    ingress: (query: Query, instance: object) => groups.ingress(query, instance),
    egress: (query: Query) => groups.egress(query),
    degress: (query: Query) => groups.degress(query),
  });
}

await serve(async (dataset) => {
  const users = new Table("userName");
  const groups = new Table("displayName");
  declare(users, groups);
  const ids = await fill(dataset, {
    user: (index) => users.put(randomUUID(), userAt(index)).id,
    group: (displayName, members) =>
      groups.put(randomUUID(), { displayName, members: members.map((value) => ({ value })) }).id,
  });
  const handler = (request: Request): string => {
    if (request.headers.authorization !== authorization) throw new Error("Not authorized");
    return "bench";
  };
  const app = express();
  app.use(
    base,
    pinQuery,
    new SCIMMYRouters({ type: "bearer", handler, baseUri: (request) => `http://${request.get("host")}` }),
  );
  return { listener: app, ids };
});

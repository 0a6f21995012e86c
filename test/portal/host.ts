/** The host of the portal's tests: organisations, workspaces and roles in memory, and a session that a cookie names. */
import type { IncomingHttpHeaders, RequestListener } from "node:http";
import express from "express";
import express4 from "express4";
import Koa from "koa";
import koaBodyParser from "koa-bodyparser";
import koaMount from "koa-mount";
import Koa2 from "koa2";
import { createScim, type Scim } from "scimkit";
import { type Access, type AccessOptions, createAccess, memoryAccess } from "scimkit/access";
import { type ConnectionContext, type Connections, createConnections, memoryConnections } from "scimkit/connections";
import { portalRouter as expressPortal, scimRouter as expressScim } from "scimkit/express";
import { portalRouter as koaPortal, scimRouter as koaScim } from "scimkit/koa";
import { memoryStores } from "scimkit/memory";
import { createPortal, type Portal, type PortalAccess, type PortalOptions } from "scimkit/portal";
import { serve } from "../mounts.ts";

/** What Express's request and Koa's context have in common. */
export interface WithHeaders {
  readonly headers: IncomingHttpHeaders;
}

/** Who may be signed in: the cookie `session` names one of them. */
export const sessions: ReadonlyMap<string, PortalAccess> = new Map<string, PortalAccess>([
  ["owner", { organisation: "acme", name: "Acme <b>&amp;</b> Söhne", actions: "all" }],
  ["viewer", { organisation: "acme", name: "Acme", actions: ["read"] }],
  ["operator", { organisation: "acme", name: "Acme", actions: new Set(["read", "pause", "tokens"] as const) }],
  ["nothing", { organisation: "acme", name: "Acme", actions: [] }],
  ["rival", { organisation: "globex", name: "Globex", actions: "all" }],
  ["newcomer", { organisation: "hooli", name: "Hooli", actions: "all" }],
  ["free", { organisation: "initech", name: "Initech", actions: "all" }],
]);

const workspaces: Readonly<Record<string, readonly { readonly id: string; readonly name: string }[]>> = {
  acme: [
    { id: "design", name: "Design" },
    { id: "sales", name: "Sales" },
  ],
  globex: [{ id: "globex-main", name: "Globex" }],
  hooli: [
    { id: "search", name: "Search" },
    { id: "boxes", name: "Boxes" },
  ],
  initech: [{ id: "initech-main", name: "Initech" }],
};

/** What a test may want otherwise. */
export interface HostOptions {
  readonly portal?: Partial<PortalOptions<WithHeaders>>;
  readonly workspacesPerOrganisation?: number;
  readonly strict?: boolean;
  readonly now?: () => Date;
  /** Given: the page has its access pages, and the host these hooks. */
  readonly access?: Partial<AccessOptions>;
}

/** A host app, not yet mounted. */
export interface PortalHost {
  readonly connections: Connections;
  readonly access: Access;
  readonly scim: Scim;
  readonly portal: Portal<WithHeaders>;
  /** The organisations whose plan has SCIM in it; a test may change it. */
  readonly entitled: Set<string>;
  /** The roles there are; a test may change them. */
  readonly roles: { readonly id: string; readonly name: string }[];
  /** What reached the portal's `onError`. */
  readonly errors: unknown[];
}

/** A host with everything in memory. */
export function portalHost(options: HostOptions = {}): PortalHost {
  const entitled = new Set(["acme", "globex", "hooli"]);
  const errors: unknown[] = [];
  const roles = [
    { id: "member", name: "Member" },
    { id: "editor", name: "Editor" },
    { id: "admin", name: "Administrator" },
  ];
  const connections = createConnections({
    store: memoryConnections(),
    entitled: (organisation) => entitled.has(organisation) || { detail: "SCIM is part of the Enterprise plan." },
    workspaces: (organisation) => workspaces[organisation] ?? [],
    roles: () => roles,
    workspacesPerOrganisation: options.workspacesPerOrganisation ?? 1,
    ...(options.now === undefined ? {} : { now: options.now }),
  });
  const { users, groups } = memoryStores<ConnectionContext>({ tenant: ({ workspace }) => workspace });
  const access = createAccess({ store: memoryAccess(), reconcileAccess: () => {}, ...options.access, connections });
  const scimOptions = { users, groups, ...(options.strict === true ? { dialects: [] } : {}) };
  const scim = createScim(options.access === undefined ? connections.scim(scimOptions) : access.scim(scimOptions));
  const portal = createPortal<WithHeaders>({
    connections,
    product: "Pied Piper",
    scimUrl: "/scim/v2",
    authorize: ({ headers }) => sessions.get(/(?:^|; )session=(\w+)/.exec(headers.cookie ?? "")?.[1] ?? ""),
    onError: (error) => {
      errors.push(error);
    },
    ...(options.access === undefined ? {} : { access }),
    ...options.portal,
  });
  return { connections, access, scim, portal, entitled, roles, errors };
}

const at = "/settings/scim";

/** Every way to mount the page: each framework in each major, before and after a body parser. */
export const portalMounts: readonly (readonly [name: string, listener: (host: PortalHost) => RequestListener])[] = [
  ["Express 5", ({ scim, portal }) => express().use("/scim/v2", expressScim(scim)).use(at, expressPortal(portal))],
  ["Express 4", ({ scim, portal }) => express4().use("/scim/v2", expressScim(scim)).use(at, expressPortal(portal))],
  [
    "Express 5 after express.json()",
    ({ scim, portal }) =>
      express()
        .use("/scim/v2", expressScim(scim))
        .use(express.json())
        .use("/settings", express.Router().use("/scim", expressPortal(portal))),
  ],
  [
    "Koa 3",
    ({ scim, portal }) =>
      new Koa()
        .use(koaScim(scim, { path: "/scim/v2" }))
        .use(koaPortal(portal, { path: at }))
        .callback(),
  ],
  [
    "Koa 2",
    ({ scim, portal }) =>
      new Koa2()
        .use(koaScim(scim, { path: "/scim/v2" }))
        .use(koaPortal(portal, { path: at }))
        .callback(),
  ],
  [
    "Koa 3 after koa-bodyparser, under koa-mount",
    ({ scim, portal }) =>
      new Koa()
        .use(koaMount("/scim/v2", koaScim(scim)))
        .use(koaBodyParser())
        .use(koaMount(at, koaPortal(portal)))
        .callback(),
  ],
];

/** A running host app. */
export interface OpenHost extends PortalHost {
  /** `http://127.0.0.1:1234`. */
  readonly origin: string;
  /** The absolute URL of the page. */
  readonly page: string;
  close(): Promise<void>;
}

/** Serves a host on a free port; on Express 5, unless another mount is given. */
export async function openHost(options: HostOptions = {}, mount = portalMounts[0]): Promise<OpenHost> {
  const host = portalHost(options);
  const listener = mount?.[1];
  if (listener === undefined) throw new Error("There is no mount.");
  const { baseUrl: origin, close } = await serve(listener(host), "");
  return { ...host, origin, page: origin + at, close };
}

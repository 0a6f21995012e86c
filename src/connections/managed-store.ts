/** managedStore: a store in which a connection changes what it manages, and nothing else. */
import { ScimError } from "../error.ts";
import type { Resource } from "../schema/attribute.ts";
import type { ResourceType } from "../schema/resource-type.ts";
import type { Change, Draft, Removal } from "../store/change.ts";
import { everything, type Selection } from "../store/selection.ts";
import type { ListQuery, Page, ResourceStore, StoreCapabilities } from "../store/store.ts";
import type { Stored } from "../store/stored.ts";
import { draftAsChange, linkingChange } from "./adopt.ts";
import { type Candidate, emailsOf, findCandidates } from "./candidates.ts";
import type { ConnectionContext } from "./connection.ts";
import { mayLink, notLinked, type Owner, ownerOf } from "./ownership.ts";
import { linkKey, type RequestStates } from "./request-state.ts";
import type { Settings } from "./settings.ts";

/** What the store of users or groups is wrapped with. */
export interface ManagedParts {
  readonly settings: Settings;
  readonly states: RequestStates;
}

/** The same store, for connections. Reading shows the whole workspace; writing is for what the connection manages. */
export class ManagedStore<R extends Resource, Tx> implements ResourceStore<R, ConnectionContext, Tx> {
  readonly #store: ResourceStore<R, ConnectionContext, Tx>;
  readonly #resourceType: "User" | "Group";
  readonly #settings: Settings;
  readonly #states: RequestStates;
  #type: ResourceType | undefined;

  constructor(
    store: ResourceStore<R, ConnectionContext, Tx>,
    resourceType: "User" | "Group",
    { settings, states }: ManagedParts,
  ) {
    this.#store = store;
    this.#resourceType = resourceType;
    this.#settings = settings;
    this.#states = states;
  }

  connect(type: ResourceType): StoreCapabilities {
    this.#type = type;
    return this.#store.connect?.(type) ?? {};
  }

  get(id: string, want: Selection, ctx: ConnectionContext): Promise<Stored<R> | undefined> {
    return this.#store.get(id, want, ctx);
  }

  async list(query: ListQuery, ctx: ConnectionContext): Promise<Page<R>> {
    const page = await this.#store.list(query, ctx);
    const [only, ...others] = page.resources;
    if (query.filter !== undefined && only !== undefined && others.length === 0 && this.#resourceType === "User") {
      const { kind } = await this.#owner(only.id, ctx);
      if (kind === "nobody" || kind === "other") this.#states.of(ctx).traits.add("foundUnmanaged");
    }
    return page;
  }

  async create(draft: Draft<R, Tx>, want: Selection, ctx: ConnectionContext): Promise<Stored<R>> {
    if (this.#resourceType !== "User") return this.#createGroup(draft, want, ctx);
    this.#noteExternalId(draft.resource, ctx);
    if (emailsOf(draft.resource).length > 0) {
      const linked = await this.#link(draft, want, ctx);
      if (linked !== undefined) return linked;
    }
    try {
      return await this.#store.create(draft, want, ctx);
    } catch (thrown) {
      if (!isUniqueness(thrown)) throw thrown;
      const linked = await this.#link(draft, want, ctx);
      if (linked !== undefined) return linked;
      throw thrown;
    }
  }

  async update(
    id: string,
    change: Change<R, Tx>,
    want: Selection,
    ctx: ConnectionContext,
  ): Promise<Stored<R> | undefined> {
    const owner = await this.#claim(id, ctx);
    if (owner.kind === "own") {
      // A bulk request may have linked it by an operation before this one.
      this.#states.of(ctx).links.delete(linkKey(this.#resourceType, id));
      return this.#store.update(id, change, want, ctx);
    }
    const linking = linkingChange(change, this.#connected(), isWhole(owner), this.#teller(id, owner, ctx));
    return this.#store.update(id, linking, want, ctx);
  }

  async delete(id: string, removal: Removal<R, Tx>, ctx: ConnectionContext): Promise<boolean> {
    await this.#claim(id, ctx);
    return this.#store.delete(id, removal, ctx);
  }

  async #createGroup(draft: Draft<R, Tx>, want: Selection, ctx: ConnectionContext): Promise<Stored<R>> {
    try {
      return await this.#store.create(draft, want, ctx);
    } catch (thrown) {
      if (!isUniqueness(thrown)) throw thrown;
      const detail = `${thrown.detail} Rename or remove one of the two groups, in the identity provider or in the application.`;
      throw ScimError.uniqueness("displayName", { detail, cause: thrown });
    }
  }

  /** Links the user that is meant, if there is one and it may be; undefined if there is none. */
  async #link(draft: Draft<R, Tx>, want: Selection, ctx: ConnectionContext): Promise<Stored<R> | undefined> {
    const type = this.#connected();
    const strangers: (Candidate & { readonly owner: Owner })[] = [];
    for (const candidate of await findCandidates(this.#store, type, draft.resource, ctx)) {
      const owner = await this.#owner(candidate.present.id, ctx);
      if (owner.kind !== "own") strangers.push({ ...candidate, owner });
      else if (candidate.by === "userName") throw alreadyThere();
    }
    const [first, ...others] = strangers;
    if (first === undefined) return undefined;
    if (first.by === "email" && others.length > 0) throw severalMatch();
    const { owner, present, by } = first;
    const candidate = { resourceType: this.#resourceType, present, by };
    if (!(await mayLink(this.#settings.link, owner, candidate, ctx))) throw notLinked(candidate, owner);
    const change = draftAsChange(draft, type, isWhole(owner), this.#teller(present.id, owner, ctx));
    return this.#store.update(present.id, change, want, ctx);
  }

  /**
   * Finds out who manages a resource that is to be changed; where there is none, nobody minds.
   *
   * @throws ScimError 409 `uniqueness` for what the connection does not manage and may not link
   */
  async #claim(id: string, ctx: ConnectionContext): Promise<Owner> {
    const owner = await this.#owner(id, ctx);
    if (owner.kind === "own" || owner.kind === "released") return owner;
    const present = await this.#store.get(id, everything, ctx);
    if (present === undefined) return { kind: "own" };
    const candidate = { resourceType: this.#resourceType, present, by: "id" } as const;
    const policy = this.#resourceType === "User" ? this.#settings.link : this.#settings.linkGroups;
    if (await mayLink(policy, owner, candidate, ctx)) return owner;
    throw notLinked(candidate, owner);
  }

  #owner(id: string, ctx: ConnectionContext): Promise<Owner> {
    return ownerOf(this.#settings.store, this.#resourceType, id, ctx);
  }

  /** Notes what a link changes, for the hooks that come after it. */
  #teller(id: string, owner: Owner, ctx: ConnectionContext): (changed: readonly string[]) => void {
    const { links } = this.#states.of(ctx);
    const wasLinked = owner.kind === "released" ? owner.wasLinked : true;
    return (changed) => links.set(linkKey(this.#resourceType, id), { changed, linked: wasLinked });
  }

  #noteExternalId(sent: Resource, ctx: ConnectionContext): void {
    const { traits } = this.#states.of(ctx);
    const { externalId, userName } = sent;
    if (externalId === undefined) traits.add("noExternalId");
    else if (isUserName(externalId, userName)) traits.add("externalIdIsUserName");
    else if (typeof externalId === "string" && externalId.includes("@")) traits.add("externalIdIsEmail");
  }

  #connected(): ResourceType {
    if (this.#type === undefined) throw new Error("The store has not been given to createScim.");
    return this.#type;
  }
}

/** Whether an externalId is the userName, or what stands before its @: Entra's mailNickname, which it sends by default. */
function isUserName(externalId: unknown, userName: unknown): boolean {
  if (typeof externalId !== "string" || typeof userName !== "string") return false;
  const name = userName.toLowerCase();
  const id = externalId.toLowerCase();
  return id === name || id === name.split("@")[0];
}

/** What the organisation's identity provider created is its own, userName and emails included. */
function isWhole(owner: Owner): boolean {
  return owner.kind === "released" && !owner.wasLinked;
}

function isUniqueness(thrown: unknown): thrown is ScimError {
  return thrown instanceof ScimError && thrown.scimType === "uniqueness";
}

function alreadyThere(): ScimError {
  const detail =
    "This connection has provisioned a user with this userName already. Change that user, or give one of the two another userName.";
  return ScimError.uniqueness("userName", { detail });
}

function severalMatch(): ScimError {
  const detail =
    "Several accounts of the workspace have the emails of this user, so none of them was linked. Remove or change all but one, then provision it again.";
  return ScimError.uniqueness("emails", { detail });
}

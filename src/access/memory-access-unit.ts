/** MemoryAccessUnit: what is known of one connection, in memory, with a way back. */
import type { AccessUnit, JournalQuery, KnownGroup, KnownUser, Membership } from "./access-store.ts";
import type { Job } from "./job.ts";
import type { JournalEntry, NewJournalEntry } from "./journal-entry.ts";
import type { Receipt } from "./receipt.ts";
import type { Rule } from "./rule.ts";

/** Finished jobs that are kept. */
const keptJobs = 50;

/** Everything is in maps; a change notes how to undo it until {@link keep} or {@link takeBack} is called. */
export class MemoryAccessUnit implements AccessUnit {
  readonly tx = undefined;
  readonly #rules = new Map<string, Rule>();
  readonly #users = new Map<string, KnownUser>();
  readonly #groups = new Map<string, KnownGroup>();
  /** By group, then by member. */
  readonly #members = new Map<string, Map<string, Membership>>();
  /** By member, then by group. */
  readonly #memberships = new Map<string, Map<string, Membership>>();
  /** The keys of maps, sorted when somebody asked and until one comes or goes. */
  readonly #sorted = new WeakMap<ReadonlyMap<string, unknown>, readonly string[]>();
  readonly #jobs = new Map<string, Job>();
  readonly #receipts = new Map<string, Receipt>();
  /** No complete receipt is from before this time. */
  #oldestReceipt = Number.POSITIVE_INFINITY;
  #journal: JournalEntry[] = [];
  #sequence = 0;
  #undo: (() => unknown)[] = [];

  /** What was done stays. */
  keep(): void {
    this.#undo = [];
  }

  /** What was done since {@link keep} has not happened. */
  takeBack(): void {
    for (const undo of this.#undo.reverse()) undo();
    this.#undo = [];
  }

  isWaiting(): boolean {
    return (
      [...this.#jobs.values()].some(({ finished }) => finished === undefined) ||
      [...this.#receipts.values()].some(({ complete }) => !complete)
    );
  }

  async rules(): Promise<readonly Rule[]> {
    return [...this.#rules.values()];
  }

  async saveRule(rule: Rule): Promise<void> {
    this.#set(this.#rules, rule.id, rule);
  }

  async removeRule(id: string): Promise<boolean> {
    const before = [...this.#rules];
    const isGone = this.#delete(this.#rules, id);
    // The order is that in which rules were made, which setting one alone would not bring back.
    this.#undo.push(() => fill(this.#rules, before));
    return isGone;
  }

  lockUsers(ids: readonly string[]): Promise<readonly KnownUser[]> {
    return this.users(ids);
  }

  async users(ids: readonly string[]): Promise<readonly KnownUser[]> {
    return found(this.#users, ids);
  }

  async usersAfter(after: string | undefined, limit: number): Promise<readonly KnownUser[]> {
    return found(this.#users, this.#next(this.#users, after, limit));
  }

  async blockedUsers(limit: number): Promise<readonly KnownUser[]> {
    const blocked = [...this.#users.values()].filter((user) => user.blocked !== undefined);
    return blocked.sort(({ id }, other) => (id < other.id ? -1 : 1)).slice(0, limit);
  }

  async countUsers(which: "all" | "active"): Promise<number> {
    return which === "all" ? this.#users.size : [...this.#users.values()].filter(({ active }) => active).length;
  }

  async saveUsers(users: readonly KnownUser[]): Promise<void> {
    for (const user of users) this.#set(this.#users, user.id, user);
  }

  async removeUser(id: string): Promise<void> {
    this.#delete(this.#users, id);
  }

  async groups(ids: readonly string[]): Promise<readonly KnownGroup[]> {
    return found(this.#groups, ids);
  }

  async groupsNamed(displayName: string): Promise<readonly KnownGroup[]> {
    const folded = displayName.toLowerCase();
    return [...this.#groups.values()].filter((group) => group.displayName.toLowerCase() === folded);
  }

  async saveGroup(group: KnownGroup): Promise<void> {
    this.#set(this.#groups, group.id, group);
  }

  async removeGroup(id: string): Promise<void> {
    this.#delete(this.#groups, id);
  }

  async membershipsOf(members: readonly string[]): Promise<readonly Membership[]> {
    return members.flatMap((member) => [...(this.#memberships.get(member)?.values() ?? [])]);
  }

  async membersOf(group: string, after: string | undefined, limit: number): Promise<readonly string[]> {
    const members = this.#members.get(group);
    return members === undefined ? [] : this.#next(members, after, limit);
  }

  async innerGroups(groups: readonly string[]): Promise<readonly string[]> {
    const within = (id: string): boolean => groups.some((group) => this.#memberships.get(id)?.has(group));
    return [...this.#groups.keys()].filter(within);
  }

  async join(memberships: readonly Membership[]): Promise<void> {
    for (const membership of memberships) {
      const { group, member } = membership;
      if (this.#members.get(group)?.has(member)) continue;
      this.#set(inner(this.#members, group), member, membership);
      this.#set(inner(this.#memberships, member), group, membership);
    }
  }

  async leave(group: string, members: readonly string[]): Promise<void> {
    for (const member of members) {
      this.#delete(inner(this.#members, group), member);
      this.#delete(inner(this.#memberships, member), group);
    }
  }

  async record(entry: NewJournalEntry, oldest: Date): Promise<JournalEntry> {
    const numbered: JournalEntry = { ...entry, sequence: ++this.#sequence };
    const before = this.#journal;
    const [first] = before;
    if (first !== undefined && first.at < oldest) this.#journal = before.filter(({ at }) => at >= oldest);
    this.#journal.push(numbered);
    this.#undo.push(() => {
      if (before === this.#journal) before.pop();
      this.#journal = before;
    });
    return numbered;
  }

  async journal({ request, revertOf, since, before, limit }: JournalQuery): Promise<readonly JournalEntry[]> {
    const wanted = this.#journal.filter(
      (entry) =>
        (request === undefined || entry.request === request) &&
        (revertOf === undefined || entry.revertOf === revertOf) &&
        (since === undefined || entry.at >= since) &&
        (before === undefined || entry.sequence < before),
    );
    return wanted.slice(-limit).reverse();
  }

  async deactivatedSince(since: Date): Promise<number> {
    const entries = this.#journal.filter(({ deactivation, at }) => deactivation && at >= since);
    return new Set(entries.map(({ resourceId }) => resourceId)).size;
  }

  async saveJob(job: Job): Promise<void> {
    this.#set(this.#jobs, job.id, job);
    const finished = [...this.#jobs.values()].filter((each) => each.finished !== undefined);
    for (const { id } of finished.slice(0, Math.max(0, finished.length - keptJobs))) this.#delete(this.#jobs, id);
  }

  async jobs(): Promise<readonly Job[]> {
    return [...this.#jobs.values()];
  }

  async saveReceipt(receipt: Receipt, oldest: Date): Promise<void> {
    if (this.#oldestReceipt < oldest.getTime()) this.#dropReceipts(oldest);
    this.#set(this.#receipts, receipt.id, receipt);
    this.#rememberReceipt(receipt);
  }

  #dropReceipts(oldest: Date): void {
    const before = [...this.#receipts];
    fill(
      this.#receipts,
      before.filter(([, { complete, at }]) => !complete || at >= oldest),
    );
    this.#oldestReceipt = Number.POSITIVE_INFINITY;
    for (const receipt of this.#receipts.values()) this.#rememberReceipt(receipt);
    this.#undo.push(() => {
      fill(this.#receipts, before);
      for (const [, receipt] of before) this.#rememberReceipt(receipt);
    });
  }

  #rememberReceipt({ complete, at }: Receipt): void {
    if (complete) this.#oldestReceipt = Math.min(this.#oldestReceipt, at.getTime());
  }

  async receipts(which: "all" | "open", limit: number): Promise<readonly Receipt[]> {
    const wanted = [...this.#receipts.values()].filter(({ complete }) => which === "all" || !complete);
    return wanted.slice(-limit).reverse();
  }

  #set<V>(map: Map<string, V>, key: string, value: V): void {
    const before = map.get(key);
    if (before === undefined) this.#sorted.delete(map);
    this.#undo.push(() => {
      this.#sorted.delete(map);
      if (before === undefined) map.delete(key);
      else map.set(key, before);
    });
    map.set(key, value);
  }

  #delete<V>(map: Map<string, V>, key: string): boolean {
    const before = map.get(key);
    if (before === undefined) return false;
    this.#sorted.delete(map);
    this.#undo.push(() => {
      this.#sorted.delete(map);
      map.set(key, before);
    });
    return map.delete(key);
  }

  /** The keys after one of them, in order. */
  #next(map: ReadonlyMap<string, unknown>, after: string | undefined, limit: number): readonly string[] {
    let keys = this.#sorted.get(map);
    if (keys === undefined) {
      keys = [...map.keys()].sort();
      this.#sorted.set(map, keys);
    }
    const from = after === undefined ? 0 : firstAfter(keys, after);
    return keys.slice(from, from + limit);
  }
}

function inner<V>(map: Map<string, Map<string, V>>, key: string): Map<string, V> {
  let found = map.get(key);
  if (found === undefined) {
    found = new Map();
    map.set(key, found);
  }
  return found;
}

/** Gives a map these entries, in this order, and no others. */
function fill<K, V>(map: Map<K, V>, entries: readonly (readonly [K, V])[]): void {
  map.clear();
  for (const [key, value] of entries) map.set(key, value);
}

function found<V>(map: ReadonlyMap<string, V>, ids: readonly string[]): readonly V[] {
  return ids.flatMap((id) => map.get(id) ?? []);
}

/** The position of the first key after one that may or may not be among them. */
function firstAfter(keys: readonly string[], after: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? "") <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What a host has at a moment, to be compared with another. */
import type { AccessHost } from "./host.ts";

/** What a host has, by names: ids change when something comes back. */
export async function stateOf(host: AccessHost): Promise<ReadonlyMap<string, unknown>> {
  const all = async (type: string) => {
    const { json } = await host.send("GET", `/${type}?count=10000`);
    return Array.isArray(json.Resources) ? json.Resources : [];
  };
  const [users, groups] = [await all("Users"), await all("Groups")];
  const names = new Map([...users, ...groups].map(({ id, userName, displayName }) => [id, userName ?? displayName]));
  return new Map<string, unknown>([
    ...users.map(({ userName, active, title }) => [userName, { active, title }] as const),
    ...groups.map(({ displayName, members = [] }) => {
      const inside: unknown[] = members.map(({ value }: { value: string }) => names.get(value));
      return [displayName, inside.sort()] as const;
    }),
  ]);
}

/** A moment after everything that has been written. */
export async function momentAfter(): Promise<Date> {
  await new Promise((resolve) => setTimeout(resolve, 5));
  return new Date();
}

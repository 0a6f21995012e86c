/** The names of people, asked for once each. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { PeopleMessage } from "../access-messages.ts";
import { call } from "./call.ts";

/** Ids that the server takes in one request. */
const atOnce = 100;

/** What somebody is called; three dots until that is asked, and their id where nobody knows. */
export type NameOf = (id: string) => string;

/** The names of the people with these ids. */
export function useNames(connection: string, ids: readonly string[]): NameOf {
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const asked = useRef(new Set<string>());
  useEffect(() => {
    const unknown = [...new Set(ids)].filter((id) => !asked.current.has(id)).slice(0, atOnce);
    if (unknown.length === 0) return;
    for (const id of unknown) asked.current.add(id);
    const learn = ({ people }: PeopleMessage): void => {
      const learnt = [...unknown.map((id) => ({ id, name: id })), ...people];
      setNames((known) => new Map([...known, ...learnt.map(({ id, name }) => [id, name] as const)]));
    };
    call<PeopleMessage>("POST", `/connections/${encodeURIComponent(connection)}/people`, { ids: unknown }).then(
      learn,
      () => learn({ people: [] }),
    );
  }, [connection, ids.join(" "), names]);
  return (id) => names.get(id) ?? "…";
}

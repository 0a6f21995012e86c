/** How many seats are taken. */
import type { VNode } from "preact";
import type { AccessMessage } from "../access-messages.ts";
import { count } from "./format.ts";
import { say } from "./page.ts";

/** The seats in use, of those there are. */
export function Seats({ seats: { used, limit } }: { readonly seats: NonNullable<AccessMessage["seats"]> }): VNode {
  const text =
    limit === undefined
      ? say("seatsUsed", { used: count(used) })
      : say("seatsOf", { used: count(used), limit: count(limit) });
  return (
    <section class="card" aria-labelledby="seats">
      <h2 id="seats">{say("seatsTitle")}</h2>
      <p>{text}</p>
      {limit !== undefined && limit > 0 && (
        <meter aria-labelledby="seats" min={0} max={limit} value={Math.min(used, limit)} />
      )}
      {limit !== undefined && used >= limit && (
        <p class="callout" data-severity="warning">
          {say("seatsFull")}
        </p>
      )}
    </section>
  );
}

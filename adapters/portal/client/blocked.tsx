/** What the product's own rules did not allow. */
import type { VNode } from "preact";
import type { AccessMessage } from "../access-messages.ts";
import { dateTime, time } from "./format.ts";
import { say } from "./page.ts";
import type { NameOf } from "./use-names.ts";

interface Props {
  readonly access: AccessMessage;
  readonly name: NameOf;
  readonly now: number;
}

/** Roles that somebody keeps, and writes that were refused, with the host's words for each. */
export function Blocked({ access: { blocked, refused }, name, now }: Props): VNode {
  return (
    <section class="card" aria-labelledby="blocked">
      <h2 id="blocked">{say("blockedTitle")}</h2>
      <p>{say("blockedText")}</p>
      {blocked.length + refused.length === 0 && <p class="hint">{say("blockedNone")}</p>}
      <ul class="rows">
        {blocked.map(({ user, detail, at }) => (
          <Item key={user} what={say("blockedRole", { person: name(user) })} detail={detail} at={at} now={now} />
        ))}
        {refused.map(({ sequence, request, resourceId, detail, at }) => (
          <Item
            key={sequence}
            what={resourceId === undefined ? say(request) : `${say(request)}: ${name(resourceId)}`}
            detail={detail}
            at={at}
            now={now}
          />
        ))}
      </ul>
    </section>
  );
}

interface ItemProps {
  readonly what: string;
  /** In the host's words. */
  readonly detail: string | undefined;
  readonly at: string;
  readonly now: number;
}

function Item({ what, detail, at, now }: ItemProps): VNode {
  return (
    <li>
      <div class="heading">
        <strong>{what}</strong>
        <time class="hint" dateTime={at} title={dateTime(at)}>
          {time(at, now)}
        </time>
      </div>
      {detail !== undefined && <p lang="en">{detail}</p>}
    </li>
  );
}

/** What the identity provider's groups grant in the product, and how to take back what it did. */
import type { VNode } from "preact";
import type { AccessMessage } from "../access-messages.ts";
import type { ChoiceMessage, ConnectionMessage, PortalAction } from "../messages.ts";
import { Blocked } from "./blocked.tsx";
import { Explain } from "./explain.tsx";
import { Failure } from "./failure.tsx";
import { Receipts } from "./receipts.tsx";
import { Rules } from "./rules.tsx";
import { Seats } from "./seats.tsx";
import { Undo } from "./undo.tsx";
import { useAccess } from "./use-access.ts";
import { useNames } from "./use-names.ts";

interface Props {
  readonly connection: ConnectionMessage;
  readonly workspaces: readonly ChoiceMessage[];
  readonly actions: readonly PortalAction[];
  readonly now: number;
}

/** The cards: rules first, then what follows from them. */
export function Access({ connection, workspaces, actions, now }: Props): VNode {
  const { access, failure, refresh } = useAccess(connection.id);
  const name = useNames(connection.id, access === undefined ? [] : peopleIn(access));
  return (
    <>
      <Failure reason={failure} />
      {access !== undefined && (
        <>
          {access.seats !== undefined && <Seats seats={access.seats} />}
          <Rules
            connection={connection}
            workspaces={workspaces}
            access={access}
            allowed={actions.includes("rules")}
            now={now}
            onChanged={refresh}
          />
          <Explain connection={connection.id} now={now} />
          <Blocked access={access} name={name} now={now} />
          <Receipts receipts={access.receipts} name={name} now={now} />
          <Undo
            connection={connection.id}
            newest={access.journal}
            allowed={actions.includes("undo")}
            now={now}
            onChanged={refresh}
          />
        </>
      )}
    </>
  );
}

function peopleIn({ blocked, receipts, refused }: AccessMessage): readonly string[] {
  return [
    ...[...blocked, ...receipts].map(({ user }) => user),
    ...refused.flatMap(({ resourceId = [] }) => resourceId),
  ];
}

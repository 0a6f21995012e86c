/** The address, and the token while it is known. */
import type { VNode } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { Copyable } from "./copyable.tsx";
import { page, say } from "./page.ts";

interface Props {
  /** The token that was just made. */
  readonly secret: string | undefined;
  /** Forgets the token. */
  readonly onStored: () => void;
}

/** What has to be pasted into the identity provider. A token that appears gets the focus, so that nobody misses it. */
export function Credentials({ secret, onStored }: Props): VNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (secret !== undefined) heading.current?.focus();
  }, [secret]);
  return (
    <section class="card" aria-labelledby="credentials">
      <h2 id="credentials" ref={heading} tabIndex={-1}>
        {say("credentialsTitle")}
      </h2>
      <dl class="credentials">
        <div>
          <dt>{say("url")}</dt>
          <dd>
            <Copyable value={page.scimUrl} label={say("copyUrl")} />
          </dd>
        </div>
        {secret !== undefined && (
          <div>
            <dt>{say("token")}</dt>
            <dd>
              <Copyable value={secret} label={say("copyToken")} />
            </dd>
          </div>
        )}
      </dl>
      {secret !== undefined && (
        <div class="callout" data-severity="warning">
          <p>
            <strong>{say("tokenOnce")}</strong> {say("tokenSafe")}
          </p>
          <button type="button" onClick={onStored}>
            {say("tokenStored")}
          </button>
        </div>
      )}
    </section>
  );
}

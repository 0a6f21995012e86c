/** What to do in the identity provider, step by step, with the values of this connection. */
import type { ComponentChildren, VNode } from "preact";
import { useState } from "preact/hooks";
import type { GuideName, Guides } from "../strings/en-guides.ts";
import { Copyable } from "./copyable.tsx";
import { guides, page, say } from "./page.ts";
import { Rich } from "./rich.tsx";

const names: Readonly<Record<Exclude<GuideName, "other">, string>> = {
  entra: "Microsoft Entra ID",
  okta: "Okta",
  google: "Google Workspace",
  onelogin: "OneLogin",
  jumpcloud: "JumpCloud",
};

/** The attributes, headers and commands that instructions name. */
const fixed = {
  userName: "userName",
  externalId: "externalId",
  displayName: "displayName",
  mediaType: "application/scim+json",
  json: "application/json",
  header: "Authorization: Bearer …",
} as const;

interface Props {
  readonly secret: string | undefined;
  /** The identity provider that is shown first. */
  readonly first: GuideName;
}

/** The instructions, one identity provider at a time. */
export function Guide({ secret, first }: Props): VNode {
  const [chosen, setChosen] = useState<GuideName | undefined>();
  const name = chosen ?? first;
  return (
    <>
      <fieldset class="providers">
        <legend>{say("guideChoose")}</legend>
        {guideNames(guides).map((guide) => (
          <label key={guide}>
            <input
              type="radio"
              name="provider"
              value={guide}
              checked={guide === name}
              onChange={() => setChosen(guide)}
            />
            <span>{nameOf(guide)}</span>
          </label>
        ))}
      </fieldset>
      <ol class="steps" aria-label={say("guideSteps", { provider: nameOf(name) })}>
        {Object.entries(guides[name]).map(([step, text]) => (
          <li key={`${name} ${step}`}>
            <Rich text={text} values={valuesOf(secret)} show={(value, shown) => shownValue(value, shown, secret)} />
          </li>
        ))}
      </ol>
      {secret === undefined && <p class="hint">{say("guideTokenHint")}</p>}
    </>
  );
}

/** Named by their keys, in the order of the instructions. */
function guideNames(all: Guides): GuideName[] {
  return Object.keys(all).filter((name): name is GuideName => Object.hasOwn(all, name));
}

function nameOf(guide: GuideName): string {
  return guide === "other" ? say("guideOther") : names[guide];
}

function valuesOf(secret: string | undefined): Record<string, string> {
  return {
    ...fixed,
    url: page.scimUrl,
    entraUrl: `${page.scimUrl}?aadOptscim062020`,
    token: secret ?? say("tokenHidden"),
    curl: `curl -H 'Authorization: Bearer ${secret ?? "…"}' '${page.scimUrl}/Users?count=1'`,
  };
}

/** What has to be pasted somewhere has a button; what is to be read has not. */
function shownValue(name: string, text: string, secret: string | undefined): ComponentChildren {
  if (name === "product") return text;
  if (name === "token" && secret === undefined) return <em key={name}>{text}</em>;
  if (name === "url" || name === "entraUrl") return <Copyable key={name} value={text} label={say("copyUrl")} />;
  if (name === "token") return <Copyable key={name} value={text} label={say("copyToken")} />;
  return (
    <code key={name} translate={false}>
      {text}
    </code>
  );
}

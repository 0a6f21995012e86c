/** The identity providers that the log knows, as people know them. */
import type { IdentityProvider } from "scimkit/connections";
import type { ProviderMessage } from "./messages.ts";

const providers: Readonly<Record<IdentityProvider, ProviderMessage | undefined>> = {
  entra: { name: "Microsoft Entra ID", guide: "entra" },
  okta: { name: "Okta", guide: "okta" },
  google: { name: "Google Workspace", guide: "google" },
  onelogin: { name: "OneLogin", guide: "onelogin" },
  jumpcloud: { name: "JumpCloud", guide: "jumpcloud" },
  ping: { name: "Ping Identity", guide: "other" },
  authentik: { name: "authentik", guide: "other" },
  unknown: undefined,
};

/** Name and instructions of an identity provider; undefined while nothing gave it away. */
export function providerOf(identityProvider: IdentityProvider): ProviderMessage | undefined {
  return providers[identityProvider];
}

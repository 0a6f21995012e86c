/** The settings page for a customer's admin: the public names of scimkit/portal. */
export type { PortalAction } from "./messages.ts";
export type { PortalAccess, PortalOptions } from "./options.ts";
export { createPortal, type Portal } from "./portal.ts";
export type { Locale } from "./strings/locales.ts";

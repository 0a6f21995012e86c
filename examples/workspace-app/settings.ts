/** What the environment says: `PORT` and `SCIM_TOKEN` as in every example, and more. */
import { scimPath } from "../start.ts";

export { port, scimPath } from "../start.ts";

/** `DATABASE_URL`: a PostgreSQL server. Default: an embedded database, which is gone when the process ends. */
export const databaseUrl: string | undefined = process.env.DATABASE_URL || undefined;

/** `PUBLIC_URL`: where people find the product, as in `https://tandem.example`. Default: this machine. */
export const publicUrl: string | undefined = originOf(process.env.PUBLIC_URL);

/** `SCIM_TOKEN`: the token of the seeded connection. Default: a random one. */
export const givenToken: string | undefined = tokenIn(process.env.SCIM_TOKEN);

/** `OWNER_PASSWORD`: what the seeded owners sign in with. Default: a random one, printed when the database is seeded. */
export const ownerPassword: string | undefined = process.env.OWNER_PASSWORD || undefined;

/** The SCIM URL of a product at an origin. */
export function scimUrl(origin: string): string {
  return `${origin}${scimPath}`;
}

function originOf(text: string | undefined): string | undefined {
  if (text === undefined || text === "") return undefined;
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text).origin;
  throw new RangeError(`PUBLIC_URL is "${text}"; it must be a URL such as https://tandem.example.`);
}

function tokenIn(text: string | undefined): string | undefined {
  if (text === undefined || text === "") return undefined;
  if (/^[\w.~+/-]+=*$/.test(text)) return text;
  throw new RangeError("SCIM_TOKEN must be a bearer token: letters, digits and -._~+/ only.");
}

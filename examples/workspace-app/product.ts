/** Product: what the parts of the product share. */
import type { Kysely } from "kysely";
import type { Access } from "scimkit/access";
import type { Connections } from "scimkit/connections";
import type { Database } from "./database/tables.ts";
import type { LivePages } from "./live.ts";
import type { Post } from "./mail.ts";

export interface Product {
  readonly db: Kysely<Database>;
  readonly connections: Connections;
  readonly access: Access;
  readonly live: LivePages;
  readonly post: Post;
  /** `https://tandem.example`, without a slash at the end: what links in letters begin with. Known once it listens. */
  origin(): string;
}

/** The product's own tables, as Kysely sees them. `migrations.ts` creates them. */
import type { ColumnType, Generated } from "kysely";

/** A column with a default: set by an insert or not. */
type Defaulted<T> = ColumnType<T, T | undefined, T>;

/** A customer. */
interface Organisations {
  id: Generated<string>;
  name: string;
  /** What they pay for; only `enterprise` includes provisioning. */
  plan: "team" | "enterprise";
  /** The domain of their people's e-mail addresses, in lower case; null until they have verified one. */
  email_domain: string | null;
  /** Where their identity provider signs people in. */
  sso_url: string | null;
  /** Whether all of their people must sign in there. */
  sso_required: Defaulted<boolean>;
  /** Under which their identity provider signs what it says. */
  sso_secret: string | null;
  /** Active people that they pay for; null for as many as they want. */
  seats: number | null;
}

/** A space of an organisation, with people and teams of its own. */
interface Workspaces {
  id: Generated<string>;
  organisation_id: string;
  name: string;
}

/** A person in one workspace. Whoever is in two workspaces has two rows. */
interface Users {
  id: Generated<string>;
  workspace_id: string;
  /** What they sign in with; unique in the workspace, whatever its case. */
  email: string;
  first_name: string | null;
  last_name: string | null;
  display_name: string | null;
  job_title: string | null;
  department: string | null;
  /** A name of `people/roles.ts`: the role that they came with, or were given by hand. Groups may grant more. */
  role: string;
  /** As `accounts/password.ts` writes it; null until they have set one. */
  password_hash: string | null;
  disabled_at: Date | null;
  scim_external_id: string | null;
  /** What an identity provider says of them and this product has no column for. */
  scim_rest: Defaulted<unknown>;
  created_at: Defaulted<Date>;
  updated_at: Defaulted<Date>;
}

interface Teams {
  id: Generated<string>;
  workspace_id: string;
  name: string;
  scim_external_id: string | null;
  scim_rest: Defaulted<unknown>;
  created_at: Defaulted<Date>;
  updated_at: Defaulted<Date>;
}

interface TeamMembers {
  team_id: string;
  user_id: string;
}

/** Somebody who is signed in. */
interface Sessions {
  /** SHA-256 of what the cookie holds, in hexadecimal. */
  token_hash: string;
  user_id: string;
  expires_at: Date;
}

/** What somebody's scripts use in their name. */
interface ApiTokens {
  id: Generated<string>;
  /** SHA-256 of the token, in hexadecimal. */
  token_hash: string;
  user_id: string;
  name: string;
  created_at: Defaulted<Date>;
}

/** A role that a group of the identity provider grants, perhaps in another workspace of the organisation. */
interface RoleGrants {
  user_id: string;
  workspace_id: string;
  role: string;
}

/** A link by which somebody sets a password. */
interface PasswordResets {
  /** SHA-256 of what the link holds, in hexadecimal. */
  token_hash: string;
  user_id: string;
  created_at: Defaulted<Date>;
  expires_at: Date;
}

/** All of them. */
export interface Database {
  organisations: Organisations;
  workspaces: Workspaces;
  users: Users;
  teams: Teams;
  team_members: TeamMembers;
  sessions: Sessions;
  api_tokens: ApiTokens;
  role_grants: RoleGrants;
  password_resets: PasswordResets;
}

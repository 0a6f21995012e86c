/** The User resource type. RFC 7643 §4.1, §8.6. */
import type { Schema } from "./attribute.ts";
import { defineExtension, type Extension } from "./define-extension.ts";
import type { ResourceOf } from "./define-resource.ts";
import { ENTERPRISE_USER_URN, EnterpriseUser } from "./enterprise-user.ts";
import { readAttributes } from "./read-zod.ts";
import { buildResourceType, type ResourceType } from "./resource-type.ts";
import { USER_URN, User } from "./user.ts";

/** The enterprise User extension of RFC 7643 §4.3, as {@link userType} adds it by itself. */
export const enterpriseUser: Extension<typeof ENTERPRISE_USER_URN, EnterpriseUser, false> = defineExtension(
  ENTERPRISE_USER_URN,
  EnterpriseUser,
  { name: "EnterpriseUser", description: "Enterprise User" },
);

/** The extensions that are really used: the enterprise one first, unless the host has its own in its place. */
export type UserExtensions<Extensions extends readonly Extension[]> = [
  Extract<Extensions[number]["schema"]["id"], typeof ENTERPRISE_USER_URN>,
] extends [never]
  ? readonly [typeof enterpriseUser, ...Extensions]
  : Extensions;

/** A user with its extensions. */
export type UserWith<Extensions extends readonly Extension[]> = ResourceOf<User, UserExtensions<Extensions>>;

const schema: Schema = {
  id: USER_URN,
  name: "User",
  description: "User Account",
  attributes: readAttributes(User, USER_URN),
};

/**
 * The User resource type, served at `/Users`.
 *
 * @param extensions - further schemas that users have; the enterprise User extension is one of them by itself, and one
 *   given with its URN takes its place
 * @throws Error when two extensions have the same URN
 */
export function userType<const Extensions extends readonly Extension[] = []>(
  extensions?: Extensions,
): ResourceType<UserWith<Extensions>> {
  const given: readonly Extension[] = extensions ?? [];
  const hasOwn = given.some((extension) => extension.schema.id.toLowerCase() === ENTERPRISE_USER_URN.toLowerCase());
  return buildResourceType({
    name: schema.name,
    endpoint: "/Users",
    description: schema.description,
    schema,
    extensions: hasOwn ? given : [enterpriseUser, ...given],
  });
}

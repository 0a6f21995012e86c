/** The Group schema. RFC 7643 §4.2, as §8.7.1 prints it. */
import { z } from "zod";
import { attribute } from "./characteristics.ts";

/** The URN of the Group schema. */
export const GROUP_URN = "urn:ietf:params:scim:schemas:core:2.0:Group";

/** A group and its members. RFC 7643 §4.2. */
export const Group = z.object({
  // §4.2 and the description require it; the JSON of §8.7.1 says `required: false` beside that.
  displayName: attribute(z.string(), {
    description: "A human-readable name for the Group. REQUIRED.",
    requiredAsListed: false,
  }),
  members: attribute(
    z.array(
      z.object({
        value: attribute(z.string(), {
          description: "Identifier of the member of this Group.",
          mutability: "immutable",
        }).optional(),
        $ref: attribute(z.string(), {
          type: "reference",
          description: "The URI corresponding to a SCIM resource that is a member of this Group.",
          referenceTypes: ["User", "Group"],
          caseExact: false,
          mutability: "immutable",
        }).optional(),
        type: attribute(z.string(), {
          description: "A label indicating the type of resource, e.g., 'User' or 'Group'.",
          canonicalValues: ["User", "Group"],
          mutability: "immutable",
        }).optional(),
        // §8.4 prints it in a member, §8.7.1 leaves it out of the schema; it is the server's to compute.
        display: attribute(z.string(), {
          description: "A human-readable name of the member.",
          mutability: "readOnly",
          listed: false,
        }).optional(),
      }),
    ),
    { description: "A list of members of the Group." },
  ).optional(),
});

/** A group, as TypeScript sees it. */
export type Group = z.infer<typeof Group> & { externalId?: string | undefined };

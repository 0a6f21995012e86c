/** The enterprise User extension. RFC 7643 §4.3, as §8.7.1 prints it. */
import { z } from "zod";
import { attribute } from "./characteristics.ts";

/** The URN of the enterprise User extension. */
export const ENTERPRISE_USER_URN = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** What a business knows of a user. RFC 7643 §4.3. */
export const EnterpriseUser = z.object({
  employeeNumber: attribute(z.string(), {
    description:
      "Numeric or alphanumeric identifier assigned to a person, typically based on order of hire or association with an organization.",
  }).optional(),
  costCenter: attribute(z.string(), { description: "Identifies the name of a cost center." }).optional(),
  organization: attribute(z.string(), { description: "Identifies the name of an organization." }).optional(),
  division: attribute(z.string(), { description: "Identifies the name of a division." }).optional(),
  department: attribute(z.string(), { description: "Identifies the name of a department." }).optional(),
  manager: attribute(
    z.object({
      value: attribute(z.string(), {
        description: "The id of the SCIM resource representing the User's manager.  REQUIRED.",
      }).optional(),
      $ref: attribute(z.string(), {
        type: "reference",
        description: "The URI of the SCIM resource representing the User's manager.  REQUIRED.",
        referenceTypes: ["User"],
        caseExact: false,
      }).optional(),
      displayName: attribute(z.string(), {
        description: "The displayName of the User's manager. OPTIONAL and READ-ONLY.",
        mutability: "readOnly",
      }).optional(),
    }),
    {
      description:
        "The User's manager.  A complex type that optionally allows service providers to represent organizational hierarchy by referencing the 'id' attribute of another User.",
    },
  ).optional(),
});

/** What a business knows of a user, as TypeScript sees it. */
export type EnterpriseUser = z.infer<typeof EnterpriseUser>;

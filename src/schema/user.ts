/** The User schema. RFC 7643 §4.1, as §8.7.1 prints it. */
import { z } from "zod";
import { attribute } from "./characteristics.ts";
import { preparePassword, prepareUserName } from "./prepare-text.ts";

/** The URN of the User schema. */
export const USER_URN = "urn:ietf:params:scim:schemas:core:2.0:User";

/** A user, with every attribute of RFC 7643 §4.1. */
export const User = z.object({
  userName: attribute(z.string(), {
    description:
      "Unique identifier for the User, typically used by the user to directly authenticate to the service provider. Each User MUST include a non-empty userName value.  This identifier MUST be unique across the service provider's entire set of Users. REQUIRED.",
    uniqueness: "server",
    prepare: prepareUserName,
  }),
  name: attribute(
    z.object({
      formatted: attribute(z.string(), {
        description:
          "The full name, including all middle names, titles, and suffixes as appropriate, formatted for display (e.g., 'Ms. Barbara J Jensen, III').",
      }).optional(),
      familyName: attribute(z.string(), {
        description:
          "The family name of the User, or last name in most Western languages (e.g., 'Jensen' given the full name 'Ms. Barbara J Jensen, III').",
      }).optional(),
      givenName: attribute(z.string(), {
        description:
          "The given name of the User, or first name in most Western languages (e.g., 'Barbara' given the full name 'Ms. Barbara J Jensen, III').",
      }).optional(),
      middleName: attribute(z.string(), {
        description: "The middle name(s) of the User (e.g., 'Jane' given the full name 'Ms. Barbara J Jensen, III').",
      }).optional(),
      honorificPrefix: attribute(z.string(), {
        description:
          "The honorific prefix(es) of the User, or title in most Western languages (e.g., 'Ms.' given the full name 'Ms. Barbara J Jensen, III').",
      }).optional(),
      honorificSuffix: attribute(z.string(), {
        description:
          "The honorific suffix(es) of the User, or suffix in most Western languages (e.g., 'III' given the full name 'Ms. Barbara J Jensen, III').",
      }).optional(),
    }),
    {
      description:
        "The components of the user's real name. Providers MAY return just the full name as a single string in the formatted sub-attribute, or they MAY return just the individual component attributes using the other sub-attributes, or they MAY return both.  If both variants are returned, they SHOULD be describing the same name, with the formatted name indicating how the component attributes should be combined.",
      uniqueness: "none",
    },
  ).optional(),
  displayName: attribute(z.string(), {
    description:
      "The name of the User, suitable for display to end-users.  The name SHOULD be the full name of the User being described, if known.",
  }).optional(),
  nickName: attribute(z.string(), {
    description:
      "The casual way to address the user in real life, e.g., 'Bob' or 'Bobby' instead of 'Robert'.  This attribute SHOULD NOT be used to represent a User's username (e.g., 'bjensen' or 'mpepperidge').",
  }).optional(),
  profileUrl: attribute(z.string(), {
    type: "reference",
    description: "A fully qualified URL pointing to a page representing the User's online profile.",
    referenceTypes: ["external"],
    caseExact: false,
  }).optional(),
  title: attribute(z.string(), { description: 'The user\'s title, such as "Vice President."' }).optional(),
  userType: attribute(z.string(), {
    description:
      "Used to identify the relationship between the organization and the user.  Typical values used might be 'Contractor', 'Employee', 'Intern', 'Temp', 'External', and 'Unknown', but any value may be used.",
  }).optional(),
  preferredLanguage: attribute(z.string(), {
    description:
      "Indicates the User's preferred written or spoken language.  Generally used for selecting a localized user interface; e.g., 'en_US' specifies the language English and country US.",
  }).optional(),
  locale: attribute(z.string(), {
    description:
      "Used to indicate the User's default location for purposes of localizing items such as currency, date time format, or numerical representations.",
  }).optional(),
  timezone: attribute(z.string(), {
    description: "The User's time zone in the 'Olson' time zone database format, e.g., 'America/Los_Angeles'.",
  }).optional(),
  active: attribute(z.boolean(), {
    description: "A Boolean value indicating the User's administrative status.",
    defaultValue: true,
  }).optional(),
  password: attribute(z.string(), {
    description:
      "The User's cleartext password.  This attribute is intended to be used as a means to specify an initial password when creating a new User or to reset an existing User's password.",
    mutability: "writeOnly",
    returned: "never",
    prepare: preparePassword,
  }).optional(),
  emails: attribute(
    z.array(
      z.object({
        value: attribute(z.string(), {
          description:
            "Email addresses for the user.  The value SHOULD be canonicalized by the service provider, e.g., 'bjensen@example.com' instead of 'bjensen@EXAMPLE.COM'. Canonical type values of 'work', 'home', and 'other'.",
        }).optional(),
        display: attribute(z.string(), {
          description: "A human-readable name, primarily used for display purposes.  READ-ONLY.",
        }).optional(),
        type: attribute(z.string(), {
          description: "A label indicating the attribute's function, e.g., 'work' or 'home'.",
          canonicalValues: ["work", "home", "other"],
        }).optional(),
        primary: attribute(z.boolean(), {
          description:
            "A Boolean value indicating the 'primary' or preferred attribute value for this attribute, e.g., the preferred mailing address or primary email address.  The primary attribute value 'true' MUST appear no more than once.",
        }).optional(),
      }),
    ),
    {
      description:
        "Email addresses for the user.  The value SHOULD be canonicalized by the service provider, e.g., 'bjensen@example.com' instead of 'bjensen@EXAMPLE.COM'. Canonical type values of 'work', 'home', and 'other'.",
      uniqueness: "none",
    },
  ).optional(),
  phoneNumbers: attribute(
    z.array(
      z.object({
        value: attribute(z.string(), { description: "Phone number of the User." }).optional(),
        display: attribute(z.string(), {
          description: "A human-readable name, primarily used for display purposes.  READ-ONLY.",
        }).optional(),
        type: attribute(z.string(), {
          description: "A label indicating the attribute's function, e.g., 'work', 'home', 'mobile'.",
          canonicalValues: ["work", "home", "mobile", "fax", "pager", "other"],
        }).optional(),
        primary: attribute(z.boolean(), {
          description:
            "A Boolean value indicating the 'primary' or preferred attribute value for this attribute, e.g., the preferred phone number or primary phone number.  The primary attribute value 'true' MUST appear no more than once.",
        }).optional(),
      }),
    ),
    {
      description:
        "Phone numbers for the User.  The value SHOULD be canonicalized by the service provider according to the format specified in RFC 3966, e.g., 'tel:+1-201-555-0123'. Canonical type values of 'work', 'home', 'mobile', 'fax', 'pager', and 'other'.",
    },
  ).optional(),
  ims: attribute(
    z.array(
      z.object({
        value: attribute(z.string(), { description: "Instant messaging address for the User." }).optional(),
        display: attribute(z.string(), {
          description: "A human-readable name, primarily used for display purposes.  READ-ONLY.",
        }).optional(),
        type: attribute(z.string(), {
          description: "A label indicating the attribute's function, e.g., 'aim', 'gtalk', 'xmpp'.",
          canonicalValues: ["aim", "gtalk", "icq", "xmpp", "msn", "skype", "qq", "yahoo"],
        }).optional(),
        primary: attribute(z.boolean(), {
          description:
            "A Boolean value indicating the 'primary' or preferred attribute value for this attribute, e.g., the preferred messenger or primary messenger.  The primary attribute value 'true' MUST appear no more than once.",
        }).optional(),
      }),
    ),
    { description: "Instant messaging addresses for the User." },
  ).optional(),
  photos: attribute(
    z.array(
      z.object({
        value: attribute(z.string(), {
          type: "reference",
          description: "URL of a photo of the User.",
          referenceTypes: ["external"],
          caseExact: false,
        }).optional(),
        display: attribute(z.string(), {
          description: "A human-readable name, primarily used for display purposes.  READ-ONLY.",
        }).optional(),
        type: attribute(z.string(), {
          description: "A label indicating the attribute's function, i.e., 'photo' or 'thumbnail'.",
          canonicalValues: ["photo", "thumbnail"],
        }).optional(),
        primary: attribute(z.boolean(), {
          description:
            "A Boolean value indicating the 'primary' or preferred attribute value for this attribute, e.g., the preferred photo or thumbnail.  The primary attribute value 'true' MUST appear no more than once.",
        }).optional(),
      }),
    ),
    { description: "URLs of photos of the User." },
  ).optional(),
  addresses: attribute(
    z.array(
      z.object({
        formatted: attribute(z.string(), {
          description:
            "The full mailing address, formatted for display or use with a mailing label.  This attribute MAY contain newlines.",
        }).optional(),
        streetAddress: attribute(z.string(), {
          description:
            "The full street address component, which may include house number, street name, P.O. box, and multi-line extended street address information.  This attribute MAY contain newlines.",
        }).optional(),
        locality: attribute(z.string(), { description: "The city or locality component." }).optional(),
        region: attribute(z.string(), { description: "The state or region component." }).optional(),
        postalCode: attribute(z.string(), { description: "The zip code or postal code component." }).optional(),
        country: attribute(z.string(), { description: "The country name component." }).optional(),
        type: attribute(z.string(), {
          description: "A label indicating the attribute's function, e.g., 'work' or 'home'.",
          canonicalValues: ["work", "home", "other"],
        }).optional(),
        // §8.2 prints it in an address, §8.7.1 leaves it out of the schema.
        primary: attribute(z.boolean(), {
          description: "A Boolean value indicating the preferred address.",
          listed: false,
        }).optional(),
      }),
    ),
    {
      description:
        "A physical mailing address for this User. Canonical type values of 'work', 'home', and 'other'.  This attribute is a complex type with the following sub-attributes.",
      uniqueness: "none",
    },
  ).optional(),
  groups: attribute(
    z.array(
      z.object({
        value: attribute(z.string(), {
          description: "The identifier of the User's group.",
          mutability: "readOnly",
        }).optional(),
        $ref: attribute(z.string(), {
          type: "reference",
          description: "The URI of the corresponding 'Group' resource to which the user belongs.",
          referenceTypes: ["User", "Group"],
          caseExact: false,
          mutability: "readOnly",
        }).optional(),
        display: attribute(z.string(), {
          description: "A human-readable name, primarily used for display purposes.  READ-ONLY.",
          mutability: "readOnly",
        }).optional(),
        type: attribute(z.string(), {
          description: "A label indicating the attribute's function, e.g., 'direct' or 'indirect'.",
          canonicalValues: ["direct", "indirect"],
          mutability: "readOnly",
        }).optional(),
      }),
    ),
    {
      description:
        "A list of groups to which the user belongs, either through direct membership, through nested groups, or dynamically calculated.",
      mutability: "readOnly",
    },
  ).optional(),
  entitlements: attribute(
    z.array(
      z.object({
        value: attribute(z.string(), { description: "The value of an entitlement." }).optional(),
        display: attribute(z.string(), {
          description: "A human-readable name, primarily used for display purposes.  READ-ONLY.",
        }).optional(),
        type: attribute(z.string(), { description: "A label indicating the attribute's function." }).optional(),
        primary: attribute(z.boolean(), {
          description:
            "A Boolean value indicating the 'primary' or preferred attribute value for this attribute.  The primary attribute value 'true' MUST appear no more than once.",
        }).optional(),
      }),
    ),
    { description: "A list of entitlements for the User that represent a thing the User has." },
  ).optional(),
  roles: attribute(
    z.array(
      z.object({
        value: attribute(z.string(), { description: "The value of a role." }).optional(),
        display: attribute(z.string(), {
          description: "A human-readable name, primarily used for display purposes.  READ-ONLY.",
        }).optional(),
        type: attribute(z.string(), {
          description: "A label indicating the attribute's function.",
          canonicalValues: [],
        }).optional(),
        primary: attribute(z.boolean(), {
          description:
            "A Boolean value indicating the 'primary' or preferred attribute value for this attribute.  The primary attribute value 'true' MUST appear no more than once.",
        }).optional(),
      }),
    ),
    {
      description:
        "A list of roles for the User that collectively represent who the User is, e.g., 'Student', 'Faculty'.",
    },
  ).optional(),
  x509Certificates: attribute(
    z.array(
      z.object({
        value: attribute(z.string(), {
          type: "binary",
          description: "The value of an X.509 certificate.",
          caseExact: false,
        }).optional(),
        display: attribute(z.string(), {
          description: "A human-readable name, primarily used for display purposes.  READ-ONLY.",
        }).optional(),
        type: attribute(z.string(), {
          description: "A label indicating the attribute's function.",
          canonicalValues: [],
        }).optional(),
        primary: attribute(z.boolean(), {
          description:
            "A Boolean value indicating the 'primary' or preferred attribute value for this attribute.  The primary attribute value 'true' MUST appear no more than once.",
        }).optional(),
      }),
    ),
    { description: "A list of certificates issued to the User.", caseExact: false },
  ).optional(),
});

/** A user, as TypeScript sees it. */
export type User = z.infer<typeof User> & { externalId?: string | undefined };

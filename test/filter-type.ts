/** A resource type made by hand for the tests of filters: one attribute of every data type and plurality. */
import type { Attribute, Schema } from "../src/schema/attribute.ts";
import type { ResourceType } from "../src/schema/resource-type.ts";

/** The core schema of {@link personType}. */
export const CORE = "urn:ietf:params:scim:schemas:core:2.0:User";
/** An extension with a complex attribute. */
export const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
/** An extension whose URN has every character that the grammar allows and a name does not. */
export const ODD = "urn:acme:a+b~c@d'e=f;g!h*i,j%20k:2.0:Odd";

const plain: Attribute = {
  name: "",
  type: "string",
  multiValued: false,
  description: "",
  required: false,
  canonicalValues: undefined,
  caseExact: false,
  mutability: "readWrite",
  returned: "default",
  uniqueness: "none",
  referenceTypes: undefined,
  subAttributes: new Map(),
  defaultValue: undefined,
  check: undefined,
};

const make = (name: string, characteristics: Partial<Attribute> = {}): Attribute => ({
  ...plain,
  name,
  ...characteristics,
});

const byName = (attributes: readonly Attribute[]): ReadonlyMap<string, Attribute> =>
  new Map(attributes.map((attribute) => [attribute.name.toLowerCase(), attribute]));

const complex = (name: string, subAttributes: readonly Attribute[], more: Partial<Attribute> = {}): Attribute =>
  make(name, { type: "complex", subAttributes: byName(subAttributes), ...more });

const many = { multiValued: true } as const;
const exact = { caseExact: true } as const;

const labelled = (name: string): Attribute =>
  complex(name, [make("value"), make("type"), make("display"), make("primary", { type: "boolean" })], many);

const common = [
  make("schemas", { ...exact, ...many }),
  make("id", exact),
  make("externalId", exact),
  complex("meta", [
    make("resourceType", exact),
    make("created", { type: "dateTime" }),
    make("lastModified", { type: "dateTime" }),
    make("location", { type: "reference", ...exact }),
    make("version", exact),
  ]),
];

const core = [
  make("userName"),
  complex("name", [make("familyName"), make("givenName")]),
  make("title"),
  make("userType"),
  make("active", { type: "boolean" }),
  make("password", { mutability: "writeOnly", returned: "never" }),
  labelled("emails"),
  labelled("ims"),
  complex(
    "members",
    [
      make("value", exact),
      make("$ref", { type: "reference", referenceTypes: ["User", "Group"], ...exact }),
      make("type"),
    ],
    many,
  ),
  complex("addresses", [make("locality"), make("type")], many),
  complex("rooms", [make("number", { type: "integer" }), make("tags", many)], many),
  complex("certificates", [make("value", { type: "binary", ...exact })], many),
  complex("recovery", [make("value", { returned: "never" }), make("hint"), make("primary", { type: "boolean" })]),
  make("nickNames", many),
  make("badges", { ...many, ...exact }),
  make("luckyNumbers", { type: "integer", ...many }),
  make("profileUrl", { type: "reference", ...exact }),
  make("photo", { type: "binary", ...exact }),
  make("level", { type: "integer" }),
  make("score", { type: "decimal" }),
  make("birthday", { type: "dateTime" }),
  make("shifts", { type: "dateTime", ...many }),
  make("a-b_c$d9"),
  make("$odd"),
  make("not"),
];

const schema = (id: string, attributes: readonly Attribute[]): Schema => ({
  id,
  name: id,
  description: "",
  attributes: byName(attributes),
});

const enterprise = schema(ENTERPRISE, [
  make("employeeNumber", exact),
  make("department"),
  make("title"),
  complex("manager", [
    make("value", exact),
    make("$ref", { type: "reference", referenceTypes: ["User"], ...exact }),
    make("displayName"),
  ]),
]);
const odd = schema(ODD, [make("colour"), make("sizes", { type: "integer", ...many })]);

/** A User with more attributes than RFC 7643 has, two extensions, and an attribute called `not`. */
export const personType: ResourceType = {
  name: "User",
  endpoint: "/Users",
  description: "",
  schema: schema(CORE, core),
  extensions: [
    { schema: enterprise, required: false },
    { schema: odd, required: false },
  ],
  attributes: byName([...common, ...core]),
  extensionByUrn: new Map([
    [ENTERPRISE.toLowerCase(), enterprise],
    [ODD.toLowerCase(), odd],
  ]),
};

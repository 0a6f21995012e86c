/** The same people for every target: a deterministic User of about 900 bytes, as Entra ID or Okta would send it. */

export const userSchema = "urn:ietf:params:scim:schemas:core:2.0:User";
export const enterpriseSchema = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
export const groupSchema = "urn:ietf:params:scim:schemas:core:2.0:Group";

const givenNames = ["Ada", "Barbara", "Edsger", "Grace", "Hedy", "Ken", "Lynn", "Margaret", "Niklaus", "Tim"];
const familyNames = ["Hamilton", "Hopper", "Keller", "Lamarr", "Liskov", "Lovelace", "Perlman", "Thompson", "Wirth"];
const departments = ["Design", "Engineering", "Finance", "Legal", "Operations", "People", "Sales"];

const pick = (list: readonly string[], index: number): string => list[index % list.length] ?? "";

/** One user in a hundred works at Acme: what the scan looks for. */
export const worksAtAcme = (index: number): boolean => index % 100 === 7;

/** The userName of the user at `index`, unique. */
export const userNameAt = (index: number): string => `user${index}@corp.example`;

/** The attributes of the user at `index`, as the body of a POST. */
export function userAt(index: number, userName = userNameAt(index)): Record<string, unknown> {
  const givenName = pick(givenNames, index);
  const familyName = pick(familyNames, index);
  const host = worksAtAcme(index) ? "acme.example" : "corp.example";
  return {
    schemas: [userSchema, enterpriseSchema],
    externalId: `ext-${index}`,
    userName,
    name: { formatted: `${givenName} ${familyName}`, familyName, givenName },
    displayName: `${givenName} ${familyName}`,
    title: `Engineer ${index % 17}`,
    preferredLanguage: "en-US",
    locale: "en-US",
    timezone: "Europe/Berlin",
    active: index % 10 !== 0,
    emails: [
      { value: `${givenName}.${familyName}.${index}@${host}`, type: "work", primary: true },
      { value: `user${index}@home.example`, type: "home" },
    ],
    phoneNumbers: [{ value: `+49 30 ${1_000_000 + index}`, type: "work" }],
    addresses: [
      {
        streetAddress: `${index % 200} Main Street`,
        locality: "Berlin",
        region: "BE",
        postalCode: String(10_000 + (index % 4_000)),
        country: "DE",
        type: "work",
      },
    ],
    [enterpriseSchema]: {
      employeeNumber: String(100_000 + index),
      costCenter: String(4_000 + (index % 50)),
      organization: "Acme",
      department: pick(departments, index),
    },
  };
}

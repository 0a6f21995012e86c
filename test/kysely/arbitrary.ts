/** Arbitrary users and filters that hit and miss them. */
import fc from "fast-check";
import {
  type AttributePath,
  allPaths,
  type Filter,
  leaf,
  printFilter,
  type Resource,
  type ResourceType,
} from "scimkit";

/** Texts that are equal when folded, that contain each other, and that SQL has its own ideas about. */
const words = [
  "ann",
  "Ann",
  "ANN",
  "Annabel",
  "bob",
  "a",
  "an",
  "50%",
  "50",
  "a_b",
  "axb",
  "back\\slash",
  "it's",
  'say "x"',
  "élan",
  "ÉLAN",
  "e",
  "z",
  "Ω",
  "😀",
  "\uff5e",
  " ",
  "007",
  "7",
  "true",
  "null",
];
const word = fc.constantFrom(...words);
/** Only for literals: what no column can hold. */
const odd = fc.constantFrom(
  "",
  "\0",
  "an\0",
  "\udabc",
  "%",
  "_",
  "\\",
  "3f0b1b0e-7a53-4c1c-9d43-2e8d3f3cf111",
  "1",
  "2",
  "99999999999",
);
const instants = [
  "2024-01-31T10:00:00Z",
  "2024-01-31T11:00:00+01:00",
  "2024-02-29T23:59:59.5Z",
  "1969-12-31T23:59:59.999Z",
];

const optional = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const element = (types: readonly string[]): fc.Arbitrary<Resource> =>
  fc.record(
    { value: word, type: fc.constantFrom(...types), primary: fc.boolean(), display: word },
    { requiredKeys: [], noNullPrototype: true },
  );
const elements = (types: readonly string[]): fc.Arbitrary<readonly Resource[]> =>
  fc.array(
    element(types).filter((one) => Object.keys(one).length > 0),
    { minLength: 1, maxLength: 3 },
  );

const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** A user without a userName, which must be unique. */
export const arbitraryUser: fc.Arbitrary<Resource> = fc
  .record({
    externalId: optional(word),
    name: optional(
      fc.record({ givenName: word, familyName: word, formatted: word }, { requiredKeys: [], noNullPrototype: true }),
    ),
    displayName: optional(word),
    title: optional(word),
    active: optional(fc.boolean()),
    emails: optional(elements(["work", "Work", "home"])),
    phoneNumbers: optional(elements(["work", "mobile"])),
    roles: optional(elements(["", "x"])),
    [enterprise]: optional(
      fc.record(
        { department: word, division: word, employeeNumber: word },
        { requiredKeys: [], noNullPrototype: true },
      ),
    ),
  })
  .map((user) => withoutEmpty(user));

function withoutEmpty(user: Resource): Resource {
  const isEmpty = (value: unknown): boolean =>
    value === undefined || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
  return Object.fromEntries(Object.entries(user).filter(([, value]) => !isEmpty(value)));
}

const texts = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"] as const;
const orders = ["eq", "ne", "gt", "ge", "lt", "le"] as const;
const equality = ["eq", "ne"] as const;

function condition(path: AttributePath, instantTexts: readonly string[]): fc.Arbitrary<Filter> {
  const presence = fc.constant<Filter>({ op: "pr", path });
  const compare = <Op extends (typeof texts)[number]>(
    ops: readonly Op[],
    value: fc.Arbitrary<string | number | boolean>,
  ): fc.Arbitrary<Filter> => fc.record({ op: fc.constantFrom(...ops), path: fc.constant(path), value });
  switch (leaf(path).type) {
    case "complex":
      return presence;
    case "boolean":
      return fc.oneof(presence, compare(equality, fc.boolean()));
    case "integer":
    case "decimal":
      return fc.oneof(presence, compare(orders, fc.constantFrom(0, 1, 2.5, -1, 1e20)));
    case "dateTime":
      return fc.oneof(presence, compare(orders, fc.constantFrom(...instantTexts)));
    case "binary":
      return fc.oneof(presence, compare(["eq", "ne", "co", "sw", "ew"] as const, word));
    default:
      // What is computed from an id can be compared with a URI, and looked through by nobody.
      if (path.subAttribute?.name === "$ref") return fc.oneof(presence, compare(equality, word));
      return fc.oneof(
        { weight: 1, arbitrary: presence },
        { weight: 6, arbitrary: compare(texts, fc.oneof({ weight: 5, arbitrary: word }, odd)) },
      );
  }
}

/**
 * Filters on a type, as text.
 *
 * @param served - the paths that a filter may name
 * @param instantTexts - dateTimes that matter beside the fixed ones
 */
export function arbitraryFilter(
  type: ResourceType,
  served: (path: AttributePath) => boolean,
  instantTexts: readonly string[],
): fc.Arbitrary<string> {
  const paths = allPaths(type).filter(
    (path) => served(path) && !(path.attribute.multiValued && path.subAttribute === undefined),
  );
  const moments = [...instants, ...instantTexts];
  const simple = fc.constantFrom(...paths).chain((path) => condition(path, moments));
  const { filter } = fc.letrec<{ filter: Filter; inner: Filter }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      { weight: 4, arbitrary: simple },
      { weight: 3, arbitrary: valuePath(type, served, moments) },
      { weight: 2, arbitrary: junction(tie("filter")) },
      { weight: 1, arbitrary: negation(tie("filter")) },
    ),
    inner: simple,
  }));
  return filter.map(printFilter);
}

function junction(filter: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> {
  return fc.record({
    op: fc.constantFrom("and" as const, "or" as const),
    filters: fc.array(filter, { minLength: 2, maxLength: 3 }),
  });
}

function negation(filter: fc.Arbitrary<Filter>): fc.Arbitrary<Filter> {
  return filter.map((inner): Filter => ({ op: "not", filter: inner }));
}

function valuePath(
  type: ResourceType,
  served: (path: AttributePath) => boolean,
  moments: readonly string[],
): fc.Arbitrary<Filter> {
  const all = allPaths(type);
  const holders = all.filter(
    (path) =>
      served(path) &&
      path.attribute.multiValued &&
      path.attribute.type === "complex" &&
      path.subAttribute === undefined,
  );
  return fc.constantFrom(...holders).chain((path) => {
    const parts = all.filter((part) => {
      const isOfIt = part.attribute === path.attribute && part.extension === path.extension;
      return isOfIt && part.subAttribute !== undefined && served(part);
    });
    const simple = fc.constantFrom(...parts).chain((part) => condition(part, moments));
    const inner = fc.oneof(simple, junction(simple), negation(simple), junction(negation(simple)));
    return inner.map((filter): Filter => ({ op: "valuePath", path, filter }));
  });
}

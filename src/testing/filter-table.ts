/** Filters, and which of five users each of them finds. RFC 7644 §3.4.2.2. */
import type { Resource } from "../schema/attribute.ts";
import { ENTERPRISE_USER_URN } from "../schema/enterprise-user.ts";

/** The name of a user in {@link filterUsers}. */
export type Person = "ada" | "bob" | "cyd" | "dee" | "eve";

/** Five users: with and without each attribute, and with what case, wildcards and quotes can be confused by. */
export const filterUsers: Readonly<Record<Person, Resource>> = {
  ada: {
    userName: "Ada@Example.com",
    externalId: "Ext-A",
    displayName: "Ada Lovelace",
    name: { givenName: "Ada", familyName: "Lovelace" },
    title: "100% Engineer",
    active: true,
    emails: [
      { value: "ada@work.example", type: "work", primary: true },
      { value: "ada@home.example", type: "home" },
    ],
    [ENTERPRISE_USER_URN]: { employeeNumber: "701", department: "Research", manager: { value: "boss-1" } },
  },
  bob: {
    userName: "bob_o'neil@example.com",
    externalId: "ext-a",
    displayName: 'Bob "Bobby" O\'Neil',
    name: { givenName: "Bob", familyName: "O'Neil" },
    title: "1000 Engineers",
    active: false,
    emails: [{ value: "bob@home.example", type: "home", primary: true }],
    [ENTERPRISE_USER_URN]: { employeeNumber: "702", department: "R&D" },
  },
  cyd: { userName: "cyd", displayName: "back\\slash", active: true },
  dee: {
    userName: "dee@example.com",
    externalId: "ext-d",
    displayName: "Émile Ångström",
    name: { givenName: "Émile" },
    title: "engineer",
    active: true,
    emails: [{ value: "dee@work.example", type: "home" }],
  },
  eve: {
    userName: "bobXo'neil@example.com",
    externalId: "ext-e",
    displayName: "Eve",
    active: false,
    emails: [{ value: "eve@other.example", type: "work" }],
    [ENTERPRISE_USER_URN]: { department: "research" },
  },
};

/** A filter and what it finds. */
export interface FilterRow {
  /** `{ada}` stands for the id of that user. */
  readonly filter: string;
  readonly finds: readonly Person[];
  /** Attributes without which the store cannot be asked, or does not hold what makes the difference. */
  readonly needs?: readonly string[];
  /** Whether IdPs depend on it, so that a store may not refuse it. */
  readonly essential?: true;
}

const all: readonly Person[] = ["ada", "bob", "cyd", "dee", "eve"];
const enterprise = (name: string): string => `${ENTERPRISE_USER_URN}:${name}`;

export const filterRows: readonly FilterRow[] = [
  // What Entra, Okta and others look for (Q1–Q8).
  { filter: 'userName eq "ada@EXAMPLE.com"', finds: ["ada"], essential: true },
  { filter: 'userName eq "bob_o\'neil@example.com"', finds: ["bob"], essential: true },
  { filter: 'userName eq "nobody@example.com"', finds: [], essential: true },
  { filter: 'userName eq "dee"', finds: [], essential: true },
  { filter: 'id eq "{ada}"', finds: ["ada"], essential: true },
  { filter: 'externalId eq "Ext-A"', finds: ["ada"], needs: ["externalId"], essential: true },
  { filter: 'externalId eq "ext-a"', finds: ["bob"], needs: ["externalId"], essential: true },
  { filter: 'userName eq "cyd" and active eq true', finds: ["cyd"], needs: ["active"], essential: true },
  { filter: 'userName eq "cyd" and active eq false', finds: [], needs: ["active"], essential: true },
  { filter: 'userName eq "eve" or externalId eq "ext-d"', finds: ["dee"], needs: ["externalId"] },

  // Text: case, wildcards, quotes, letters beyond ASCII.
  { filter: 'displayName eq "ada lovelace"', finds: ["ada"], needs: ["displayName"] },
  { filter: 'displayName eq "émile ångström"', finds: ["dee"], needs: ["displayName"] },
  { filter: 'displayName eq "Bob \\"Bobby\\" O\'Neil"', finds: ["bob"], needs: ["displayName"] },
  { filter: 'displayName co "\\\\"', finds: ["cyd"], needs: ["displayName"] },
  { filter: 'displayName co "LOVE"', finds: ["ada"], needs: ["displayName"] },
  { filter: 'title co "%"', finds: ["ada"], needs: ["title"] },
  { filter: 'title sw "100%"', finds: ["ada"], needs: ["title"] },
  { filter: 'title sw "100"', finds: ["ada", "bob"], needs: ["title"] },
  { filter: 'title sw "engineer"', finds: ["dee"], needs: ["title"] },
  { filter: 'title ew "engineer"', finds: ["ada", "dee"], needs: ["title"] },
  { filter: 'userName sw "bob_"', finds: ["bob"] },
  { filter: 'userName co "_"', finds: ["bob"] },
  { filter: 'userName ew "_o\'neil@example.com"', finds: ["bob"] },
  { filter: 'userName co "@EXAMPLE.com"', finds: ["ada", "bob", "dee", "eve"] },
  { filter: 'userName gt "cyd"', finds: ["dee"] },
  { filter: 'userName ge "cyd"', finds: ["cyd", "dee"] },
  { filter: 'userName lt "cyd"', finds: ["ada", "bob", "eve"] },
  { filter: 'userName le "CYD"', finds: ["ada", "bob", "cyd", "eve"] },

  // Presence and absence.
  { filter: "userName pr", finds: all },
  { filter: "title pr", finds: ["ada", "bob", "dee"], needs: ["title"] },
  { filter: "not (title pr)", finds: ["cyd", "eve"], needs: ["title"] },
  { filter: 'title ne "engineer"', finds: ["ada", "bob", "cyd", "eve"], needs: ["title"] },
  { filter: 'not (title eq "engineer")', finds: ["ada", "bob", "cyd", "eve"], needs: ["title"] },
  { filter: 'not (title sw "100")', finds: ["cyd", "dee", "eve"], needs: ["title"] },
  { filter: "title eq null", finds: ["cyd", "eve"], needs: ["title"] },
  { filter: "emails pr", finds: ["ada", "bob", "dee", "eve"], needs: ["emails.value"] },

  // Booleans, dateTimes, ids.
  { filter: "active eq true", finds: ["ada", "cyd", "dee"], needs: ["active"] },
  { filter: "active ne true", finds: ["bob", "eve"], needs: ["active"] },
  { filter: 'meta.created gt "2001-01-01T00:00:00Z"', finds: all },
  { filter: 'meta.lastModified lt "2001-01-01T00:00:00+02:00"', finds: [] },
  { filter: 'not (id eq "{ada}")', finds: ["bob", "cyd", "dee", "eve"] },
  { filter: 'id eq "{bob}" or id eq "{eve}"', finds: ["bob", "eve"] },

  // Precedence and grouping.
  {
    filter: 'userName eq "cyd" or userName sw "bob" and active eq true',
    finds: ["cyd"],
    needs: ["active"],
  },
  {
    filter: '(userName eq "cyd" or userName sw "bob") and active eq false',
    finds: ["bob", "eve"],
    needs: ["active"],
  },
  {
    filter: 'not (userName sw "bob" or userName eq "cyd")',
    finds: ["ada", "dee"],
  },
  { filter: 'userName eq "cyd" and userName eq "dee@example.com"', finds: [] },

  // Sub-attributes, multi-valued attributes, value paths: one and the same element.
  { filter: 'name.familyName eq "O\'NEIL"', finds: ["bob"], needs: ["name.familyName"] },
  { filter: "name.familyName pr", finds: ["ada", "bob"], needs: ["name.familyName"] },
  { filter: 'name[givenName sw "é"]', finds: ["dee"], needs: ["name.givenName"] },
  { filter: 'emails.value eq "ADA@home.example"', finds: ["ada"], needs: ["emails.value"] },
  { filter: 'emails co "@work.example"', finds: ["ada", "dee"], needs: ["emails.value"] },
  { filter: 'emails.type eq "work"', finds: ["ada", "eve"], needs: ["emails.value", "emails.type"] },
  {
    filter: 'emails[type eq "work" and value co "@work.example"]',
    finds: ["ada"],
    needs: ["emails.value", "emails.type"],
  },
  {
    filter: 'emails[type eq "home" and value co "@work.example"]',
    finds: ["dee"],
    needs: ["emails.value", "emails.type"],
  },
  {
    filter: 'emails.type eq "home" and emails.value co "@work.example"',
    finds: ["ada", "dee"],
    needs: ["emails.value", "emails.type"],
  },
  { filter: 'emails[not (type eq "work")]', finds: ["ada", "bob", "dee"], needs: ["emails.value", "emails.type"] },
  { filter: 'not (emails[type eq "work"])', finds: ["bob", "cyd", "dee"], needs: ["emails.value", "emails.type"] },
  { filter: "emails[primary eq true]", finds: ["ada", "bob"], needs: ["emails.value", "emails.primary"] },

  // Extensions.
  { filter: `${enterprise("department")} eq "RESEARCH"`, finds: ["ada", "eve"], needs: [enterprise("department")] },
  { filter: `${enterprise("employeeNumber")} eq "702"`, finds: ["bob"], needs: [enterprise("employeeNumber")] },
  { filter: `${enterprise("manager")} eq "boss-1"`, finds: ["ada"], needs: [enterprise("manager.value")] },
  { filter: `not (${enterprise("department")} pr)`, finds: ["cyd", "dee"], needs: [enterprise("department")] },
];

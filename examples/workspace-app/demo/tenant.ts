/** The people and groups of Contoso, as its Entra ID has them when provisioning begins. */

export interface Person {
  readonly userName: string;
  readonly externalId: string;
  readonly givenName: string;
  readonly familyName: string;
  readonly jobTitle: string;
  readonly department: string;
  readonly mobile?: string;
  /** The userName of whom they report to. */
  readonly manager?: string;
}

export interface Group {
  readonly displayName: string;
  readonly externalId: string;
  /** By userName. */
  readonly members: readonly string[];
}

export const people: readonly Person[] = [
  {
    userName: "ann.lee@contoso.example",
    externalId: "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef",
    givenName: "Ann",
    familyName: "Lee",
    jobTitle: "Head of Engineering",
    department: "Engineering",
    mobile: "+45 55 12 34 56",
  },
  {
    userName: "bo.madsen@contoso.example",
    externalId: "1b6f8a3c-2f0e-4c57-9a55-6a7fd4a4f0a1",
    givenName: "Bo",
    familyName: "Madsen",
    jobTitle: "Platform Engineer",
    department: "Engineering",
    manager: "ann.lee@contoso.example",
  },
  {
    userName: "chloe.o'hara@contoso.example",
    externalId: "2c9d1f4e-7b3a-4e0b-8c61-0f5e8f6f1b22",
    givenName: "Chloé",
    familyName: "O'Hara",
    jobTitle: "Designer",
    department: "Design",
    manager: "ann.lee@contoso.example",
  },
  {
    userName: "dmitri.volkov@contoso.example",
    externalId: "3d0a5b6c-9e8f-4a1d-b2c3-d4e5f6a7b8c9",
    givenName: "Dmitri",
    familyName: "Volkov",
    jobTitle: "Site Reliability Engineer",
    department: "Engineering",
    manager: "bo.madsen@contoso.example",
  },
  {
    userName: "eva.schaefer@contoso.example",
    externalId: "4e1b6c7d-0f9a-4b2e-83d4-e5f6a7b8c9d0",
    givenName: "Eva",
    familyName: "Schäfer",
    jobTitle: "Researcher",
    department: "Design",
    manager: "chloe.o'hara@contoso.example",
  },
  {
    userName: "femi.adeyemi@contoso.example",
    externalId: "5f2c7d8e-1a0b-4c3f-94e5-f6a7b8c9d0e1",
    givenName: "Femi",
    familyName: "Adeyemi",
    jobTitle: "Contractor",
    department: "Engineering",
    manager: "bo.madsen@contoso.example",
  },
];

export const groups: readonly Group[] = [
  {
    displayName: "Platform",
    externalId: "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159",
    members: ["bo.madsen@contoso.example", "dmitri.volkov@contoso.example", "femi.adeyemi@contoso.example"],
  },
  {
    displayName: "Design",
    externalId: "9bb2b1d1-d5d4-4cd1-85b6-3ff787a11260",
    members: ["chloe.o'hara@contoso.example", "eva.schaefer@contoso.example"],
  },
  {
    displayName: "On call",
    externalId: "acc3c2e2-e6e5-4de2-96c7-40a898b22371",
    members: ["dmitri.volkov@contoso.example", "ann.lee@contoso.example"],
  },
];

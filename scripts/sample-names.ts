/** The names of the examples in RFC 7643 and RFC 7644, in the order they are printed, and the repairs some need. */

/** Names by RFC number and section. */
export const names: ReadonlyMap<string, readonly string[]> = new Map([
  ["7643 8.1", ["minimal-user"]],
  ["7643 8.2", ["full-user"]],
  ["7643 8.3", ["enterprise-user"]],
  ["7643 8.4", ["group"]],
  ["7643 8.5", ["service-provider-config"]],
  ["7643 8.6", ["resource-types"]],
  ["7644 3.3", ["create-user"]],
  ["7644 3.4.1", ["retrieve-user"]],
  ["7644 3.4.2", ["query-user-names"]],
  ["7644 3.4.2.4", ["first-page", "first-page-response"]],
  ["7644 3.4.3", ["search"]],
  ["7644 3.5.1", ["replace-user"]],
  ["7644 3.5.2", ["patch-structure"]],
  ["7644 3.5.2.1", ["add-members", "add-without-path"]],
  [
    "7644 3.5.2.2",
    ["remove-member", "remove-all-members", "remove-emails", "remove-and-add-member", "replace-members"],
  ],
  ["7644 3.5.2.3", ["replace-members", "replace-work-address", "replace-street-address", "replace-without-path"]],
  ["7644 3.6", ["delete-user", "retrieve-deleted-user"]],
  ["7644 3.7.1", ["circular-references", "query-groups"]],
  ["7644 3.7.2", ["user-and-group", "retrieve-group", "enterprise-manager"]],
  ["7644 3.7.3", ["add-update-remove", "stopped-after-one-error", "all-failed"]],
  ["7644 3.8", ["uri-suffix"]],
  ["7644 3.9", ["retrieve-user-name"]],
  ["7644 3.12", ["not-found", "read-only"]],
  ["7644 3.14", ["create-user", "conditional-retrieval"]],
]);

/** A repair of JSON that the RFC prints broken or shortened. */
export interface Mend {
  readonly sample: string;
  readonly find: string;
  readonly replace: string;
  readonly note: string;
}

/** The repairs, each of which finds its text once in a printed JSON. */
export const mends: readonly Mend[] = [
  {
    sample: "rfc7644-3.4.2.4-first-page-response",
    find: "{\n       ...\n     }",
    replace: "",
    note: "The resources that the RFC leaves out (...) are left out.",
  },
  {
    sample: "rfc7644-3.4.3-search",
    find: "},\n        ...\n",
    replace: "}\n",
    note: "The resources that the RFC leaves out (...) are left out.",
  },
  {
    sample: "rfc7644-3.5.2-patch-structure",
    find: "},\n       ... + additional operations if needed ...\n",
    replace: "}\n",
    note: "The operations that the RFC leaves out (...) are left out.",
  },
  {
    sample: "rfc7644-3.5.2.1-add-without-path",
    find: '"nickname":"Babs"\n     }]',
    replace: '"nickname":"Babs"\n     }}]',
    note: "The RFC forgets the brace that closes value.",
  },
  {
    sample: "rfc7644-3.5.2.2-remove-and-add-member",
    find: 'value eq\\"',
    replace: 'value eq \\"',
    note: "The RFC forgets the space that its grammar wants after eq.",
  },
  {
    sample: "rfc7644-3.5.2.3-replace-without-path",
    find: '"nickname":"Babs"\n     }]',
    replace: '"nickname":"Babs"\n     }}]',
    note: "The RFC forgets the brace that closes value.",
  },
  {
    sample: "rfc7644-3.7.3-add-update-remove",
    find: '"data": {[',
    replace: '"data": {"Operations": [',
    note: "The RFC forgets the name of Operations.",
  },
  ...["stopped-after-one-error", "all-failed"].map((name) => ({
    sample: `rfc7644-3.7.3-${name}`,
    find: '"scimType":"invalidSyntax"\n',
    replace: '"scimType":"invalidSyntax",\n',
    note: "The RFC forgets the comma after scimType.",
  })),
  {
    sample: "rfc7644-3.12-read-only",
    find: '"scimType":"mutability"\n',
    replace: '"scimType":"mutability",\n',
    note: "The RFC forgets the comma after scimType.",
  },
];

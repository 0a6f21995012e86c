/** The dialects in the order in which they apply; each one's work prepares the next one's. */
import { bareExtensionNames } from "./bare-extension-names.ts";
import { bracketedAttributes } from "./bracketed-attributes.ts";
import { createFromFilter } from "./create-from-filter.ts";
import type { Dialect } from "./dialect.ts";
import { displayLabels } from "./display-labels.ts";
import { dottedExtension } from "./dotted-extension.ts";
import { dottedKeys } from "./dotted-keys.ts";
import { emptiedReferences } from "./emptied-references.ts";
import { emptyOperations } from "./empty-operations.ts";
import { emptyStrings } from "./empty-strings.ts";
import { foreignSchemas } from "./foreign-schemas.ts";
import { listOfOne } from "./list-of-one.ts";
import { looseTypes } from "./loose-types.ts";
import { omittedDefaults } from "./omitted-defaults.ts";
import { omittedMembers } from "./omitted-members.ts";
import { opCasing } from "./op-casing.ts";
import { patchSchemas } from "./patch-schemas.ts";
import { qualifiedKeys } from "./qualified-keys.ts";
import { readOnlyKeys } from "./read-only-keys.ts";
import { removeWithValue } from "./remove-with-value.ts";
import { scalarForComplex } from "./scalar-for-complex.ts";
import { singularNames } from "./singular-names.ts";
import { stringBooleans } from "./string-booleans.ts";
import { stringBooleansInFilters } from "./string-booleans-in-filters.ts";
import { stringifiedRoles } from "./stringified-roles.ts";
import { stringifiedValue } from "./stringified-value.ts";
import { unquotedLiterals } from "./unquoted-literals.ts";
import { valuePathFilters } from "./value-path-filters.ts";
import { valuePathKeys } from "./value-path-keys.ts";
import { wrappedValue } from "./wrapped-value.ts";

/**
 * Every dialect there is, in order.
 *
 * To leave one out, filter by name; to add one of your own, append it. An empty list is strict RFC 7644.
 */
export const allDialects: readonly Dialect[] = [
  // The PATCH message and its operations.
  patchSchemas,
  emptyOperations,
  opCasing,
  stringifiedValue,
  readOnlyKeys,
  removeWithValue,
  // Keys that are paths, and names.
  valuePathKeys,
  qualifiedKeys,
  dottedKeys,
  dottedExtension,
  bareExtensionNames,
  singularNames,
  // Whole bodies.
  foreignSchemas,
  listOfOne,
  omittedDefaults,
  omittedMembers,
  // Values: out of their wrapping first, into their type next, then what is empty.
  wrappedValue,
  scalarForComplex,
  stringifiedRoles,
  displayLabels,
  stringBooleans,
  looseTypes,
  emptiedReferences,
  emptyStrings,
  // Filters and value paths.
  stringBooleansInFilters,
  createFromFilter,
  unquotedLiterals,
  valuePathFilters,
  bracketedAttributes,
];

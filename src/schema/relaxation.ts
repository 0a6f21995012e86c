/** Relaxation: the places where a dialect lets the grammar or the name resolution give way. */

/**
 * A rule of the RFC that is read more loosely because an IdP needs it; each is switched on by one dialect.
 *
 * - `unquotedLiterals`: `userName eq jyoung` reads the word as a string (Q17)
 * - `valuePathSubAttribute`: `emails[type eq "work"].value eq "x"` means the same element (Q19); without the
 *   sub-attribute, its `value` (Q20)
 * - `bareExtensionNames`: an extension attribute without its URN, where no core attribute has that name (D17, Q23)
 * - `singularNames`: `email.value` for `emails.value` (Q22)
 * - `dottedExtension`: `urn:…:User.department` for `urn:…:User:department` (D33)
 * - `bracketedAttributes`: `attributes=emails[type eq "work"]` names `emails` (Q27)
 * - `booleanStrings`: `"True"` and `"false"` at boolean attributes in filters (D12)
 * - `createFromFilter`: a PATCH value path that matches nothing creates the element it describes (D10, D11)
 * - `emptyOperations`: a PATCH whose `Operations` is empty changes nothing (D24)
 * - `keepOmittedDefaults`: a PUT without an attribute that has a default leaves the stored value (Q47)
 * - `keepOmittedMembers`: a PUT without `members` leaves them (Q58)
 */
export type Relaxation =
  | "unquotedLiterals"
  | "valuePathSubAttribute"
  | "bareExtensionNames"
  | "singularNames"
  | "dottedExtension"
  | "bracketedAttributes"
  | "booleanStrings"
  | "createFromFilter"
  | "emptyOperations"
  | "keepOmittedDefaults"
  | "keepOmittedMembers";

/** The relaxations in force; empty in strict mode. */
export type Relaxations = ReadonlySet<Relaxation>;

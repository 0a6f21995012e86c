/** Writes that change who is in which group, and who is active, for the property tests. */
import fc from "fast-check";

/** How many users and groups there are. */
export const people = 4;
export const teams = 3;

/** Places in the lists of users and groups. */
export const person = fc.nat(people - 1);
export const team = fc.nat(teams - 1);

/** Groups lie in groups, in circles too. */
export const membershipSteps = [
  fc.record({ kind: fc.constant("join" as const), team, person }),
  fc.record({ kind: fc.constant("leave" as const), team, person }),
  fc.record({ kind: fc.constant("nest" as const), team, inner: team }),
  fc.record({ kind: fc.constant("unnest" as const), team, inner: team }),
  fc.record({ kind: fc.constant("active" as const), person, active: fc.boolean() }),
] as const;

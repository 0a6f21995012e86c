/** `scimkit/testing`: the store contract kit, for hosts to run against their own code. */
export type { Check, StoresUnderTest } from "./check.ts";
export { ContractError } from "./expectation.ts";
export { storeContract } from "./store-contract.ts";
export type { StoreContractOptions } from "./subject.ts";

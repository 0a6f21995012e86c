import type { EngineLine } from "../report/results.ts";
export async function engines(_full: boolean): Promise<EngineLine[]> {
  return [];
}

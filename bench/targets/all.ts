/** Who is measured. */

export interface TargetInfo {
  readonly name: string;
  /** The file in this folder, without its ending. */
  readonly file: string;
  /** Whether quick mode measures it too. */
  readonly quick: boolean;
  /** How many rounds at most: less for those that take seconds for one request. */
  readonly rounds: number;
  /** Scenarios that quick mode leaves out, since one request takes the target seconds. */
  readonly onlyInFull?: readonly string[];
}

/** The yardstick: every ratio is against it. */
export const yardstick = "raw Express";

export const targets: readonly TargetInfo[] = [
  { name: yardstick, file: "raw-express", quick: true, rounds: 99 },
  { name: "scimkit on Express", file: "scimkit-express", quick: true, rounds: 99 },
  { name: "scimkit on Koa", file: "scimkit-koa", quick: false, rounds: 99 },
  { name: "scimkit on node:http", file: "scimkit-node", quick: false, rounds: 99 },
  { name: "raw node:http", file: "raw-node", quick: false, rounds: 99 },
  {
    name: "scimmy on Express",
    file: "scimmy",
    quick: true,
    rounds: 3,
    onlyInFull: [
      "bulk of 1,000 creates",
      "read user beside a bulk of 1,000",
      "add or remove a member, group of 10,000",
      "add or remove a member, group of 100,000",
      "read user beside a read of a group of 100,000",
      "change a member and read the group, of 100",
      "change a member and read the group, of 10,000",
      "read group of 100,000",
      "read group without members, of 100,000",
    ],
  },
];

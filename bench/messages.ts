/** What the processes of a benchmark tell each other. */
import { z } from "zod";

const IdsMessage = z.object({
  users: z.array(z.string()),
  spare: z.array(z.string()),
  groups: z.record(z.string(), z.string()),
  schemasTag: z.string().optional(),
});

/** The driver asks a server. */
export const ServerQuestion = z.discriminatedUnion("ask", [
  /** CPU used so far. */
  z.object({ ask: z.literal("cpu") }),
  /** Starts watching the event loop. */
  z.object({ ask: z.literal("watch") }),
  /** Stops watching, and says how long the loop was blocked at most. */
  z.object({ ask: z.literal("delay") }),
  /** Gives a target without schemas of its own the document to serve. */
  z.object({ ask: z.literal("schemas"), document: z.unknown() }),
  /** Runs a scenario in process, without HTTP. */
  z.object({ ask: z.literal("handle"), scenario: z.string(), milliseconds: z.number() }),
]);
export type ServerQuestion = z.infer<typeof ServerQuestion>;

/** A server is ready. Bytes of heap per user, where it was asked to measure; else 0. */
export const Ready = z.object({
  port: z.number(),
  ids: IdsMessage,
  bytesPerUser: z.number(),
});
export type Ready = z.infer<typeof Ready>;

/** Any amount: microseconds of CPU, milliseconds of delay. */
export const Amount = z.object({ amount: z.number() });

/** The driver asks the load client. */
export const LoadQuestion = z.discriminatedUnion("ask", [
  /** Sends requests of a scenario. */
  z.object({
    ask: z.literal("load"),
    port: z.number(),
    ids: IdsMessage,
    scenario: z.string(),
    /** How many connections at most; the scenario may say less. */
    connections: z.number(),
    /** How long to send requests. */
    milliseconds: z.number(),
    /** Stop after so many requests, even when there is time left. */
    most: z.number(),
    /** Whether to look at every answer, instead of at its status alone. */
    check: z.boolean(),
  }),
  /** Deletes what the requests so far have created. */
  z.object({ ask: z.literal("clean"), port: z.number() }),
]);
export type LoadQuestion = z.infer<typeof LoadQuestion>;

/** What the load client saw. Latencies in milliseconds. */
export const LoadReport = z.object({
  requests: z.number(),
  seconds: z.number(),
  p50: z.number(),
  p99: z.number(),
  max: z.number(),
  /** What was wrong with the first wrong answer; empty when all were right. */
  wrong: z.string(),
});
export type LoadReport = z.infer<typeof LoadReport>;

/** A process of the benchmark: pinned to a core, asked one question at a time. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import type { z } from "zod";

/** Whether processes can be pinned here: Linux with util-linux, and a core each for server and client. */
const canPin = spawnSync("taskset", ["-c", "0,1", process.execPath, "--version"]).status === 0;

export interface PeerOptions {
  /** The core to run on, 0 or 1; ignored where processes cannot be pinned. */
  readonly core: number;
  /** Arguments for node itself, before the file. */
  readonly nodeArguments?: readonly string[];
}

export class Peer {
  private readonly child: ChildProcess;
  private readonly name: string;

  constructor(name: string, file: string, fileArguments: readonly string[], options: PeerOptions) {
    const node = [...(options.nodeArguments ?? []), file, ...fileArguments];
    const [command, commandArguments] = canPin
      ? ["taskset", ["-c", String(options.core), process.execPath, ...node]]
      : [process.execPath, node];
    this.name = name;
    this.child = spawn(command, commandArguments, {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      env: { ...process.env, NODE_ENV: "production" },
    });
  }

  /** The next message, read as `shape`. */
  next<Shape extends z.ZodType>(shape: Shape): Promise<z.output<Shape>> {
    return new Promise((resolve, reject) => {
      const onExit = (code: number | null): void => reject(new Error(`${this.name} ended with code ${code}`));
      this.child.once("exit", onExit);
      this.child.once("message", (message) => {
        this.child.off("exit", onExit);
        const read = shape.safeParse(message);
        if (read.success) resolve(read.data);
        else reject(new Error(`${this.name} answered ${JSON.stringify(message).slice(0, 200)}`));
      });
    });
  }

  /** Sends a question and waits for its answer. */
  ask<Shape extends z.ZodType>(question: object, shape: Shape): Promise<z.output<Shape>> {
    const answer = this.next(shape);
    this.child.send(question);
    return answer;
  }

  stop(): void {
    this.child.kill();
  }

  /** Lets the process end by itself, with all that it still has to write. */
  leave(): Promise<void> {
    return new Promise((resolve) => {
      this.child.once("exit", () => resolve());
      this.child.disconnect();
    });
  }
}

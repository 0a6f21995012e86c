/** HTTP/1.1 on the wire, as little as a load client needs: a request as bytes, answers out of chunks. RFC 9112. */

/** One request of a scenario; the path lies below `/scim/v2`. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly head: string;
  /** Empty unless bodies are kept. */
  readonly body: string;
  /** Bytes of body. */
  readonly size: number;
}

/** The request's bytes. */
export function encode({ method, path, body, headers }: Exchange, port: number): string {
  let text = `${method} /scim/v2${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer bench\r\nAccept: application/scim+json\r\n`;
  for (const name in headers) text += `${name}: ${headers[name]}\r\n`;
  if (body === undefined) return `${text}\r\n`;
  return `${text}Content-Type: application/scim+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

const endOfHead = Buffer.from("\r\n\r\n");
const endOfLine = Buffer.from("\r\n");
const lengthPattern = /\r\ncontent-length: *(\d+)/i;
const chunkedPattern = /\r\ntransfer-encoding: *chunked/i;

/** Takes one connection's bytes and calls back for each complete answer. */
export class AnswerReader {
  private readonly done: (answer: Answer) => void;
  private readonly keep: () => boolean;
  private pending: Buffer = Buffer.alloc(0);
  private status = 0;
  private head = "";
  private chunked = false;
  /** Bytes of the body, or of the current chunk with its line end, still to come. */
  private left = 0;
  private size = 0;
  private inBody = false;
  private readonly kept: Buffer[] = [];

  constructor(done: (answer: Answer) => void, keep: () => boolean) {
    this.done = done;
    this.keep = keep;
  }

  take(bytes: Buffer): void {
    let rest = this.pending.length === 0 ? bytes : Buffer.concat([this.pending, bytes]);
    while (rest.length > 0) {
      const used = this.inBody ? this.takeBody(rest) : this.takeHead(rest);
      if (used === 0) break;
      rest = rest.subarray(used);
    }
    this.pending = rest;
  }

  private takeHead(bytes: Buffer): number {
    const end = bytes.indexOf(endOfHead);
    if (end === -1) return 0;
    this.head = bytes.toString("latin1", 0, end);
    this.status = Number(this.head.slice(9, 12));
    this.chunked = chunkedPattern.test(this.head);
    this.left = Number(lengthPattern.exec(this.head)?.[1] ?? 0);
    this.size = 0;
    if (this.chunked || this.left > 0) this.inBody = true;
    else this.finish();
    return end + 4;
  }

  private takeBody(bytes: Buffer): number {
    if (this.chunked && this.left === 0) return this.takeChunkHead(bytes);
    const used = Math.min(this.left, bytes.length);
    if (this.keep()) this.kept.push(bytes.subarray(0, used));
    this.size += used;
    this.left -= used;
    if (this.left === 0 && !this.chunked) this.finish();
    return used;
  }

  /** `1f40` and its line end; the line end after the chunk before it counts as part of this line. */
  private takeChunkHead(bytes: Buffer): number {
    const start = bytes[0] === 13 ? 2 : 0;
    const end = bytes.indexOf(endOfLine, start);
    if (end === -1) return 0;
    const length = Number.parseInt(bytes.toString("latin1", start, end), 16);
    if (length > 0) {
      this.left = length;
      return end + 2;
    }
    if (bytes.length < end + 4) return 0;
    this.finish();
    return end + 4;
  }

  private finish(): void {
    this.inBody = false;
    const body = this.kept.length === 0 ? "" : Buffer.concat(this.kept).toString();
    this.kept.length = 0;
    this.done({ status: this.status, head: this.head, body, size: this.size });
  }
}

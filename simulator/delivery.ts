import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { createGzip, gzipSync } from "node:zlib";

import type { DeliveryFault } from "./faults";
import type { Reply } from "./reply";

const silentKinds: readonly (DeliveryFault["kind"] | undefined)[] = [
  "resetBeforeHeaders",
  "resetDuringHeaders",
  "neverAnswer",
];

/** Whether a fault of this kind leaves the client without an answer's head. */
export function isSilent(fault: DeliveryFault | undefined): boolean {
  return silentKinds.includes(fault?.kind);
}

/** Waits without keeping the process alive; what matters is what becomes of the socket. */
export async function pause(delayMs: number): Promise<void> {
  if (delayMs > 0) await sleep(delayMs, undefined, { ref: false });
}

/** Sends a reply, as well as the fault lets it. */
export async function deliver(
  response: ServerResponse,
  reply: Reply,
  gzip: boolean,
  fault: DeliveryFault | undefined,
): Promise<void> {
  const whole = gzip ? gzipSync(reply.body) : Buffer.from(reply.body);
  const headers = gzip ? { ...reply.headers, "content-encoding": "gzip" } : reply.headers;
  const half = whole.subarray(0, Math.floor(whole.length / 2));
  const begin = (length: number) =>
    response.writeHead(reply.status, { ...headers, "content-length": length });

  switch (fault?.kind) {
    case undefined:
      begin(whole.length).end(whole);
      return;
    case "neverAnswer":
      return;
    case "resetBeforeHeaders":
      response.socket?.resetAndDestroy();
      return;
    case "resetDuringHeaders":
      response.socket?.write("HTTP/1.1 200 OK\r\ncontent-ty", () => response.destroy());
      return;
    case "resetDuringBody":
      // Not a reset in TCP's sense: that would also discard the half that is on its way.
      begin(whole.length).write(half, () => response.destroy());
      return;
    case "truncatedJson":
      begin(half.length).end(half);
      return;
    case "emptyBody":
      begin(0).end();
      return;
    case "slowFirstByte":
      await pause(fault.delayMs);
      if (!response.destroyed) begin(whole.length).end(whole);
      return;
    case "slowBody":
      await dribble(begin(whole.length), whole, fault.bytes, fault.delayMs);
      return;
    case "hugeBody":
      response.writeHead(reply.status, reply.headers);
      await pour(response, Readable.from(padded(reply.body, fault.bytes)));
      return;
    case "gzipBomb":
      response.writeHead(reply.status, { ...reply.headers, "content-encoding": "gzip" });
      await pour(
        response,
        Readable.from(padded(reply.body, fault.bytes)).pipe(createGzip({ level: 1 })),
      );
      return;
  }
}

async function dribble(
  response: ServerResponse,
  whole: Buffer,
  bytes: number,
  delayMs: number,
): Promise<void> {
  response.flushHeaders();
  for (let at = 0; at < whole.length; at += bytes) {
    await pause(delayMs);
    if (response.destroyed) return;
    response.write(whole.subarray(at, at + bytes));
  }
  response.end();
}

/** The body, then spaces: still JSON, so a client without a limit takes all of it. */
function* padded(body: string, bytes: number): Generator<Buffer> {
  const start = Buffer.from(body);
  yield start;
  const spaces = Buffer.alloc(64 * 1024, " ");
  for (let left = bytes - start.length; left > 0; left -= spaces.length) {
    yield spaces.subarray(0, Math.min(left, spaces.length));
  }
}

async function pour(response: ServerResponse, source: NodeJS.ReadableStream): Promise<void> {
  try {
    await pipeline(source, response);
  } catch (error) {
    // A client that hangs up is what this fault is there to provoke.
    if (!response.destroyed) throw error;
  }
}

import assert from "node:assert/strict";
import { createServer, type AddressInfo } from "node:net";
import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { BackupsError, NoQualifyingBackupError } from "../../provider";
import { getBackupLookup, getBackupsLookup } from "../../provider/lookups";
import { createReader, type Reader } from "../../provider/reader";
import { connectionTo } from "../support/connection";
import { closeAfterTest, serveScript } from "../support/scriptedServer";
import { answers } from "./answers";
import { readerOf } from "./readers";
import { runs, timeFor } from "./runs";

/** What a call gives; undefined for one of the documented errors. */
async function outcomeOf<T>(call: () => Promise<T>): Promise<T | undefined> {
  const startedAt = performance.now();
  try {
    return await call();
  } catch (error) {
    assert.ok(error instanceof BackupsError, inspect(error));
    assert.ok(error.message.length < 5000, `too long: ${error.message}`);
    return undefined;
  } finally {
    const ms = performance.now() - startedAt;
    assert.ok(ms < 5000, `took ${ms} ms`);
  }
}

interface SentRow {
  readonly BackupId: string;
  readonly Status: string;
}

interface SentPage {
  readonly Backups: readonly SentRow[] | null | undefined;
  readonly TotalCount?: number | string | null;
  readonly NextToken?: string | null;
}

const list = (reader: Reader) => getBackupsLookup.perform(reader, {}, false);

describe("whatever the service answers", () => {
  it("is a whole list, nothing lost and nothing invented, or a documented error", async function () {
    this.timeout(timeFor(20));
    const seen = { lists: 0, errors: 0 };
    await fc.assert(
      fc.asyncProperty(answers, async (body) => {
        const result = await outcomeOf(() => list(readerOf(() => body)));

        if (result === undefined) {
          seen.errors += 1;
          return;
        }
        seen.lists += 1;
        const page = JSON.parse(body) as SentPage;
        const rows = page.Backups ?? [];
        const sent = new Set(rows.map(({ BackupId }) => BackupId));
        assert.deepEqual(new Set(result.ids), sent);
        assert.equal(result.ids.length, sent.size);
        assert.ok(Number(page.TotalCount ?? sent.size) === sent.size);
        assert.equal(page.NextToken ?? "", "");
      }),
      runs(1500),
    );
    assert.ok(seen.lists > 0 && seen.errors > 0, inspect(seen));
  });

  it("lets a gate pass with a Created backup that was in it, or not at all", async function () {
    this.timeout(timeFor(20));
    const seen = { passes: 0, refusals: 0, errors: 0 };
    const args = { serviceInstanceId: "si-1", maxAge: "24h" };
    await fc.assert(
      fc.asyncProperty(answers, async (body) => {
        const reader = readerOf(() => body);
        const found = await outcomeOf(() =>
          getBackupLookup.perform(reader, args, false).catch((error: unknown) => {
            seen[error instanceof NoQualifyingBackupError ? "refusals" : "errors"] += 1;
            throw error;
          }),
        );

        if (found === undefined) return;
        seen.passes += 1;
        assert.equal(found.status, "Created");
        const { Backups } = JSON.parse(body) as SentPage;
        const isSent = ({ BackupId, Status }: SentRow) =>
          BackupId === found.backupId && Status === "Created";
        assert.ok(Backups?.some(isSent));
      }),
      runs(1000),
    );
    assert.ok(seen.passes > 0 && seen.refusals > 0 && seen.errors > 0, inspect(seen));
  });

  it("in any bytes, packing and status, over a socket", async function () {
    this.timeout(timeFor(20));
    let next: { status: number; headers: Record<string, string>; data: Uint8Array };
    const server = await serveScript((_, response) => {
      response.writeHead(next.status, next.headers).end(next.data);
    });
    const connection = connectionTo(server.url, { retryBudgetMs: 10 });
    const silent = { warn: () => undefined, progress: () => undefined };
    const headers = fc.record(
      {
        "content-type": fc.constantFrom("application/json", "text/html", "text/xml", ";"),
        "content-encoding": fc.constantFrom("gzip", "br", "deflate", "zstd", "identity"),
        "retry-after": fc.constantFrom("0", "1", "99999999999", "soon"),
        date: fc.constantFrom("never", "Thu, 01 Jan 1970 00:00:00 GMT"),
        location: fc.constantFrom("http://127.0.0.1:1/", "/"),
      },
      { requiredKeys: [] },
    );
    const data = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      answers.map((text) => Buffer.from(text)),
      answers.map((text) => gzipSync(text)),
      fc
        .constantFrom("<Error><Code>X</Code>", "<Code>".repeat(999), "{")
        .map((s) => Buffer.from(s)),
    );
    const status = fc.constantFrom(200, 200, 200, 204, 301, 304, 400, 403, 404, 429, 500, 503, 999);
    await fc.assert(
      fc.asyncProperty(status, headers, data, async (code, named, bytes) => {
        next = { status: code, headers: named, data: bytes };
        const result = await outcomeOf(() => list(createReader(connection, undefined, silent)));

        if (result !== undefined) assert.equal(code, 200);
      }),
      runs(250),
    );
  });

  it("even if it is no HTTP", async function () {
    this.timeout(timeFor(20));
    let next: Uint8Array;
    const server = createServer((socket) => {
      socket.on("error", () => undefined).once("data", () => socket.end(next));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closeAfterTest(
      () =>
        new Promise((resolve) =>
          server.close(() => {
            resolve();
          }),
        ),
    );
    const { port } = server.address() as AddressInfo;
    const connection = connectionTo(`http://127.0.0.1:${port}`, { retryBudgetMs: 5 });
    const silent = { warn: () => undefined, progress: () => undefined };
    const heads = ["HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n", "HTTP/9"];
    const chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffffff\r\n{";
    const data = fc
      .tuple(fc.constantFrom("", chunked, ...heads), fc.uint8Array({ maxLength: 100 }))
      .map(([head, rest]) => Buffer.concat([Buffer.from(head), rest]));
    await fc.assert(
      fc.asyncProperty(data, async (bytes) => {
        next = bytes;
        const call = () => list(createReader(connection, undefined, silent));
        assert.equal(await outcomeOf(call), undefined);
      }),
      runs(100),
    );
  });
});

import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";

import type { Fault } from "../../simulator";
import { backups, simulate } from "./running";
import { openCall, signedCall } from "./signedCall";

const broken = (...faults: Fault[]) => simulate({ backups: backups(5), faults });
const plainLength = async () => (await signedCall(await broken())).bytes.length;

describe("delivery faults", () => {
  it("resetBeforeHeaders: the client sees a reset connection, the log no status", async () => {
    const simulator = await broken({ kind: "resetBeforeHeaders" });

    await assert.rejects(signedCall(simulator), { code: "ECONNRESET" });

    assert.deepEqual(
      simulator.requests.map(({ status, faults }) => [status, faults]),
      [[undefined, ["resetBeforeHeaders"]]],
    );
  });

  it("resetDuringHeaders: the connection ends before the headers do, the log has no status", async () => {
    const simulator = await broken({ kind: "resetDuringHeaders" });

    await assert.rejects(signedCall(simulator), { code: "ECONNRESET" });

    assert.deepEqual(
      simulator.requests.map(({ status, faults }) => [status, faults]),
      [[undefined, ["resetDuringHeaders"]]],
    );
  });

  it("resetDuringBody: half of the body comes, then the connection ends", async () => {
    const simulator = await broken({ kind: "resetDuringBody" });
    const response = await openCall(simulator);
    let received = 0;
    response.on("data", (chunk: Buffer) => (received += chunk.length));

    const error = await new Promise((resolve) => response.on("error", resolve));

    assert.equal((error as NodeJS.ErrnoException).code, "ECONNRESET");
    const announced = Number(response.headers["content-length"]);
    assert.equal(announced, await plainLength());
    assert.equal(received, Math.floor(announced / 2));
  });

  it("truncatedJson: half of the body comes as if it were the whole", async () => {
    const simulator = await broken({ kind: "truncatedJson" });

    const { status, headers, bytes, json } = await signedCall(simulator);

    assert.equal(status, 200);
    assert.equal(bytes.length, Math.floor((await plainLength()) / 2));
    assert.equal(headers["content-length"], String(bytes.length));
    assert.equal(json, undefined);
  });

  it("emptyBody: a good status and nothing else", async () => {
    const simulator = await broken({ kind: "emptyBody" });

    const { status, headers, text } = await signedCall(simulator);

    assert.deepEqual([status, headers["content-length"], text], [200, "0", ""]);
  });

  it("slowFirstByte: even the headers wait", async () => {
    const simulator = await broken({ kind: "slowFirstByte", delayMs: 40 });

    const started = performance.now();
    const response = await openCall(simulator);
    const waited = performance.now() - started;
    response.resume();

    assert.ok(waited >= 38, `${waited} ms`);
  });

  it("slowBody: the headers come at once, the body drop by drop", async () => {
    const bytes = Math.ceil((await plainLength()) / 4);
    const simulator = await broken({ kind: "slowBody", bytes, delayMs: 15 });
    const response = await openCall(simulator);
    const started = performance.now();
    const chunks: Buffer[] = [];

    for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);

    assert.ok(performance.now() - started >= 50);
    assert.ok(chunks.length > 1);
    const json = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
    assert.equal(json["TotalCount"], 5);
  });

  it("neverAnswer: the connection stays open and silent, and close ends it", async () => {
    const simulator = await broken({ kind: "neverAnswer" });
    const outcome = signedCall(simulator).then(
      () => "answered",
      (error: unknown) => (error as NodeJS.ErrnoException).code,
    );
    while (simulator.requests.length === 0) await new Promise(setImmediate);

    const early = await Promise.race([outcome, new Promise((r) => setTimeout(r, 30, "silent"))]);
    await simulator.close();

    assert.equal(early, "silent");
    assert.equal(await outcome, "ECONNRESET");
  });

  it("hugeBody: good JSON of any length, streamed without announcing it", async () => {
    const simulator = await broken({ kind: "hugeBody", bytes: 5_000_000 });

    const { headers, bytes, json } = await signedCall(simulator);

    assert.equal(bytes.length, 5_000_000);
    assert.equal(headers["content-length"], undefined);
    assert.equal(json?.["TotalCount"], 5);
  });

  it("hugeBody: is no error when the client has had enough", async () => {
    const simulator = await broken({ kind: "hugeBody", bytes: 50_000_000 });
    const response = await openCall(simulator);

    response.destroy();

    assert.equal((await signedCall(simulator)).status, 200);
  });

  it("gzipBomb: little on the wire, much when unpacked", async () => {
    const simulator = await broken({ kind: "gzipBomb", bytes: 10_000_000 });

    const { headers, bytes } = await signedCall(simulator);

    assert.equal(headers["content-encoding"], "gzip");
    assert.ok(bytes.length < 100_000, `${bytes.length} bytes`);
    assert.equal(gunzipSync(bytes).length, 10_000_000);
  });

  it("gzip: the answer packed, unasked, and a patched one as well", async () => {
    const simulator = await broken({ kind: "gzip" }, { kind: "page", patch: { TotalCount: 9 } });

    const { headers, bytes } = await signedCall(simulator);

    assert.equal(headers["content-encoding"], "gzip");
    const json = JSON.parse(gunzipSync(bytes).toString()) as Record<string, unknown>;
    assert.equal(json["TotalCount"], 9);
  });

  it("noDate: any answer without its Date", async () => {
    const simulator = await broken({ kind: "noDate", times: 2 }, { kind: "throttle" });

    const throttled = await signedCall(simulator);
    const good = await signedCall(simulator);
    const dated = await signedCall(simulator);

    assert.deepEqual([throttled.status, throttled.headers.date], [400, undefined]);
    assert.deepEqual([good.status, good.headers.date], [200, undefined]);
    assert.notEqual(dated.headers.date, undefined);
  });

  it("wrongDate: any answer with another Date", async () => {
    const simulator = await broken(
      { kind: "wrongDate", date: "soon", times: 2 },
      { kind: "throttle" },
    );

    const throttled = await signedCall(simulator);
    const good = await signedCall(simulator);

    assert.deepEqual([throttled.status, throttled.headers.date], [400, "soon"]);
    assert.deepEqual([good.status, good.headers.date], [200, "soon"]);
    assert.deepEqual(
      simulator.requests.map(({ faults }) => faults),
      [["throttle", "wrongDate"], ["wrongDate"]],
    );
  });
});

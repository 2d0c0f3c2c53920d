import assert from "node:assert/strict";
import { once } from "node:events";
import { Agent } from "node:http";
import { connect } from "node:net";

import { defaultAccessKeyId, defaultAccessKeySecret, startSimulator } from "../../simulator";
import { backups, simulate } from "./running";
import { openCall, signedCall } from "./signedCall";

const nowMs = Date.parse("2026-01-02T03:04:05Z");

describe("startSimulator", () => {
  it("tells where it listens and whom it knows", async () => {
    const simulator = await simulate();
    const { url, host, port } = simulator;

    assert.equal(url, `http://127.0.0.1:${port}`);
    assert.equal(host, `127.0.0.1:${port}`);
    assert.equal(simulator.accessKeyId, defaultAccessKeyId);
    assert.equal(simulator.accessKeySecret, defaultAccessKeySecret);
    assert.equal(simulator.securityToken, undefined);
  });

  it("takes the port it is given, and fails if that is in use", async () => {
    const { port } = await simulate();

    await assert.rejects(startSimulator({ port }), { code: "EADDRINUSE" });
  });

  it("logs every request with what became of it, and no secret", async () => {
    const simulator = await simulate({ securityToken: "the token", clock: () => nowMs });

    const { json } = await signedCall(simulator, {
      atMs: nowMs,
      query: { MaxResults: "0" },
      headers: { "user-agent": "test" },
      nonce: "n0nce",
    });

    const [record] = simulator.requests;
    assert.deepEqual(record, {
      atMs: nowMs,
      method: "POST",
      action: "ListBackups",
      parameters: { MaxResults: "0" },
      headers: {
        host: simulator.host,
        "x-acs-action": "ListBackups",
        "x-acs-version": "2021-06-01",
        "x-acs-date": "2026-01-02T03:04:05Z",
        "x-acs-signature-nonce": "n0nce",
        "x-acs-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "x-acs-security-token": "***",
        "user-agent": "test",
        authorization: "***",
        connection: "close",
        "content-length": "0",
      },
      page: 1,
      status: 400,
      code: "InvalidParameter.MaxResults",
      requestId: json?.["RequestId"],
      faults: [],
    });
  });

  it("logs the page asked for", async () => {
    const simulator = await simulate({ backups: backups(50) });
    const first = await signedCall(simulator);

    await signedCall(simulator, { query: { NextToken: String(first.json?.["NextToken"]) } });
    await signedCall(simulator, { query: { NextToken: "nonsense" } });
    await signedCall(simulator, { action: "GetBackup", query: { BackupId: "backup-1" } });

    assert.deepEqual(
      simulator.requests.map(({ page }) => page),
      [1, 2, undefined, undefined],
    );
  });

  it("keeps the newest requests, as many as it is told to", async () => {
    const simulator = await simulate({ keepRequests: 2 });

    for (const nonce of ["a", "b", "c"]) await signedCall(simulator, { nonce });

    assert.deepEqual(
      simulator.requests.map(({ headers }) => headers["x-acs-signature-nonce"]),
      ["b", "c"],
    );
    simulator.clearRequests();
    assert.deepEqual(simulator.requests, []);
  });

  it("dates its answers by its clock, refusals too", async () => {
    const simulator = await simulate({ clock: () => nowMs });

    const good = await signedCall(simulator, { atMs: nowMs });
    const refused = await signedCall(simulator, { atMs: 0 });

    assert.equal(good.headers.date, "Fri, 02 Jan 2026 03:04:05 GMT");
    assert.equal(refused.headers.date, "Fri, 02 Jan 2026 03:04:05 GMT");
  });

  it("waits before every answer when it has a latency", async () => {
    const simulator = await simulate({ latencyMs: 40 });

    const started = performance.now();
    await signedCall(simulator);

    assert.ok(performance.now() - started >= 38);
  });

  it("lets a hook change the backups between two pages, which a page token survives", async () => {
    const simulator = await simulate({
      backups: backups(4),
      onRequest({ page }, running) {
        if (page === 2) running.setBackups(running.backups.slice(1));
      },
    });
    const query = { MaxResults: "2" };

    const first = await signedCall(simulator, { query });
    const token = String(first.json?.["NextToken"]);
    const second = await signedCall(simulator, { query: { ...query, NextToken: token } });

    assert.deepEqual(second.json?.["Backups"], backups(4).slice(3));
    assert.equal(second.json["TotalCount"], 3);
    assert.equal(simulator.backups.length, 3);
  });

  it("waits for a hook, and asks it about correctly signed requests only", async () => {
    const seen: (number | undefined)[] = [];
    const simulator = await simulate({
      async onRequest({ status }, running) {
        await new Promise(setImmediate);
        seen.push(status);
        running.setRestoreTasks([{ RestoreTaskId: "restore-1" }]);
      },
    });

    await signedCall(simulator, { accessKeySecret: "wrong" });
    const { json } = await signedCall(simulator, { action: "ListRestoreTasks" });

    assert.deepEqual(seen, [undefined]);
    assert.deepEqual(json?.["RestoreTasks"], simulator.restoreTasks);
  });

  it("lets a hook that throws be seen, and does not leave the client waiting", async () => {
    const simulator = await simulate({
      onRequest() {
        throw new Error("a mistake in a test");
      },
    });
    // mocha's own listeners would fail this test for what it is about.
    const listeners = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection");
    const unhandled = new Promise((resolve) => process.once("unhandledRejection", resolve));

    await assert.rejects(signedCall(simulator), { code: "ECONNRESET" });
    const error = await unhandled;

    for (const listener of listeners) process.on("unhandledRejection", listener);
    assert.equal((error as Error).message, "a mistake in a test");
  });

  it("takes no notice of a client that hangs up in the middle of a request", async () => {
    const simulator = await simulate();
    const socket = connect(simulator.port, "127.0.0.1");
    socket.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nhalf");
    await once(socket, "connect");
    await new Promise((resolve) => setTimeout(resolve, 20));

    socket.destroy();

    assert.equal((await signedCall(simulator)).status, 200);
    assert.equal(simulator.requests.length, 1);
  });

  it("answers one request after the other on one connection", async () => {
    const simulator = await simulate();
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const sockets = new Set<unknown>();

    for (let n = 0; n < 5; n += 1) {
      const response = await openCall(simulator, { agent });
      sockets.add(response.socket);
      await response.toArray();
    }

    assert.equal(sockets.size, 1);
    agent.destroy();
  });

  it("answers many connections at once", async () => {
    const simulator = await simulate({ backups: backups(100) });

    const answers = await Promise.all(Array.from({ length: 200 }, () => signedCall(simulator)));

    assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([200]));
    assert.equal(simulator.requests.length, 200);
  });

  it("ends at once, open connections included, however often it is told to", async () => {
    const simulator = await startSimulator();
    const agent = new Agent({ keepAlive: true });
    const response = await openCall(simulator, { agent });
    response.resume();
    const closed = new Promise((resolve) => response.socket.on("close", resolve));

    await Promise.all([simulator.close(), simulator.close()]);
    await simulator.close();

    await closed;
    await assert.rejects(signedCall(simulator), { code: "ECONNREFUSED" });
    agent.destroy();
  });

  it("pages through 20,000 backups of one instance, each of them once", async () => {
    const simulator = await simulate({ backups: backups(20_000) });
    const agent = new Agent({ keepAlive: true });
    const filter = { "Filter.1.Name": "ServiceInstanceId", "Filter.1.Value.1": "si-1" };
    const ids: unknown[] = [];
    let token = "";

    do {
      const query = { ...filter, MaxResults: "100", NextToken: token };
      const page = (await signedCall(simulator, { agent, query })).json ?? {};
      ids.push(...(page["Backups"] as { BackupId: string }[]).map(({ BackupId }) => BackupId));
      token = String(page["NextToken"]);
    } while (token !== "");
    agent.destroy();

    assert.deepEqual(
      ids,
      simulator.backups.map(({ BackupId }) => BackupId),
    );
    assert.equal(simulator.requests.length, 200);
  });
});

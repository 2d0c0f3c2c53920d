// What Alibaba Cloud's own HTTP stack cannot do: the limits that README lists beside the setting.

import assert from "node:assert/strict";
import { createIdentitySource } from "../../provider/client/credentials";
import { createOpenApiTransport } from "../../provider/client/openApiTransport";
import { TransportError } from "../../provider/client/transport";
import type { Connection } from "../../provider/settings/connection";
import type { Fault } from "../../simulator";
import { wireRows } from "../support/backups";
import { connectionTo, planted } from "../support/connection";
import { refuse } from "../support/network";
import { serve } from "../support/service";

const list = { action: "ListBackups", query: {} };

/** Asks a service with these faults once. */
function ask(...faults: Fault[]) {
  return askWith({}, ...faults);
}

async function askWith(fields: Partial<Connection>, ...faults: Fault[]) {
  return (await sending(fields, ...faults))();
}

async function sending(fields: Partial<Connection>, ...faults: Fault[]) {
  const service = await serve({
    backups: wireRows(3),
    accessKeyId: planted.accessKey,
    accessKeySecret: planted.secretKey,
    faults,
  });
  const connection = connectionTo(service.url, fields);
  const identities = createIdentitySource(connection.credentials);
  const transport = createOpenApiTransport(connection, identities, "test");
  return () => transport.send(list, undefined);
}

/** There was an answer, but all that is left of it is this. */
const lost = (message: RegExp) => (error: unknown) =>
  error instanceof TransportError && error.retryable && message.test(error.message);

describe("the transport openapi-client", () => {
  it("loses how long a throttle asks to wait", async () => {
    const { status, headers } = await ask({ kind: "throttle", retryAfterMs: 700 });

    assert.deepEqual([status, headers["x-acs-retry-after"]], [400, undefined]);
  });

  it("loses the status of an answer in HTML", async () => {
    const page: Fault = { kind: "status", status: 502, body: "<html>", contentType: "text/html" };

    await assert.rejects(ask(page), lost(/^the answer is not JSON$/));
  });

  it("cannot tell a redirect from an answer cut short", async () => {
    const redirect: Fault = { kind: "redirect", location: "http://127.0.0.1:1/" };

    await assert.rejects(ask(redirect), lost(/^the answer is not JSON$/));
  });

  it("does not understand gzip", async () => {
    await assert.rejects(ask({ kind: "gzip" }), lost(/^the answer is not JSON$/));
  });

  it("cannot tell an answer without a body from one cut short", async () => {
    const none: Fault = { kind: "status", status: 204, body: "" };

    await assert.rejects(ask(none), lost(/^the answer is not JSON$/));
  });

  it("rejects truncated JSON", async () => {
    await assert.rejects(ask({ kind: "truncatedJson" }), lost(/^the answer is not JSON$/));
  });

  it("gives up an answer that trickles, though the client would wait for ever", async () => {
    // The client's timer of the first request ends that of the second, on the same connection.
    const trickle: Fault = { kind: "slowBody", bytes: 1, delayMs: 5, on: { request: 2 } };
    const send = await sending({ readTimeoutMs: 60 }, trickle);
    await send();

    await assert.rejects(send(), lost(/^the answer was not complete within 600 ms$/));
  });

  it("tells a timeout without the address and what was asked for", async () => {
    for (const readTimeoutMs of [30, 2000]) {
      await assert.rejects(
        askWith({ readTimeoutMs, connectTimeoutMs: 60 }, { kind: "neverAnswer" }),
        lost(/^no answer in time \(clientConnectTimeout, clientReadTimeout\)$/),
      );
    }
  });

  it("tells a broken connection without the address", async () => {
    await assert.rejects(ask({ kind: "resetDuringHeaders" }), lost(/^socket hang up$/));
  });

  it("knows that a peer that speaks no TLS stays so", async () => {
    const { url } = await serve();
    const connection = connectionTo(url.replace("http:", "https:"));
    const identities = createIdentitySource(connection.credentials);

    await assert.rejects(
      createOpenApiTransport(connection, identities, "test").send(list, undefined),
      (error) =>
        error instanceof TransportError &&
        !error.retryable &&
        error.message === "no TLS connection: wrong version number",
    );
  });

  it("knows that a host without a name stays so", async () => {
    refuse("nowhere.example", "ENOTFOUND", "getaddrinfo ENOTFOUND nowhere.example");
    const connection = connectionTo("https://nowhere.example");
    const identities = createIdentitySource(connection.credentials);

    await assert.rejects(
      createOpenApiTransport(connection, identities, "test").send(list, undefined),
      (error) =>
        error instanceof TransportError &&
        !error.retryable &&
        error.message === "getaddrinfo ENOTFOUND nowhere.example",
    );
  });
});

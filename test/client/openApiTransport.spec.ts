// What Alibaba Cloud's own HTTP stack cannot do: the limits that README lists beside the setting.

import assert from "node:assert/strict";
import { createIdentitySource } from "../../provider/client/credentials";
import { createOpenApiTransport } from "../../provider/client/openApiTransport";
import { TransportError } from "../../provider/client/transport";
import type { Fault } from "../../simulator";
import { wireRows } from "../support/backups";
import { connectionTo, planted } from "../support/connection";
import { serve } from "../support/service";

const list = { action: "ListBackups", query: {} };

/** Asks a service with these faults once. */
async function ask(...faults: Fault[]) {
  const service = await serve({
    backups: wireRows(3),
    accessKeyId: planted.accessKey,
    accessKeySecret: planted.secretKey,
    faults,
  });
  const connection = connectionTo(service.url);
  const identities = createIdentitySource(connection.credentials);
  return createOpenApiTransport(connection, identities, "test").send(list, undefined);
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

    await assert.rejects(ask(page), lost(/Unexpected token/));
  });

  it("cannot tell a redirect from an answer cut short", async () => {
    const redirect: Fault = { kind: "redirect", location: "http://127.0.0.1:1/" };

    await assert.rejects(ask(redirect), lost(/Unexpected end of JSON input/));
  });

  it("does not understand gzip", async () => {
    await assert.rejects(ask({ kind: "gzip" }), lost(/Unexpected token/));
  });

  it("cannot tell an answer without a body from one cut short", async () => {
    const none: Fault = { kind: "status", status: 204, body: "" };

    await assert.rejects(ask(none), lost(/Unexpected end of JSON input/));
  });

  it("rejects truncated JSON", async () => {
    await assert.rejects(ask({ kind: "truncatedJson" }), lost(/JSON/));
  });
});

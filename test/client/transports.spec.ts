// One contract for everything that carries requests; what only one of them promises is in its own
// spec.

import assert from "node:assert/strict";
import { classify } from "../../provider/client/failures";
import { createIdentitySource } from "../../provider/client/credentials";
import { systemClock } from "../../provider/client/clock";
import { createOpenApiTransport } from "../../provider/client/openApiTransport";
import { TransportError, type Transport } from "../../provider/client/transport";
import { createUndiciTransport } from "../../provider/client/undiciTransport";
import type { Connection } from "../../provider/settings/connection";
import { wireRows } from "../support/backups";
import { connectionTo, planted } from "../support/connection";
import { sendJson, serveScript } from "../support/scriptedServer";
import { serve } from "../support/service";

const kinds: Record<string, (connection: Connection) => Transport> = {
  undici: (connection) =>
    createUndiciTransport(connection, identitiesOf(connection), systemClock, "test"),
  "openapi-client": (connection) =>
    createOpenApiTransport(connection, identitiesOf(connection), "test"),
};

const identitiesOf = ({ credentials }: Connection) => createIdentitySource(credentials);
const list = (query: Record<string, string> = {}) => ({ action: "ListBackups", query });
const keysOf = (service: {
  accessKeyId: string;
  accessKeySecret: string;
  securityToken?: string | undefined;
}) => ({
  credentials: {
    base: {
      kind: "keys" as const,
      accessKey: service.accessKeyId,
      secretKey: service.accessKeySecret,
      securityToken: service.securityToken,
    },
    assumeRole: undefined,
    source: "test",
  },
});

for (const [kind, create] of Object.entries(kinds)) {
  describe(`the transport ${kind}`, () => {
    it("brings back a whole answer", async () => {
      const service = await serve({ backups: wireRows(3) });

      const { status, body } = await create(connectionTo(service.url, keysOf(service))).send(
        list({ MaxResults: "2" }),
        undefined,
      );

      const { TotalCount, Backups } = JSON.parse(body) as { TotalCount: number; Backups: object[] };
      assert.deepEqual([status, TotalCount, Backups.length], [200, 3, 2]);
    });

    it("is believed whatever stands in a parameter", async () => {
      const odd = "a b+c/d=é中*~!'()%&#";
      const rows = wireRows(2).map((row, i) => ({ ...row, ServiceInstanceId: i ? odd : "si" }));
      const service = await serve({ backups: rows });

      const { body } = await create(connectionTo(service.url, keysOf(service))).send(
        list({ "Filter.1.Name": "ServiceInstanceId", "Filter.1.Value.1": odd }),
        undefined,
      );

      assert.equal((JSON.parse(body) as { TotalCount: number }).TotalCount, 1);
    });

    it("sends the token of temporary keys", async () => {
      const service = await serve({ securityToken: planted.securityToken });

      const { status } = await create(connectionTo(service.url, keysOf(service))).send(
        list(),
        undefined,
      );

      assert.equal(status, 200);
    });

    it("brings back a refusal, to be understood like any other", async () => {
      const service = await serve({ deny: ["ListBackups"] });

      const answer = await create(connectionTo(service.url, keysOf(service))).send(
        list(),
        undefined,
      );

      const failure = classify(answer, "ListBackups");
      assert.ok("kind" in failure);
      assert.deepEqual(
        [failure.kind, failure.serviceCode, failure.httpStatus, failure.requestId],
        ["denied", "Forbidden.RAM", 403, service.requests[0]?.requestId],
      );
      assert.match(failure.advice, /^SubUser \S+ may not call computenest:ListBackups/);
    });

    const broken = ["resetBeforeHeaders", "resetDuringBody"] as const;
    for (const fault of broken) {
      it(`rejects when there is no whole answer: ${fault}`, async () => {
        const service = await serve({ backups: wireRows(3), faults: [{ kind: fault }] });

        const sent = create(connectionTo(service.url, keysOf(service))).send(list(), undefined);

        await assert.rejects(sent, (e) => e instanceof TransportError && e.retryable);
      });
    }

    it("rejects when nothing comes within the read timeout", async () => {
      const service = await serve({ faults: [{ kind: "neverAnswer" }] });
      const connection = connectionTo(service.url, { ...keysOf(service), readTimeoutMs: 60 });

      await assert.rejects(
        create(connection).send(list(), undefined),
        (error) => error instanceof TransportError && error.retryable,
      );
    });

    it("rejects when nobody listens there", async () => {
      const { url } = await serve().then(async (service) => {
        await service.close();
        return service;
      });

      await assert.rejects(
        create(connectionTo(url)).send(list(), undefined),
        (error) => error instanceof TransportError && /ECONNREFUSED/.test(error.message),
      );
    });

    it("rejects with the signal's reason, before and while asking", async () => {
      const service = await serve({ faults: [{ kind: "neverAnswer" }] });
      const transport = create(connectionTo(service.url, keysOf(service)));
      const controller = new AbortController();

      const sent = transport.send(list(), controller.signal);
      setTimeout(() => {
        controller.abort("enough");
      }, 30);

      await assert.rejects(sent, (error) => error === "enough");
    });

    it("sends nothing for a signal that is aborted already, not even when it has the keys", async () => {
      const script = await serveScript((_, response) => {
        sendJson(response, {});
      });
      const transport = create(connectionTo(script.url));
      await transport.send(list(), undefined);

      const late = transport.send(list(), AbortSignal.abort("too late"));

      await assert.rejects(late, (error) => error === "too late");
      await transport.send(list(), undefined);
      assert.equal(script.captured.length, 2);
    });

    it("rejects with the signal's reason, whatever the moment it is aborted at", async () => {
      const script = await serveScript(() => undefined);
      const transport = create(connectionTo(script.url));
      for (let turns = 0; turns < 10; turns += 1) {
        const controller = new AbortController();

        const sent = transport.send(list(), controller.signal);
        for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
        controller.abort("enough");

        await assert.rejects(sent, (error) => error === "enough");
      }
    });

    it("rejects with the signal's reason while it still waits for credentials", async () => {
      const script = await serveScript(() => undefined);
      const controller = new AbortController();
      const transport = create(
        connectionTo(script.url, {
          credentials: {
            base: { kind: "uri", uri: script.url },
            assumeRole: undefined,
            source: "",
          },
        }),
      );

      const sent = transport.send(list(), controller.signal);
      setTimeout(() => {
        controller.abort("enough");
      }, 30);

      await assert.rejects(sent, (error) => error === "enough");
    });
  });
}

describe("both transports", () => {
  it("send the same request but for date, nonce and signature", async () => {
    const script = await serveScript((_, response) => {
      sendJson(response, { Backups: [] });
    });
    const { accessKey, secretKey, securityToken } = planted;
    const query = {
      MaxResults: "100",
      "Filter.1.Name": "Status",
      "Filter.1.Value.1": "a b+c/é*",
      NextToken: "AAAA+/==",
    };
    const identity = { accessKeyId: accessKey, accessKeySecret: secretKey, securityToken };

    for (const create of Object.values(kinds)) {
      await create(connectionTo(script.url, keysOf(identity))).send(list(query), undefined);
    }

    const [ours, theirs] = script.captured;
    assert.ok(ours && theirs);
    for (const { method, path, body, query: sent } of [ours, theirs]) {
      assert.deepEqual([method, path, body, sent], ["POST", "/", "", query]);
    }
    assert.deepEqual(signed(ours.headers), signed(theirs.headers));
  });
});

/** The signed headers, with the values that are not of the moment. */
function signed(headers: NodeJS.Dict<string | string[]>): Record<string, unknown> {
  const names =
    /SignedHeaders=([^,]+)/.exec(String(headers["authorization"]))?.[1]?.split(";") ?? [];
  const momentary = ["x-acs-date", "x-acs-signature-nonce"];
  return Object.fromEntries(
    names.map((name) => [name, momentary.includes(name) ? "of the moment" : headers[name]]),
  );
}

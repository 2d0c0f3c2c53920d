// What only the default transport promises.

import assert from "node:assert/strict";
import { once } from "node:events";
import { deflateSync, brotliCompressSync, gzipSync } from "node:zlib";
import { createIdentitySource } from "../../provider/client/credentials";
import { systemClock } from "../../provider/client/clock";
import { TransportError, type WireResponse } from "../../provider/client/transport";
import { createUndiciTransport } from "../../provider/client/undiciTransport";
import type { Connection } from "../../provider/settings/connection";
import { connectionTo } from "../support/connection";
import { refuse, silence } from "../support/network";
import { sendJson, serveScript, type ScriptedServer } from "../support/scriptedServer";

const list = { action: "ListBackups", query: { MaxResults: "1" } };
const mebibyte = 1024 * 1024;

function ask(
  { url }: { url: string },
  fields: Partial<Connection> = {},
  signal?: AbortSignal,
): Promise<WireResponse> {
  const connection = connectionTo(url, fields);
  const identities = createIdentitySource(connection.credentials);
  return createUndiciTransport(connection, identities, systemClock, "test").send(list, signal);
}

/** A server that sends one packed body. */
function packed(encoding: string, data: Buffer): Promise<ScriptedServer> {
  return serveScript((_, response) => {
    response.writeHead(200, { "content-encoding": encoding }).end(data);
  });
}

const failed = (message: string, retryable: boolean) => (error: unknown) => {
  assert.ok(error instanceof TransportError);
  assert.deepEqual([error.message, error.retryable], [message, retryable]);
  return true;
};

describe("the transport undici", () => {
  it("brings back status, headers and body of whatever was answered", async () => {
    const script = await serveScript((_, response) => {
      response.setHeader("X-Odd", ["first", "second"]);
      response.writeHead(502, { "content-type": "text/html" }).end("<html>é</html>");
    });

    const { status, headers, body } = await ask(script);

    assert.deepEqual([status, body], [502, "<html>é</html>"]);
    assert.deepEqual([headers["content-type"], headers["x-odd"]], ["text/html", "first"]);
  });

  it("says who asks", async () => {
    const script = await serveScript((_, response) => response.end("{}"));

    await ask(script);

    assert.equal(script.captured[0]?.headers["user-agent"], "test");
  });

  const encodings: [string, (text: string) => Buffer][] = [
    ["gzip", gzipSync],
    ["GZIP", gzipSync],
    ["deflate", deflateSync],
    ["br", brotliCompressSync],
    ["identity", (text) => Buffer.from(text)],
  ];
  for (const [encoding, pack] of encodings) {
    it(`understands ${encoding}`, async () => {
      const { body } = await ask(await packed(encoding, pack('{"é":1}')));

      assert.equal(body, '{"é":1}');
    });
  }

  for (const encoding of ["zstd", "constructor"]) {
    it(`refuses a body packed as ${encoding}`, async () => {
      const sent = ask(await packed(encoding, Buffer.from("{}")));

      await assert.rejects(sent, failed(`the answer is packed as "${encoding}"`, false));
    });
  }

  it("would ask again for a packed body that is damaged", async () => {
    const sent = ask(await packed("gzip", gzipSync("{}").subarray(0, 10)));

    await assert.rejects(sent, failed("the packed answer is damaged", true));
  });

  it("refuses a body that unpacks to more than 64 MiB", async () => {
    const sent = ask(await packed("gzip", gzipSync(Buffer.alloc(64 * mebibyte + 1), { level: 1 })));

    await assert.rejects(sent, failed("the answer is larger than 64 MiB", false));
  });

  it("stops reading a body of more than 64 MiB, and ends the connection", async () => {
    const chunk = Buffer.alloc(4 * mebibyte);
    let closed: Promise<unknown> = Promise.resolve();
    const script = await serveScript((_, response) => {
      closed = once(response, "close");
      const pour = () => {
        while (!response.destroyed && response.write(chunk)) void 0;
      };
      response.on("drain", pour);
      pour();
    });

    await assert.rejects(ask(script), failed("the answer is larger than 64 MiB", false));
    await closed;
  });

  it("does not follow a redirect", async () => {
    const script = await serveScript((_, response) => {
      response.writeHead(307, { location: "/elsewhere" }).end();
    });

    const { status } = await ask(script);

    assert.deepEqual([status, script.captured.length], [307, 1]);
  });

  it("waits for the first byte as long as it is told", async () => {
    const script = await serveScript(() => undefined);

    await assert.rejects(
      ask(script, { readTimeoutMs: 150 }),
      failed("no answer within 150 ms (clientReadTimeout)", true),
    );
  });

  it("waits for the next byte as long as it is told", async () => {
    const script = await serveScript((_, response) => {
      response.writeHead(200).write("{");
    });

    await assert.rejects(
      ask(script, { readTimeoutMs: 150 }),
      failed("the answer stopped for 150 ms (clientReadTimeout)", true),
    );
  });

  it("takes an answer that came while the program kept the process busy", async () => {
    const script = await serveScript((_, response) => {
      sendJson(response, {});
      // All of it: what the server, the client and the timers do comes after this.
      setImmediate(() => {
        for (const end = Date.now() + 400; Date.now() < end;) continue;
      });
    });

    const { status } = await ask(script, { readTimeoutMs: 30 });

    assert.equal(status, 200);
  });

  it("gives a whole answer ten times the read timeout", async () => {
    const script = await serveScript((_, response) => {
      const drip = setInterval(() => response.write(" "), 10);
      response.on("close", () => {
        clearInterval(drip);
      });
    });

    await assert.rejects(
      ask(script, { readTimeoutMs: 55 }),
      failed("the answer was not complete within 550 ms", true),
    );
  });

  it("takes as long as bytes keep coming", async () => {
    const script = await serveScript(async (_, response) => {
      for (const part of ["{", " ", " ", "}"]) {
        response.write(part);
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
      response.end();
    });

    const { body } = await ask(script, { readTimeoutMs: 1000 });

    assert.equal(body, "{  }");
  });

  it("ends the connection when it is aborted in the middle of a body", async () => {
    const controller = new AbortController();
    let closed: Promise<unknown> = Promise.resolve();
    const script = await serveScript((_, response) => {
      closed = once(response, "close");
      response.write("{");
      setTimeout(() => {
        controller.abort("enough");
      }, 20);
    });

    await assert.rejects(ask(script, {}, controller.signal), (error) => error === "enough");
    await closed;
  });

  it("asks no more when it is aborted before", async () => {
    const script = await serveScript((_, response) => response.end("{}"));

    await assert.rejects(ask(script, {}, AbortSignal.abort("no")), (error) => error === "no");
    assert.equal(script.captured.length, 0);
  });

  it("sends nothing when it is aborted while it connects, and waits no longer", async () => {
    const controller = new AbortController();
    const script = await serveScript((_, response) => response.end("{}"));
    const connection = connectionTo(script.url);
    const identities = createIdentitySource(connection.credentials);
    const now = () => {
      // The date is asked for right before the connection is.
      queueMicrotask(() => {
        controller.abort("enough");
      });
      return 0;
    };
    const clock = { ...systemClock, now };

    const sent = createUndiciTransport(connection, identities, clock, "test").send(
      list,
      controller.signal,
    );

    await assert.rejects(sent, (error) => error === "enough");
    await ask(script);
    assert.equal(script.captured.length, 1);
  });

  it("takes bytes that are no UTF-8 for what no one can read", async () => {
    const script = await serveScript((_, response) =>
      response.end(Buffer.from([0x22, 0xe9, 0x22])),
    );

    assert.equal((await ask(script)).body, '"\ufffd"');
  });

  it("needs one connection for requests one after another", async () => {
    const ports = new Set<number | undefined>();
    const script = await serveScript((_, response) => {
      ports.add(response.socket?.remotePort);
      response.end("{}");
    });

    for (let i = 0; i < 12; i += 1) await ask(script);

    assert.equal(ports.size, 1);
  });

  it("waits for a connection as long as it is told", async () => {
    silence("nest.example");

    await assert.rejects(
      ask({ url: "https://nest.example" }, { connectTimeoutMs: 50 }),
      failed("no connection within 50 ms (clientConnectTimeout)", true),
    );
  });

  it("would ask again a host that refuses", async () => {
    const none = ask({ url: "https://nest.example" });

    await assert.rejects(none, failed("ECONNREFUSED", true));
  });

  it("takes a host that does not exist for final", async () => {
    refuse("nest.example", "ENOTFOUND", "getaddrinfo ENOTFOUND nest.example");

    const none = ask({ url: "https://nest.example" });

    await assert.rejects(none, failed("getaddrinfo ENOTFOUND nest.example", false));
  });

  it("says in OpenSSL's words, not in its addresses, that nobody speaks TLS there", async () => {
    const script = await serveScript((_, response) => response.end());

    const none = ask({ url: script.url.replace("http:", "https:") });

    await assert.rejects(none, failed("no TLS connection: wrong version number", false));
  });
});

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { getBackups, RequestError, ResponseError } from "../../provider";
import { connectionFailure } from "../../provider/client/connectionFailures";
import { assertFails } from "../support/failures";
import { planted } from "../support/connection";
import { closeAfterTest, serveScript } from "../support/scriptedServer";

const keys = {
  region: "cn-hangzhou",
  accessKey: planted.accessKey,
  secretKey: planted.secretKey,
  maxRetryTimeout: 1,
};

function failureWith(code: string, message: string) {
  const { advice, retryable } = connectionFailure(
    Object.assign(new Error(message), { code }),
    "nest.example",
  );
  return { advice, retryable };
}

describe("connectionFailure", () => {
  it("sends who meets a certificate of tomorrow to the clock", () => {
    assert.deepEqual(failureWith("CERT_NOT_YET_VALID", "certificate is not yet valid"), {
      advice: "Check this machine's clock; if it is right, nest.example needs another certificate.",
      retryable: false,
    });
  });

  for (const code of ["CERT_REVOKED", "INVALID_CA", "ERR_SSL_WRONG_VERSION_NUMBER"]) {
    it(`takes ${code} for final, and asks who answers`, () => {
      assert.deepEqual(failureWith(code, "no"), {
        advice: "Check the endpoint, and whether a proxy on the way answers for nest.example.",
        retryable: false,
      });
    });
  }

  for (const code of ["ECONNRESET", "ETIMEDOUT", "EAI_AGAIN", "UND_ERR_SOCKET"]) {
    it(`takes ${code} for what may pass`, () => {
      assert.deepEqual(failureWith(code, "no"), { advice: undefined, retryable: true });
    });
  }
});

/** A peer that says this to whoever asks, byte for byte. */
async function serveBytes(...parts: readonly string[]): Promise<string> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => {
      for (const part of parts) socket.write(part);
      socket.end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  closeAfterTest(async () => {
    server.close();
    await once(server, "close");
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe("an answer of a peer that is no service", () => {
  it("with a megabyte of headers is refused at once", async () => {
    const host = await serveBytes(
      "HTTP/1.1 200 OK\r\n",
      `x-long: ${"a".repeat(1000)}\r\n`.repeat(1000),
    );

    const error = await assertFails(
      getBackups({}, { settings: { ...keys, endpoint: `http://${host}` } }),
      RequestError,
      () =>
        "ListBackups got no answer: the headers of the answer are larger than 16 KiB. Check the " +
        "endpoint, the network and the proxy settings. " +
        `Asked ${host} as LTAI…est (the settings option).`,
    );

    assert.equal(error.attempts, 1);
  });

  it("that is no HTTP is refused as such", async () => {
    const host = await serveBytes(`SSH-2.0 ${planted.secretKey}\r\n`);

    await assert.rejects(
      getBackups({}, { settings: { ...keys, endpoint: `http://${host}` } }),
      ({ message }: Error) =>
        /^ListBackups got no answer: .*(Expected HTTP|Invalid)/.test(message) &&
        !message.includes(planted.secretKey),
    );
  });

  it("in HTML is named by status, content type and request id", async () => {
    const script = await serveScript((_, response) => {
      const headers = { "content-type": "text/html; charset=utf-8", "x-acs-request-id": "R-1" };
      response.writeHead(200, headers).end(`<html>${planted.secretKey}</html>`);
    });
    const host = new URL(script.url).host;

    const error = await assertFails(
      getBackups({}, { settings: { ...keys, endpoint: script.url } }),
      ResponseError,
      () =>
        "ListBackups got an unusable answer (HTTP 200): text/html, which is not the service's " +
        "JSON. Check the endpoint, and proxies on the way. " +
        `Asked ${host} as LTAI…est (the settings option). RequestId R-1.`,
    );

    assert.equal(error.requestId, "R-1");
    assert.equal(script.captured.length, 1);
  });

  it("that leads elsewhere is not followed, and not told where to", async () => {
    const script = await serveScript((_, response) => {
      response.writeHead(302, { location: "https://elsewhere.example/?secret" }).end();
    });
    const host = new URL(script.url).host;

    await assertFails(
      getBackups({}, { settings: { ...keys, endpoint: script.url } }),
      RequestError,
      () =>
        "ListBackups was rejected (HTTP 302): a redirect, which is never followed. Check the " +
        "endpoint, and proxies on the way. " +
        `Asked ${host} as LTAI…est (the settings option).`,
    );
    assert.equal(script.captured.length, 1);
  });
});

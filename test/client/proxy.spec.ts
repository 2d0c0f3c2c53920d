// The way through a proxy: a real CONNECT to a real TLS server, all on this machine.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { connect, type AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { getBackups, RequestError } from "../../provider";
import { standIn } from "../support/network";
import { closeAfterTest, sendJson, serveTls } from "../support/scriptedServer";

const settings = {
  region: "cn-hangzhou",
  endpoint: "https://nest.example",
  accessKey: "LTAI5tPlantedKeyOfATest",
  secretKey: "secret",
  maxRetryTimeout: 1,
};

/** A service behind TLS with one empty page. */
const emptyService = () =>
  serveTls((_, response) => {
    sendJson(response, { Backups: [], TotalCount: 0 });
  });

/** A proxy that leads every CONNECT to a port, or refuses it with a status. */
async function serveProxy(port: number, status = 200) {
  const asked: (string | undefined)[] = [];
  const sockets: Duplex[] = [];
  const proxy = createServer().on("connect", (request, client) => {
    asked.push(request.url);
    sockets.push(client);
    if (status !== 200) return client.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const server = connect(port, "127.0.0.1");
    client.on("error", () => server.destroy());
    server.on("error", () => client.destroy());
    client.write("HTTP/1.1 200 OK\r\n\r\n");
    return server.pipe(client).pipe(server);
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  closeAfterTest(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => {
      proxy.close(() => {
        resolve();
      });
    });
  });
  return { asked, url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` };
}

describe("a proxy of the environment", () => {
  it("is asked for the way to the service", async () => {
    const service = await emptyService();
    const proxy = await serveProxy(service.port);
    process.env["HTTPS_PROXY"] = proxy.url;

    await getBackups({}, { settings });

    assert.deepEqual(proxy.asked, ["nest.example:443"]);
    assert.equal(service.captured[0]?.headers.host, "nest.example");
  });

  it("is left out for hosts of NO_PROXY", async () => {
    const service = await emptyService();
    const proxy = await serveProxy(service.port);
    standIn("nest.example", 443, service.port);
    process.env["HTTPS_PROXY"] = proxy.url;
    process.env["NO_PROXY"] = "other.example,nest.example";

    await getBackups({}, { settings });

    assert.deepEqual([proxy.asked, service.captured.length], [[], 1]);
  });

  it("is left out by the transport openapi-client, which knows none", async () => {
    const service = await emptyService();
    const proxy = await serveProxy(service.port);
    standIn("nest.example", 443, service.port);
    process.env["HTTPS_PROXY"] = proxy.url;

    await getBackups({}, { settings: { ...settings, transport: "openapi-client" } });

    assert.deepEqual([proxy.asked, service.captured.length], [[], 1]);
  });

  it("that refuses is named as what is in the way", async () => {
    const proxy = await serveProxy(0, 407);
    process.env["HTTPS_PROXY"] = proxy.url.replace("//", "//user:pa55word@");

    await assert.rejects(getBackups({}, { settings }), (error) => {
      assert.ok(error instanceof RequestError);
      assert.match(error.message, /^ListBackups got no answer: Proxy response \(407\)/);
      assert.doesNotMatch(error.message, /pa55word/);
      return true;
    });
  });
});

describe("a certificate that is wrong", () => {
  it("stays wrong, so it is asked for once", async () => {
    const service = await emptyService();
    standIn("nest.example", 443, service.port);
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "1";

    await assert.rejects(getBackups({}, { settings }), (error) => {
      assert.ok(error instanceof RequestError);
      assert.match(error.message, /^ListBackups got no answer: self-signed certificate\. Check/);
      assert.equal(error.attempts, 1);
      return true;
    });
  });
});

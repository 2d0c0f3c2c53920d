// The way through a proxy: a real CONNECT to a real TLS server, all on this machine. 0.0.0.0 is this
// machine too, but no loopback address: it is asked through a proxy, and needs no name server.

import assert from "node:assert/strict";
import { getBackups, RequestError } from "../../provider";
import { planted } from "../support/connection";
import { refuse, standIn } from "../support/network";
import { proxies, startSmallProxy } from "../support/proxies";
import { sendJson, serveScript, serveTls } from "../support/scriptedServer";

const settings = {
  region: "cn-hangzhou",
  endpoint: "https://nest.example",
  accessKey: planted.accessKey,
  secretKey: planted.secretKey,
  maxRetryTimeout: 1,
};
const asked = "Asked nest.example as LTAI…est (the settings option).";
const givenUp = /^Given up after \d+ attempts? and [\d.]+ s \(maxRetryTimeout is 1 s\)\. /;

/** A service behind TLS with one empty page. */
const emptyService = () =>
  serveTls((_, response) => {
    sendJson(response, { Backups: [], TotalCount: 0 });
  });

/** The address of a proxy with user and password in it. */
function withCredentials(url: string, user: string, password: string): string {
  return url.replace("//", `//${encodeURIComponent(user)}:${encodeURIComponent(password)}@`);
}

/** Fails with a message; less how often it was tried, which is up to chance. */
async function failureOf(call: Promise<unknown>): Promise<{ told: string; attempts: number }> {
  const error = await call.then(
    () => assert.fail("did not fail"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof RequestError);
  const [before = "", after = ""] = error.message.split(/(?<=\. )(?=Given up|Asked)/, 2);
  return {
    told: `${before}${error.message.slice(before.length).replace(givenUp, "")}`,
    attempts: after.startsWith("Given up") ? error.attempts : 1,
  };
}

for (const [name, start] of proxies) {
  describe(`${name} of the environment`, () => {
    const credentials = { user: "user", password: "pa55word" };

    it("is asked for the way to the service", async () => {
      const service = await emptyService();
      const proxy = await start();
      process.env["HTTPS_PROXY"] = proxy.url;
      const endpoint = `https://0.0.0.0:${service.port}`;

      await getBackups({}, { settings: { ...settings, endpoint } });

      assert.deepEqual(await proxy.asked(), [`0.0.0.0:${service.port}`]);
      assert.equal(service.captured[0]?.headers.host, `0.0.0.0:${service.port}`);
    });

    it("is given its user and password, and nobody else", async () => {
      const service = await emptyService();
      const proxy = await start({ credentials });
      const { user, password } = credentials;
      process.env["https_proxy"] = withCredentials(proxy.url, user, password);
      const endpoint = `https://0.0.0.0:${service.port}`;

      await getBackups({}, { settings: { ...settings, endpoint } });

      assert.equal(service.captured.length, 1);
      assert.equal(service.captured[0]?.headers["proxy-authorization"], undefined);
    });

    it("that wants a user and password says so, once", async () => {
      const proxy = await start({ credentials });
      process.env["HTTPS_PROXY"] = proxy.url;

      const { told, attempts } = await failureOf(getBackups({}, { settings }));

      assert.equal(
        told,
        `ListBackups got no answer: the proxy ${proxy.host} wants a user and password (HTTP 407). ` +
          "Put them into HTTPS_PROXY, as http://USER:PASSWORD@HOST:PORT with special characters " +
          `percent-encoded. ${asked}`,
      );
      assert.equal(attempts, 1);
    });

    it("that refuses a password says so, without it", async () => {
      const proxy = await start({ credentials });
      process.env["HTTPS_PROXY"] = withCredentials(proxy.url, "user", "wrongWord");

      const { told, attempts } = await failureOf(getBackups({}, { settings }));

      assert.equal(
        told.replace("(HTTP 401)", "(HTTP 407)"),
        `ListBackups got no answer: the proxy ${proxy.host} refuses the user and password given ` +
          "to it (HTTP 407). Put them into HTTPS_PROXY, as http://USER:PASSWORD@HOST:PORT with " +
          `special characters percent-encoded. ${asked}`,
      );
      assert.equal(attempts, 1);
    });

    it("that forbids the service is named, with what to do", async () => {
      const proxy = await start({ forbidden: "nest.example" });
      process.env["HTTPS_PROXY"] = proxy.url;

      const { told, attempts } = await failureOf(getBackups({}, { settings }));

      assert.equal(
        told,
        `ListBackups got no answer: the proxy ${proxy.host} does not let nest.example:443 through ` +
          "(HTTP 403). Have nest.example:443 allowed there, or name the host in NO_PROXY if there " +
          `is another way. ${asked}`,
      );
      assert.equal(attempts, 1);
    });

    it("that cannot reach the service is asked again, then named", async () => {
      const proxy = await start();
      process.env["HTTPS_PROXY"] = proxy.url;
      const endpoint = "https://0.0.0.0:1";

      const { told, attempts } = await failureOf(
        getBackups({}, { settings: { ...settings, endpoint } }),
      );

      assert.match(
        told,
        new RegExp(
          `^ListBackups got no answer: the proxy ${proxy.host} cannot reach 0\\.0\\.0\\.0:1 ` +
            "\\(HTTP 50\\d\\)\\. Check whether that proxy can reach the service; see HTTPS_PROXY and " +
            "NO_PROXY\\. Asked 0\\.0\\.0\\.0:1 as LTAI…est \\(the settings option\\)\\.$",
        ),
      );
      assert.ok(attempts > 1);
    });
  });
}

describe("a proxy that is in a bad way", () => {
  it("by breaking off is a connection that broke: asked again", async () => {
    const service = await emptyService();
    const proxy = await startSmallProxy({ leadTo: service.port, breaksOff: true });
    process.env["HTTPS_PROXY"] = proxy.url;

    const { told, attempts } = await failureOf(getBackups({}, { settings }));

    assert.equal(
      told,
      "ListBackups got no answer: Client network socket disconnected before secure TLS connection " +
        `was established. Check the endpoint, the network and the proxy settings. ${asked}`,
    );
    assert.ok(attempts > 1);
  });

  it("by not being there is named, without its password", async () => {
    refuse("proxy.example", "ECONNREFUSED", "connect ECONNREFUSED 192.0.2.1:3128");
    process.env["HTTPS_PROXY"] = "http://user:pa55word@proxy.example:3128";

    const { told, attempts } = await failureOf(getBackups({}, { settings }));

    assert.equal(
      told,
      "ListBackups got no answer: the proxy proxy.example:3128 (HTTPS_PROXY) opened no way: connect " +
        "ECONNREFUSED 192.0.2.1:3128. Check HTTPS_PROXY, and whether that proxy runs. " +
        asked,
    );
    assert.ok(attempts > 1);
  });

  it("by having no address stays so: asked once", async () => {
    refuse("proxy.example", "ENOTFOUND", "getaddrinfo ENOTFOUND proxy.example");
    process.env["HTTPS_PROXY"] = "proxy.example:3128";

    const { told, attempts } = await failureOf(getBackups({}, { settings }));

    assert.equal(
      told,
      "ListBackups got no answer: the proxy proxy.example:3128 (HTTPS_PROXY) opened no way: " +
        `getaddrinfo ENOTFOUND proxy.example. Check HTTPS_PROXY, and whether that proxy runs. ${asked}`,
    );
    assert.equal(attempts, 1);
  });

  it("by saying nothing is given up in the time of a connection", async () => {
    const proxy = await startSmallProxy({ isSilent: true });
    process.env["HTTPS_PROXY"] = proxy.url;

    const { told } = await failureOf(
      getBackups({}, { settings: { ...settings, clientConnectTimeout: 100 } }),
    );

    assert.equal(
      told,
      `ListBackups got no answer: the proxy ${proxy.host} (HTTPS_PROXY) opened no way: nothing ` +
        "within 100 ms (clientConnectTimeout). Check HTTPS_PROXY, and whether that proxy runs. " +
        asked,
    );
  });

  it("by having a certificate that nobody trusts says whose it is", async () => {
    const proxy = await serveTls(() => undefined);
    process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "1";
    process.env["HTTPS_PROXY"] = proxy.url;

    const { told, attempts } = await failureOf(getBackups({}, { settings }));

    assert.equal(
      told,
      `ListBackups got no answer: the proxy 127.0.0.1:${proxy.port} (HTTPS_PROXY) opened no way: ` +
        "self-signed certificate. Nobody this machine trusts has signed it. If " +
        `127.0.0.1:${proxy.port} is to be trusted, as with a company's proxy that reads along, set ` +
        "NODE_EXTRA_CA_CERTS to the file (PEM) of the authority that signed it, in the environment " +
        `that pulumi is started from. ${asked}`,
    );
    assert.equal(attempts, 1);
  });
});

describe("user and password of a proxy", () => {
  const pairs = [
    { user: "us@er", password: "p@ss:w%rd/1#2 ü" },
    { user: "token", password: "" },
    { user: "", password: "token" },
  ];
  for (const credentials of pairs) {
    it(`may be ${JSON.stringify(credentials)}`, async () => {
      const service = await emptyService();
      const proxy = await startSmallProxy({ credentials, leadTo: service.port });
      const { user, password } = credentials;
      process.env["HTTPS_PROXY"] = withCredentials(proxy.url, user, password);

      await getBackups({}, { settings });

      assert.equal(service.captured.length, 1);
    });
  }
});

describe("NO_PROXY", () => {
  const cases: readonly [string, string, boolean][] = [
    ["other.example,nest.example", "nest.example", false],
    ["other.example nest.example", "nest.example", false],
    ["NEST.Example", "nest.example", false],
    ["*", "nest.example", false],
    ["*.example", "nest.example", false],
    [".example", "nest.example", false],
    ["example", "nest.example", false],
    ["nest.example:443", "nest.example", false],
    ["nest.example:8443", "nest.example", true],
    ["est.example", "nest.example", true],
    ["sub.nest.example", "nest.example", true],
    ["", "nest.example", true],
  ];
  for (const [noProxy, host, goesThrough] of cases) {
    it(`of ${JSON.stringify(noProxy)} ${goesThrough ? "leaves" : "takes"} ${host} ${goesThrough ? "to" : "from"} the proxy`, async () => {
      const service = await emptyService();
      const proxy = await startSmallProxy({ leadTo: service.port });
      standIn(host, 443, service.port);
      process.env["HTTPS_PROXY"] = proxy.url;
      process.env["NO_PROXY"] = noProxy;

      await getBackups({}, { settings: { ...settings, endpoint: `https://${host}` } });

      assert.deepEqual(await proxy.asked(), goesThrough ? [`${host}:443`] : []);
      assert.equal(service.captured.length, 1);
    });
  }

  it("is not needed for this machine", async () => {
    const service = await serveScript((_, response) => {
      sendJson(response, { Backups: [], TotalCount: 0 });
    });
    process.env["HTTPS_PROXY"] = "http://127.0.0.1:1";

    await getBackups({}, { settings: { ...settings, endpoint: service.url } });

    assert.equal(service.captured.length, 1);
  });
});

describe("the transport openapi-client", () => {
  it("knows no proxy", async () => {
    const service = await emptyService();
    const proxy = await startSmallProxy({ leadTo: service.port });
    standIn("nest.example", 443, service.port);
    process.env["HTTPS_PROXY"] = proxy.url;

    await getBackups({}, { settings: { ...settings, transport: "openapi-client" } });

    assert.deepEqual([await proxy.asked(), service.captured.length], [[], 1]);
  });
});

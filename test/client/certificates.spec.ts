// Certificates as this process has to trust them: nothing is switched off here.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { resolve } from "node:path";
import { createAuthority, selfSigned, type Certificate } from "../support/certificate";
import { planted } from "../support/connection";
import { temporaryFile } from "../support/folder";
import { proxies } from "../support/proxies";
import { sendJson, serveWith } from "../support/scriptedServer";

interface Outcome {
  readonly told: string;
  readonly attempts?: number;
}

const script = `
  const { getBackups } = require("./provider");
  const ask = (settings) => getBackups({}, { settings }).then(
    ({ ids }) => ({ told: ids.length + " backups" }),
    ({ message, attempts }) => ({ told: message, attempts }),
  );
  Promise.all(JSON.parse(process.argv[1]).map(ask)).then((all) => console.log(JSON.stringify(all)));
`;

/** Asks endpoints in a process of its own: Node reads NODE_EXTRA_CA_CERTS when it starts. */
async function ask(endpoints: readonly string[], env: NodeJS.ProcessEnv): Promise<Outcome[]> {
  const { accessKey, secretKey } = planted;
  const keys = { region: "cn-hangzhou", accessKey, secretKey, maxRetryTimeout: 1 };
  const settings = endpoints.map((endpoint) => ({ ...keys, endpoint }));
  const child = spawn(
    process.execPath,
    ["-r", "ts-node/register/transpile-only", "-e", script, JSON.stringify(settings)],
    {
      cwd: resolve(__dirname, "..", ".."),
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const [printed] = await Promise.all([text(child.stdout), once(child, "close")]);
  return JSON.parse(printed) as Outcome[];
}

const serveEmpty = (certificate: Certificate) =>
  serveWith(certificate, (_, response) => {
    sendJson(response, { Backups: [], TotalCount: 0 });
  });

const authority = createAuthority();
const expected = (host: string, reason: string, advice: string): Outcome => ({
  told:
    `ListBackups got no answer: ${reason}. ${advice} ` +
    `Asked ${host} as LTAI…est (the settings option).`,
  attempts: 1,
});
const untrusted = (host: string, reason: string) =>
  expected(
    host,
    reason,
    `Nobody this machine trusts has signed it. If ${host} is to be trusted, as with a company's ` +
      "proxy that reads along, set NODE_EXTRA_CA_CERTS to the file (PEM) of the authority that " +
      "signed it, in the environment that pulumi is started from.",
  );

describe("the certificate of the service", function () {
  this.timeout(60_000);

  it("is refused, once and with what to do, where nobody who is trusted has signed it", async () => {
    const [own, foreign] = [
      await serveEmpty(selfSigned()),
      await serveEmpty(authority.issue(["localhost"])),
    ];
    const hosts = [own, foreign].map(({ port }) => `localhost:${port}`);

    const outcomes = await ask(
      hosts.map((host) => `https://${host}`),
      {},
    );

    assert.deepEqual(outcomes, [
      untrusted(hosts[0]!, "self-signed certificate"),
      untrusted(hosts[1]!, "unable to verify the first certificate"),
    ]);
  });

  for (const [name, start] of proxies) {
    it(`has to be a good one of an authority of NODE_EXTRA_CA_CERTS, through ${name} too`, async () => {
      const servers = [
        await serveEmpty(authority.issue(["localhost"])),
        await serveEmpty(authority.issue(["0.0.0.0"])),
        await serveEmpty(authority.issue(["other.example"])),
        await serveEmpty(authority.issue(["0.0.0.0"], "210101000000Z")),
      ];
      const proxy = await start({ credentials: { user: "user", password: "pa55word" } });
      // This machine by its name is asked directly, by its number through the proxy.
      const names = ["localhost", "0.0.0.0", "localhost", "0.0.0.0"];
      const hosts = servers.map(({ port }, i) => `${names[i]!}:${port}`);

      const outcomes = await ask(
        hosts.map((host) => `https://${host}`),
        {
          HTTPS_PROXY: proxy.url.replace("//", "//user:pa55word@"),
          NODE_EXTRA_CA_CERTS: await temporaryFile(authority.cert),
        },
      );

      const otherHost =
        "Hostname/IP does not match certificate's altnames: Host: localhost. is not in the cert's " +
        "altnames: DNS:other.example";
      const [, , other, expired] = hosts as [string, string, string, string];
      assert.deepEqual(outcomes, [
        { told: "0 backups" },
        { told: "0 backups" },
        expected(
          other,
          otherHost,
          `Whoever answers is not ${other}: check the endpoint, and proxies on the way.`,
        ),
        expected(
          expired,
          "certificate has expired",
          `Check this machine's clock; if it is right, ${expired} needs another certificate.`,
        ),
      ]);
      assert.deepEqual(
        new Set(await proxy.asked()),
        new Set(hosts.filter((host) => host.startsWith("0"))),
      );
    });
  }
});

// No secret comes out anywhere, whatever goes wrong and whoever repeats it.

import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Settings } from "../../provider";
import { wireRow } from "../support/backups";
import { emptyHome, temporaryFile } from "../support/folder";
import { standIn } from "../support/network";
import { startSmallProxy } from "../support/proxies";
import { serveScript, serveTls, type Answer } from "../support/scriptedServer";
import { serve } from "../support/service";
import { ago } from "../support/gateTimes";
import { ways } from "./calls";
import { echoes } from "./echoes";
import { assertClean, secrets } from "./planted";

const { accessKey, secretKey, securityToken, externalId, oidcToken, fileContent } = secrets;
const keys = { accessKey, secretKey, securityToken };
const quick = { region: "cn-hangzhou", maxRetryTimeout: 1, clientReadTimeout: 500 };
const roleArn = "acs:ram::1:role/reader";
const oidc = { roleArn, oidcProviderArn: "acs:ram::1:oidc-provider/p" };

/** Settings that hold secrets and lead nowhere good, by what is wrong. */
const misfits: Readonly<Record<string, () => Settings | Promise<Settings>>> = {
  "keys with a line break": () => ({ ...quick, accessKey: `${accessKey}\n`, secretKey }),
  "a secret with a space": () => ({ ...quick, accessKey, secretKey: `${secretKey} x` }),
  "half a pair": () => ({ ...quick, secretKey }),
  "a token without keys": () => ({ ...quick, securityToken }),
  "a role that is a text": () => ({ ...keys, assumeRole: externalId as never }),
  "a role with more than it has": () => ({
    ...keys,
    assumeRole: { roleArn, externalId, externalID: externalId } as never,
  }),
  "a token that is no text": () => ({
    assumeRoleWithOidc: { ...oidc, oidcToken: [oidcToken] } as never,
  }),
  "two tokens": () => ({
    assumeRoleWithOidc: { ...oidc, oidcToken, oidcTokenFile: "/no/such/file" },
  }),
  "a file that is no profile": async () => ({
    ...quick,
    sharedCredentialsFile: await temporaryFile(fileContent),
  }),
  "a profile that lacks a key": async () => ({
    ...quick,
    profile: "ops",
    sharedCredentialsFile: await temporaryFile(
      JSON.stringify({ profiles: [{ name: "ops", mode: "AK", access_key_secret: secretKey }] }),
    ),
  }),
  "a profile whose keys hold a space": async () => {
    const content = { access_key_id: accessKey, access_key_secret: `${secretKey} ` };
    return {
      ...quick,
      sharedCredentialsFile: await temporaryFile(
        JSON.stringify({ current: "o", profiles: [{ name: "o", mode: "AK", ...content }] }),
      ),
    };
  },
  "files of the chain that cannot be read": async () => {
    const home = await emptyHome();
    for (const [folder, name] of [
      [".aliyun", "config.json"],
      [".alibabacloud", "credentials"],
    ] as const) {
      await mkdir(join(home, folder));
      await writeFile(join(home, folder, name), `{"${fileContent}": ${secretKey}`);
    }
    return quick;
  },
  "a proxy that cannot be read": () => {
    process.env["HTTPS_PROXY"] = `http://user:${secrets.proxyPassword}#@proxy.example`;
    return { ...quick, ...keys, endpoint: "https://nest.example" };
  },
  "a proxy that refuses": async () => {
    const { url } = await startSmallProxy({ credentials: { user: "user", password: "other" } });
    const password = encodeURIComponent(secrets.proxyPassword);
    process.env["HTTPS_PROXY"] = url.replace("//", `//user:${password}@`);
    return { ...quick, ...keys, endpoint: "https://nest.example" };
  },
  "a proxy that is not there": () => {
    const password = encodeURIComponent(secrets.proxyPassword);
    process.env["HTTPS_PROXY"] = `http://user:${password}@127.0.0.1:1`;
    return { ...quick, ...keys, endpoint: "https://nest.example" };
  },
  "an endpoint with a password": () => ({
    ...quick,
    ...keys,
    endpoint: `https://user:${secrets.proxyPassword}@nest.example`,
  }),
};

/** Does something with every peer that repeats what it hears, all at the same time. */
async function toEachEcho(work: (echo: Answer, where: string) => Promise<void>): Promise<void> {
  await Promise.all(Object.entries(echoes).map(([where, echo]) => work(echo, where)));
}

for (const [name, call] of Object.entries(ways)) {
  describe(`${name} shows no secret`, function () {
    this.timeout(30_000);

    it("when all goes well", async () => {
      const backup = wireRow({ StartTime: ago(2), EndTime: ago(1), CreateTime: ago(2) });
      const { url } = await serve({
        accessKeyId: accessKey,
        accessKeySecret: secretKey,
        securityToken,
        backups: [backup],
        faults: [{ kind: "status", status: 503, code: "ServiceUnavailable", message: secretKey }],
      });

      const shown = await call({ ...quick, ...keys, endpoint: url });

      assert.ok(!(shown.end instanceof Error), String(shown.end));
      assertClean(shown);
    });

    it("to a service that repeats all it hears", async () => {
      await toEachEcho(async (echo, where) => {
        const service = await serveScript(echo);

        const shown = await call({ ...quick, ...keys, endpoint: service.url });

        assert.ok(shown.end instanceof Error, where);
        assertClean(shown);
      });
    });

    for (const [what, settingsOf] of Object.entries(misfits)) {
      it(`with ${what}`, async () => {
        const shown = await call(await settingsOf());

        assert.ok(shown.end instanceof Error, what);
        assertClean(shown);
      });
    }
  });
}

describe("what hands out sessions", function () {
  this.timeout(30_000);
  const roles: readonly [string, Settings, string][] = [
    ["an external id", { ...keys, assumeRole: { roleArn, externalId } }, externalId],
    ["a token of OpenID Connect", { assumeRoleWithOidc: { ...oidc, oidcToken } }, oidcToken],
  ];
  for (const [what, settings, secret] of roles) {
    it(`may repeat ${what} and all else it hears, and nothing of it shows`, async () => {
      let answer: Answer = () => undefined;
      const sts = await serveTls((captured, response) => answer(captured, response));
      standIn("sts.aliyuncs.com", 443, sts.port);
      const { getBackups: inProgram, "getBackups of the plugin": throughPlugin } = ways;
      for (const [where, echo] of Object.entries(echoes)) {
        answer = echo;
        for (const call of [inProgram!, throughPlugin!]) {
          const shown = await call({ ...quick, ...settings });

          assert.ok(shown.end instanceof Error, where);
          assertClean(shown);
        }
      }
      assert.ok(sts.captured.every(({ body }) => body.includes(secret)));
      assert.ok(sts.captured.length >= 2 * Object.keys(echoes).length);
    });
  }
});

import assert from "node:assert/strict";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createIdentitySource } from "../../provider/client/credentials";
import { ConfigurationError } from "../../provider/errors";
import type { CredentialBase, CredentialPlan } from "../../provider/settings/connection";
import { planted } from "../support/connection";
import { emptyHome, temporaryFile, temporaryFolder } from "../support/folder";
import { hostsRefused, standIn } from "../support/network";
import { sendJson, serveScript, serveTls, type Answer } from "../support/scriptedServer";

const { accessKey, secretKey, securityToken } = planted;
const keys: CredentialBase = { kind: "keys", accessKey, secretKey, securityToken: undefined };
const role = { roleArn: "acs:ram::1:role/reader", oidcProviderArn: "acs:ram::1:oidc/p" };

function plan(base: CredentialBase, fields: Partial<CredentialPlan> = {}): CredentialPlan {
  return { base, assumeRole: undefined, source: "stack config alicloud:*", ...fields };
}

const session = () => ({
  AccessKeyId: "STS.session",
  AccessKeySecret: "session-secret",
  SecurityToken: "session-token",
  Expiration: new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+Z/, "Z"),
});

/** The service that hands out sessions, in its place. */
async function serveSts(
  answer: Answer = (_, response) => {
    sendJson(response, { Credentials: session() });
  },
) {
  const sts = await serveTls(answer);
  standIn("sts.aliyuncs.com", 443, sts.port);
  return {
    sts,
    form: () => Object.fromEntries(new URLSearchParams(sts.captured[0]?.body)),
  };
}

async function assertFails(source: CredentialPlan, message: string): Promise<void> {
  await assert.rejects(createIdentitySource(source).current(), (error) => {
    assert.ok(error instanceof ConfigurationError);
    assert.equal(error.message, message);
    return true;
  });
}

describe("an identity source", () => {
  it("hands out keys as they are", async () => {
    assert.deepEqual(await createIdentitySource(plan(keys)).current(), {
      accessKeyId: accessKey,
      accessKeySecret: secretKey,
      securityToken: undefined,
      providerName: "static_ak",
    });
  });

  it("hands out temporary keys with their token", async () => {
    const identity = await createIdentitySource(plan({ ...keys, securityToken })).current();

    assert.deepEqual(
      [identity.securityToken, identity.providerName],
      [securityToken, "static_sts"],
    );
  });

  it("tells plans apart by a key without a secret in it", () => {
    const one = createIdentitySource(plan(keys)).key;

    assert.equal(createIdentitySource(plan(keys)).key, one);
    assert.equal(createIdentitySource({ ...plan(keys), source: "another place" }).key, one);
    assert.notEqual(createIdentitySource(plan({ ...keys, accessKey: "other" })).key, one);
    assert.notEqual(createIdentitySource(plan(keys, { assumeRole: role })).key, one);
    assert.match(one, /^[0-9a-f]{64}$/);
  });

  it("reads a profile", async () => {
    const profile = { name: "ops", mode: "AK", access_key_id: "id", access_key_secret: "secret" };
    const file = await temporaryFile(JSON.stringify({ current: "ops", profiles: [profile] }));

    const { accessKeyId } = await createIdentitySource(
      plan({ kind: "profile", name: undefined, file }),
    ).current();

    assert.equal(accessKeyId, "id");
  });

  it("says itself what is wrong with a profile", async () => {
    await assertFails(
      plan({ kind: "profile", name: "ops", file: "/no/such/file" }),
      "The credentials file /no/such/file cannot be read (ENOENT).",
    );
  });

  it("asks an address for keys, once as long as they are good, and again when told", async () => {
    const uri = await serveScript((_, response) => {
      sendJson(response, session());
    });
    const source = createIdentitySource(plan({ kind: "uri", uri: uri.url }));

    await source.current();
    const { accessKeyId, providerName } = await source.current();
    const before = uri.captured.length;
    source.forget();
    await source.current();

    assert.deepEqual([accessKeyId, providerName], ["STS.session", "credential_uri"]);
    assert.deepEqual([before, uri.captured.length], [1, 2]);
  });

  it("tries anew after a failure", async () => {
    let isUp = false;
    const uri = await serveScript((_, response) => {
      sendJson(response, session(), isUp ? 200 : 503);
    });
    const source = createIdentitySource(plan({ kind: "uri", uri: uri.url }));
    await assert.rejects(source.current());
    isUp = true;

    assert.equal((await source.current()).accessKeyId, "STS.session");
  });

  it("asks the machine for the keys of its role", async () => {
    Reflect.deleteProperty(process.env, "ALIBABA_CLOUD_ECS_METADATA_DISABLED");
    const metadata = await serveScript(({ method }, response) => {
      if (method === "PUT") response.end("a metadata token");
      else sendJson(response, { Code: "Success", ...session() });
    });
    standIn("100.100.100.200", 80, metadata.port);

    const { accessKeyId } = await createIdentitySource(
      plan({ kind: "ecsRole", roleName: "reader" }),
    ).current();

    assert.equal(accessKeyId, "STS.session");
    assert.match(metadata.captured[1]?.path ?? "", /security-credentials\/reader$/);
  });

  it("assumes a role again when it is told to forget", async () => {
    const { sts } = await serveSts();
    const source = createIdentitySource(plan(keys, { assumeRole: { roleArn: role.roleArn } }));

    await source.current();
    source.forget();
    await source.current();

    assert.equal(sts.captured.length, 2);
  });

  it("assumes a role with the keys it has", async () => {
    const { sts, form } = await serveSts();
    const assumeRole = {
      roleArn: role.roleArn,
      sessionName: "nightly",
      sessionExpiration: 900,
      policy: "{}",
      externalId: "external",
    };

    const identity = await createIdentitySource(plan(keys, { assumeRole })).current();

    assert.equal(identity.securityToken, "session-token");
    assert.equal(identity.providerName, "ram_role_arn/static_ak");
    assert.equal(sts.captured[0]?.query["AccessKeyId"], accessKey);
    assert.deepEqual(form(), {
      RoleArn: role.roleArn,
      Policy: "{}",
      ExternalId: "external",
      RoleSessionName: "nightly",
      DurationSeconds: "900",
    });
  });

  it("has a name and a length for sessions", async () => {
    const { form } = await serveSts();

    await createIdentitySource(plan(keys, { assumeRole: { roleArn: role.roleArn } })).current();

    assert.deepEqual(form(), {
      RoleArn: role.roleArn,
      RoleSessionName: "pulumi-computenest",
      DurationSeconds: "3600",
    });
  });

  it("assumes a role with the token in a file", async () => {
    const { form } = await serveSts();
    const oidcTokenFile = await temporaryFile("the token");

    await createIdentitySource(plan({ kind: "oidc", role: { ...role, oidcTokenFile } })).current();

    const { RoleArn, OIDCProviderArn, OIDCToken, RoleSessionName, DurationSeconds } = form();
    assert.deepEqual(
      [RoleArn, OIDCProviderArn, OIDCToken, RoleSessionName, DurationSeconds],
      [role.roleArn, role.oidcProviderArn, "the token", "pulumi-computenest", "3600"],
    );
  });

  it("lends a token given as text a file, and takes that away again", async () => {
    const folder = await temporaryFolder();
    process.env["TMPDIR"] = folder;
    const { form } = await serveSts();
    const given = {
      oidcToken: "the token",
      roleSessionName: "n",
      sessionExpiration: 900,
      policy: "{}",
    };

    const source = createIdentitySource(plan({ kind: "oidc", role: { ...role, ...given } }));
    const { providerName } = await source.current();

    assert.equal(providerName, "oidc_role_arn");
    assert.equal(form()["OIDCToken"], "the token");
    assert.deepEqual([form()["RoleSessionName"], form()["Policy"]], ["n", "{}"]);
    assert.deepEqual(await readdir(folder), []);
  });

  it("takes what the chain finds", async () => {
    const home = await emptyHome();
    const profile = { name: "ops", mode: "AK", access_key_id: "id", access_key_secret: "secret" };
    await mkdir(join(home, ".aliyun"));
    const content = JSON.stringify({ current: "ops", profiles: [profile] });
    await writeFile(join(home, ".aliyun", "config.json"), content);

    const { accessKeyId } = await createIdentitySource(plan({ kind: "chain" })).current();

    assert.equal(accessKeyId, "id");
  });
});

describe("an identity source that fails", () => {
  it("says where it looked, and leaves the metadata service alone when told to", async () => {
    await emptyHome();

    await assert.rejects(createIdentitySource(plan({ kind: "chain" })).current(), (error) => {
      assert.ok(error instanceof ConfigurationError);
      assert.match(
        error.message,
        /^No credentials were found: not in the settings option, stack config computenest:\* or alicloud:\*, nor in the environment \(ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, or ALIBABA_CLOUD_PROFILE\); the @alicloud\/credentials chain says: unable to get credentials from any of the providers in the chain: .*[^.]\. Set one of them\.$/,
      );
      return true;
    });
    assert.ok(!hostsRefused().includes("100.100.100.200"));
  });

  it("shows nothing of a configuration that the chain could not read", async () => {
    const home = await emptyHome();
    await mkdir(join(home, ".aliyun"));
    await writeFile(join(home, ".aliyun", "config.json"), `{"secret": "${secretKey}`);

    await assert.rejects(
      createIdentitySource(plan({ kind: "chain" })).current(),
      ({ message }: Error) => !message.includes(secretKey) && message.includes("failed"),
    );
  });

  const where = "The credentials named in stack config alicloud:*";
  const secretBody = JSON.stringify({ Message: `no ${secretKey}`, Code: "Forbidden" });
  const uriAnswers: [string, number, string, string][] = [
    ["a refusal", 403, secretBody, "get sts token failed, httpStatus: 403, failed"],
    ["no JSON", 200, `<html>${secretKey}`, "get sts token failed, json parse failed"],
    ["no keys", 200, secretBody, "error retrieving credentials from credentialsURI failed"],
  ];
  for (const [what, status, body, reason] of uriAnswers) {
    it(`shows nothing of an address that answers ${what}`, async () => {
      const uri = await serveScript((_, response) => response.writeHead(status).end(body));

      await assertFails(
        plan({ kind: "uri", uri: uri.url }),
        `${where} (uri) cannot be had: ${reason}.`,
      );
    });
  }

  it("shows nothing of a refusal to assume a role", async () => {
    await serveSts((_, response) => {
      response.writeHead(403, { "content-type": "application/json" }).end(secretBody);
    });

    await assertFails(
      plan(keys, { assumeRole: { roleArn: "arn" } }),
      `${where} (keys) cannot be had: refresh session token failed.`,
    );
  });

  for (const status of [200, 403]) {
    it(`shows nothing of an odd answer of ${status} to a token`, async () => {
      await serveSts((_, response) => response.writeHead(status).end(`<html>${secretKey}`));
      const oidcTokenFile = await temporaryFile("the token");

      await assertFails(
        plan({ kind: "oidc", role: { ...role, oidcTokenFile } }),
        `${where} (oidc) cannot be had: get sts token failed.`,
      );
    });
  }

  it("says that a role of the machine cannot be asked for", async () => {
    await assertFails(
      plan({ kind: "ecsRole", roleName: "reader" }),
      `${where} (ecsRole) cannot be had: IMDS credentials is disabled.`,
    );
  });

  it("cuts a reason that is long", async () => {
    const file = `/${"long/".repeat(100)}token`;

    await assert.rejects(
      createIdentitySource(
        plan({ kind: "oidc", role: { ...role, oidcTokenFile: file } }),
      ).current(),
      ({ message }: Error) => message.length < 400 && message.endsWith("…."),
    );
  });
});

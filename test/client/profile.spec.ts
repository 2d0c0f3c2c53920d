import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigurationError } from "../../provider/errors";
import { profileProvider } from "../../provider/client/profile";
import { emptyHome, temporaryFile } from "../support/folder";

const ak = { name: "ops", mode: "AK", access_key_id: "id", access_key_secret: "s3cret" };

/** A configuration of the CLI with these profiles, the first of them the current one. */
function config(...profiles: object[]): Promise<string> {
  return temporaryFile(JSON.stringify({ current: currentOf(profiles), profiles }));
}

function currentOf([first]: object[]): unknown {
  return first !== undefined && "name" in first ? first.name : undefined;
}

/** Refused with a message about a file, in which nothing of the file's stands. */
async function assertRefused(work: Promise<unknown>, message: string): Promise<void> {
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof ConfigurationError);
    assert.equal(error.message, message);
    assert.equal(error.cause, undefined);
    return true;
  });
}

describe("profileProvider", () => {
  it("reads keys", async () => {
    const provider = await profileProvider("ops", await config(ak));

    const { accessKeyId, accessKeySecret } = await provider.getCredentials();
    assert.deepEqual([accessKeyId, accessKeySecret], ["id", "s3cret"]);
    assert.equal(provider.getProviderName(), "static_ak");
  });

  it("reads temporary keys", async () => {
    const file = await config({ ...ak, mode: "StsToken", sts_token: "token" });

    const provider = await profileProvider("ops", file);

    assert.equal((await provider.getCredentials()).securityToken, "token");
  });

  it("takes the current profile where none is named", async () => {
    const file = await config({ ...ak, name: "first" }, { ...ak, name: "second" });

    assert.equal((await profileProvider(undefined, file)).getProviderName(), "static_ak");
  });

  it("finds the file at home where none is named, and with a ~", async () => {
    const home = await emptyHome();
    await mkdir(join(home, ".aliyun"));
    const content = JSON.stringify({ current: "ops", profiles: [ak] });
    await writeFile(join(home, ".aliyun", "config.json"), content);
    await writeFile(join(home, "mine.json"), content);

    assert.equal((await profileProvider("ops", undefined)).getProviderName(), "static_ak");
    assert.equal((await profileProvider("ops", "~/mine.json")).getProviderName(), "static_ak");
  });

  it("leaves modes that log in to the library, which writes the file at home back", async () => {
    const home = await emptyHome();
    await mkdir(join(home, ".aliyun"));
    const external = { name: "sso", mode: "CloudSSO" };
    const content = JSON.stringify({ current: "sso", profiles: [external] });
    await writeFile(join(home, ".aliyun", "config.json"), content);

    const provider = await profileProvider(undefined, undefined);

    assert.match(provider.getProviderName(), /^cli_profile/);
  });

  const role = { ram_role_arn: "acs:ram::1:role/r", ram_session_name: "nightly" };
  const modes: [string, object[], string][] = [
    ["RamRoleArn", [{ ...ak, ...role, mode: "RamRoleArn" }], "ram_role_arn/static_ak"],
    [
      "RamRoleArn with all that it may have",
      [
        {
          ...ak,
          ram_role_arn: "arn",
          mode: "RamRoleArn",
          expired_seconds: 900,
          sts_region: "cn-hangzhou",
          external_id: "x",
        },
      ],
      "ram_role_arn/static_ak",
    ],
    [
      "ChainableRamRoleArn",
      [
        { ...role, name: "ops", mode: "ChainableRamRoleArn", source_profile: "base" },
        { ...ak, name: "base" },
      ],
      "ram_role_arn/static_ak",
    ],
    [
      "OIDC",
      [{ ...role, name: "ops", mode: "OIDC", oidc_provider_arn: "p", oidc_token_file: "/t" }],
      "oidc_role_arn",
    ],
    [
      "OIDC with the least that it needs",
      [
        {
          name: "ops",
          mode: "OIDC",
          ram_role_arn: "arn",
          oidc_provider_arn: "p",
          oidc_token_file: "/t",
          expired_seconds: 900,
        },
      ],
      "oidc_role_arn",
    ],
  ];
  for (const [mode, profiles, name] of modes) {
    it(`understands ${mode}`, async () => {
      const file = await config(...profiles);

      assert.equal((await profileProvider("ops", file)).getProviderName(), name);
    });
  }

  it("understands EcsRamRole", async () => {
    Reflect.deleteProperty(process.env, "ALIBABA_CLOUD_ECS_METADATA_DISABLED");
    const file = await config({ name: "ops", mode: "EcsRamRole", ram_role_name: "r" });

    assert.equal((await profileProvider("ops", file)).getProviderName(), "ecs_ram_role");
  });

  const unhelpful: [string, object[], string][] = [
    [
      "a profile that is not there",
      [
        { ...ak, name: "dev" },
        { ...ak, name: "prod" },
      ],
      'There is no profile "ops"; there are: dev, prod.',
    ],
    [
      "a source that is not there",
      [{ ...role, name: "ops", mode: "ChainableRamRoleArn", source_profile: "base" }],
      'There is no profile "base"; there are: ops.',
    ],
    [
      "a profile that is its own source",
      [{ ...role, name: "ops", mode: "ChainableRamRoleArn", source_profile: "ops" }],
      'Profile "ops" is its own source_profile.',
    ],
    [
      "a mode that logs in",
      [{ name: "ops", mode: "External", process_command: "true" }],
      'Profile "ops" has mode "External", which is understood only in ~/.aliyun/config.json.',
    ],
    [
      "a mode that is a name of every object",
      [{ name: "ops", mode: "constructor" }],
      'Profile "ops" has mode "constructor", which is understood only in ~/.aliyun/config.json.',
    ],
    ["no access_key_id", [{ ...ak, access_key_id: "" }], 'Profile "ops" has no access_key_id.'],
    [
      "no access_key_secret",
      [{ ...ak, access_key_secret: undefined }],
      'Profile "ops" has no access_key_secret.',
    ],
    ["no sts_token", [{ ...ak, mode: "StsToken" }], 'Profile "ops" has no sts_token.'],
    ["no ram_role_arn", [{ ...ak, mode: "RamRoleArn" }], 'Profile "ops" has no ram_role_arn.'],
    [
      "no ram_role_name",
      [{ name: "ops", mode: "EcsRamRole" }],
      'Profile "ops" has no ram_role_name.',
    ],
    [
      "no oidc_token_file",
      [{ ...role, name: "ops", mode: "OIDC", oidc_provider_arn: "p" }],
      'Profile "ops" has no oidc_token_file.',
    ],
    [
      "a session that is too short",
      [{ ...ak, ...role, mode: "RamRoleArn", expired_seconds: 60 }],
      "session duration should be in the range of 900s - max session duration.",
    ],
  ];
  for (const [what, profiles, reason] of unhelpful) {
    it(`refuses ${what}, whatever the environment would add`, async () => {
      process.env["ALIBABA_CLOUD_ACCESS_KEY_ID"] = "another id";
      process.env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = "another secret";
      process.env["ALIBABA_CLOUD_ROLE_ARN"] = "another role";
      const file = await config(...profiles);

      await assertRefused(
        profileProvider("ops", file),
        `The credentials file ${file} does not help. ${reason}`,
      );
    });
  }

  it("refuses a file that cannot be read", async () => {
    await assertRefused(
      profileProvider("ops", "/no/such/file"),
      "The credentials file /no/such/file cannot be read (ENOENT).",
    );
  });

  for (const content of [
    "[default]\naccess_key_id = LTAI",
    '{"s3cret":',
    '{"profiles":"s3cret"}',
  ]) {
    it(`refuses a file that is something else: ${content.slice(0, 12)}`, async () => {
      const file = await temporaryFile(content);

      await assertRefused(
        profileProvider("ops", file),
        `The credentials file ${file} is not a configuration of the Alibaba Cloud CLI ` +
          '(JSON with a list "profiles"). Make one with "aliyun configure".',
      );
    });
  }
});

import assert from "node:assert/strict";
import { settingsContract, settingsSchema } from "../../provider/settings/settingsContract";

describe("the settings", () => {
  it("have these keys, those of pulumi-alicloud and two more", () => {
    assert.deepEqual(Object.keys(settingsSchema.shape), [
      "region",
      "accountType",
      "accessKey",
      "secretKey",
      "securityToken",
      "profile",
      "sharedCredentialsFile",
      "ecsRoleName",
      "credentialsUri",
      "assumeRole",
      "assumeRoleWithOidc",
      "endpoint",
      "protocol",
      "clientConnectTimeout",
      "clientReadTimeout",
      "maxRetryTimeout",
      "completeness",
      "transport",
    ]);
  });

  it("keep these secret", () => {
    assert.deepEqual(
      [...settingsContract.secrets!],
      ["accessKey", "secretKey", "securityToken", "oidcToken", "externalId"],
    );
  });

  it("refuse an empty text, which is neither a value nor none", () => {
    const { error } = settingsSchema.safeParse({ region: "" });

    assert.equal(
      error?.issues[0]?.message,
      "expected a region such as cn-hangzhou or ap-southeast-1 (or leave it out)",
    );
  });
});

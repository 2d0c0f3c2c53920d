import assert from "node:assert/strict";
import { ConfigurationError } from "../../provider/errors";
import type { Layer } from "../../provider/settings/layer";
import { resolve } from "../../provider/settings/resolve";
import type { Settings } from "../../provider/settings/settings";

const proxy = { httpsProxy: "http://proxy.example:3128", noProxy: undefined };

/** A layer whose keys are spelt `name:key`. */
function layer(name: string, values: Settings): Layer {
  return { name, values, spelling: (key) => `${name}:${key}` };
}

/** The connection of two layers, `upper` stronger than `lower`. */
function resolved(upper: Settings, lower: Settings = {}) {
  return resolve([layer("upper", upper), layer("lower", lower)], proxy, undefined);
}

const pair = { accessKey: "id", secretKey: "secret" };
const keys = { kind: "keys", ...pair, securityToken: undefined };
const role = { roleArn: "arn" };
const oidc = { roleArn: "arn", oidcProviderArn: "provider", oidcTokenFile: "/token" };

describe("resolve", () => {
  it("has a default for everything", () => {
    assert.deepEqual(resolve([], proxy, undefined), {
      region: "cn-hangzhou",
      regionGuess: "no region is configured, so cn-hangzhou was asked",
      endpoint: {
        origin: "https://computenest.cn-hangzhou.aliyuncs.com",
        host: "computenest.cn-hangzhou.aliyuncs.com",
      },
      credentials: {
        base: { kind: "chain" },
        assumeRole: undefined,
        source: "the @alicloud/credentials chain",
      },
      connectTimeoutMs: 5000,
      readTimeoutMs: 30_000,
      retryBudgetMs: 120_000,
      completeness: "strict",
      transport: "undici",
      proxy,
    });
  });

  it("takes each key that is no credential from the first layer that has it", () => {
    const connection = resolved(
      { region: "ap-southeast-1", clientReadTimeout: 10, completeness: "tokens" },
      {
        region: "cn-hangzhou",
        clientReadTimeout: 99,
        clientConnectTimeout: 20,
        maxRetryTimeout: 3,
        completeness: "strict",
        transport: "openapi-client",
        endpoint: "a.example",
      },
    );

    const { region, readTimeoutMs, connectTimeoutMs, retryBudgetMs } = connection;
    assert.deepEqual(
      { region, readTimeoutMs, connectTimeoutMs, retryBudgetMs },
      { region: "ap-southeast-1", readTimeoutMs: 10, connectTimeoutMs: 20, retryBudgetMs: 3000 },
    );
    assert.equal(connection.completeness, "tokens");
    assert.equal(connection.transport, "openapi-client");
    assert.equal(connection.endpoint.host, "a.example");
  });

  it("takes the region of the call before that of any layer", () => {
    const { region, regionGuess, endpoint } = resolve(
      [layer("upper", { region: "cn-beijing" })],
      proxy,
      "ap-southeast-1",
    );

    assert.equal(region, "ap-southeast-1");
    assert.equal(regionGuess, undefined);
    assert.equal(endpoint.host, "computenest.ap-southeast-1.aliyuncs.com");
  });

  it("names the setting a region was guessed from", () => {
    assert.equal(
      resolved({}, { region: "cn-beijing" }).regionGuess,
      "lower:region is cn-beijing, where the service has no endpoint, so cn-hangzhou was asked",
    );
  });

  it("guesses nothing where the account type or the endpoint is known", () => {
    assert.equal(resolved({ accountType: "International" }).regionGuess, undefined);
    assert.equal(resolved({ endpoint: "a.example" }).regionGuess, undefined);
  });

  it("takes a maxRetryTimeout of 0 for the default", () => {
    assert.equal(resolved({ maxRetryTimeout: 0 }, { maxRetryTimeout: 7 }).retryBudgetMs, 120_000);
  });

  it("asks through the proxy only where the endpoint is elsewhere", () => {
    assert.deepEqual(resolved({ endpoint: "https://a.example" }).proxy, proxy);
    assert.equal(resolved({ endpoint: "https://localhost" }).proxy.httpsProxy, undefined);
  });
});

describe("the credentials that resolve chooses", () => {
  const cases: [string, Settings, Settings, object][] = [
    ["takes a pair", pair, {}, { base: keys, source: "upper" }],
    ["takes a pair of a lower layer", {}, pair, { base: keys, source: "lower" }],
    [
      "takes a token with its pair",
      { ...pair, securityToken: "token" },
      {},
      { base: { ...keys, securityToken: "token" }, source: "upper" },
    ],
    [
      "leaves a token of a lower layer alone",
      pair,
      { ...pair, securityToken: "token" },
      { base: keys, source: "upper" },
    ],
    [
      "takes a pair before a profile of the same layer",
      { ...pair, profile: "ops" },
      {},
      { base: keys, source: "upper" },
    ],
    [
      "takes a profile before a pair of a lower layer",
      { profile: "ops" },
      pair,
      { base: { kind: "profile", name: "ops", file: undefined }, source: "upper" },
    ],
    [
      "takes a credentials file alone for its current profile",
      { sharedCredentialsFile: "/f" },
      { profile: "ops" },
      { base: { kind: "profile", name: undefined, file: "/f" }, source: "upper" },
    ],
    [
      "takes an address that hands out keys",
      { credentialsUri: "http://a", ecsRoleName: "role" },
      {},
      { base: { kind: "uri", uri: "http://a" }, source: "upper" },
    ],
    [
      "takes the role of the machine",
      { ecsRoleName: "role", assumeRoleWithOidc: oidc },
      {},
      { base: { kind: "ecsRole", roleName: "role" }, source: "upper" },
    ],
    [
      "takes a role with OIDC",
      { assumeRoleWithOidc: oidc },
      pair,
      { base: { kind: "oidc", role: oidc }, source: "upper" },
    ],
    [
      "assumes a role on top of the pair of its layer",
      { ...pair, assumeRole: role },
      {},
      { base: keys, assumeRole: role, source: "upper" },
    ],
    [
      "assumes a role on top of the keys of a lower layer",
      { assumeRole: role },
      pair,
      { base: keys, assumeRole: role, source: "lower" },
    ],
    [
      "assumes the role of the upper of two layers",
      { assumeRole: role },
      { ...pair, assumeRole: { roleArn: "other" } },
      { base: keys, assumeRole: role, source: "lower" },
    ],
    [
      "assumes no role of a layer below the keys",
      pair,
      { assumeRole: role },
      { base: keys, source: "upper" },
    ],
    [
      "assumes a role on top of the chain",
      {},
      { assumeRole: role },
      { base: { kind: "chain" }, assumeRole: role, source: "the @alicloud/credentials chain" },
    ],
  ];
  for (const [title, upper, lower, expected] of cases) {
    it(title, () => {
      const { credentials } = resolved(upper, lower);

      assert.deepEqual(credentials, { assumeRole: undefined, ...expected });
    });
  }

  const half =
    "Set both in the same place (upper), or neither: halves of two pairs are never combined.";
  const halves: [string, Settings, string][] = [
    [
      "a key without a secret",
      { accessKey: "id" },
      `upper:accessKey is set but upper:secretKey is not. ${half}`,
    ],
    [
      "a secret without a key",
      { secretKey: "secret" },
      `upper:secretKey is set but upper:accessKey is not. ${half}`,
    ],
    [
      "a key and a token without a secret",
      { accessKey: "id", securityToken: "token" },
      `upper:accessKey is set but upper:secretKey is not. ${half}`,
    ],
    [
      "a token alone",
      { securityToken: "token" },
      `upper:securityToken is set but upper:accessKey and upper:secretKey are not. ${half}`,
    ],
  ];
  for (const [what, upper, message] of halves) {
    it(`are not completed from below: ${what}`, () => {
      assert.throws(
        () => resolved(upper, pair),
        (error) => error instanceof ConfigurationError && error.message === message,
      );
    });
  }

  it("do not mind half a pair below a whole one", () => {
    assert.deepEqual(resolved(pair, { accessKey: "other" }).credentials.base, keys);
  });
});

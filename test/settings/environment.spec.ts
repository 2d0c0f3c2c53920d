import assert from "node:assert/strict";
import { ConfigurationError } from "../../provider/errors";
import {
  credentialsFileOf,
  currentEnvironment,
  environmentLayers,
  proxyOf,
  type Environment,
} from "../../provider/settings/environment";
import type { Settings } from "../../provider/settings/settings";

/** What the families say, the strongest first, those that say nothing left out. */
function read(environment: Environment): Settings[] {
  return environmentLayers(environment)
    .map(({ values }) => values)
    .filter((values) => Object.keys(values).length > 0);
}

describe("environmentLayers", () => {
  const variables: Record<string, [string, Settings]> = {
    ALICLOUD_REGION: ["cn-beijing", { region: "cn-beijing" }],
    ALICLOUD_ACCOUNT_TYPE: ["Domestic", { accountType: "Domestic" }],
    ALICLOUD_ACCESS_KEY: ["id", { accessKey: "id" }],
    ALICLOUD_SECRET_KEY: ["secret", { secretKey: "secret" }],
    ALICLOUD_SECURITY_TOKEN: ["token", { securityToken: "token" }],
    ALICLOUD_PROFILE: ["ops", { profile: "ops" }],
    ALICLOUD_SHARED_CREDENTIALS_FILE: ["/f", { sharedCredentialsFile: "/f" }],
    ALICLOUD_ECS_ROLE_NAME: ["role", { ecsRoleName: "role" }],
    ALICLOUD_CREDENTIALS_URI: ["http://a", { credentialsUri: "http://a" }],
    ALICLOUD_ASSUME_ROLE_ARN: ["arn", { assumeRole: { roleArn: "arn" } }],
    ALIBABA_CLOUD_REGION: ["cn-beijing", { region: "cn-beijing" }],
    ALIBABA_CLOUD_ACCOUNT_TYPE: ["International", { accountType: "International" }],
    ALIBABA_CLOUD_ACCESS_KEY_ID: ["id", { accessKey: "id" }],
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: ["secret", { secretKey: "secret" }],
    ALIBABA_CLOUD_SECURITY_TOKEN: ["token", { securityToken: "token" }],
    ALIBABA_CLOUD_PROFILE: ["ops", { profile: "ops" }],
    ALIBABA_CLOUD_ECS_METADATA: ["role", { ecsRoleName: "role" }],
    ALIBABA_CLOUD_CREDENTIALS_URI: ["http://a", { credentialsUri: "http://a" }],
    ALIBABA_CLOUD_ENDPOINT_COMPUTENEST: ["a.example", { endpoint: "a.example" }],
    ALIBABA_CLOUD_ROLE_ARN: ["arn", { assumeRole: { roleArn: "arn" } }],
    ALIBABACLOUD_REGION: ["cn-beijing", { region: "cn-beijing" }],
    ALIBABACLOUD_ACCOUNT_TYPE: ["Domestic", { accountType: "Domestic" }],
    ALIBABACLOUD_ACCESS_KEY_ID: ["id", { accessKey: "id" }],
    ALIBABACLOUD_ACCESS_KEY_SECRET: ["secret", { secretKey: "secret" }],
    ALIBABACLOUD_SECURITY_TOKEN: ["token", { securityToken: "token" }],
    ALIBABACLOUD_PROFILE: ["ops", { profile: "ops" }],
    COMPUTENEST_ENDPOINT: ["a.example", { endpoint: "a.example" }],
    COMPUTENEST_COMPLETENESS: ["tokens", { completeness: "tokens" }],
    COMPUTENEST_TRANSPORT: ["openapi-client", { transport: "openapi-client" }],
    CLIENT_CONNECT_TIMEOUT: ["100", { clientConnectTimeout: 100 }],
    CLIENT_READ_TIMEOUT: ["200", { clientReadTimeout: 200 }],
    MAX_RETRY_TIMEOUT: ["300", { maxRetryTimeout: 300 }],
  };
  for (const [name, [text, settings]] of Object.entries(variables)) {
    it(`reads ${name}`, () => {
      assert.deepEqual(read({ [name]: text }), [settings]);
    });
    it(`takes an empty ${name} for one that is not set`, () => {
      assert.deepEqual(read({ [name]: "" }), []);
    });
  }

  it("reads a role of pulumi-alicloud's family", () => {
    const environment = {
      ALICLOUD_ASSUME_ROLE_ARN: "arn",
      ALICLOUD_ASSUME_ROLE_SESSION_NAME: "nightly",
      ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION: "900",
    };

    assert.deepEqual(read(environment), [
      { assumeRole: { roleArn: "arn", sessionName: "nightly", sessionExpiration: 900 } },
    ]);
  });

  it("reads a role and its session", () => {
    const environment = {
      ALIBABA_CLOUD_ROLE_ARN: "arn",
      ALIBABA_CLOUD_ROLE_SESSION_NAME: "nightly",
    };

    assert.deepEqual(read(environment), [
      { assumeRole: { roleArn: "arn", sessionName: "nightly" } },
    ]);
  });

  it("takes the role for the one to assume with OIDC where that is set up", () => {
    const environment = {
      ALIBABA_CLOUD_OIDC_PROVIDER_ARN: "provider",
      ALIBABA_CLOUD_ROLE_ARN: "arn",
      ALIBABA_CLOUD_OIDC_TOKEN_FILE: "/token",
      ALIBABA_CLOUD_ROLE_SESSION_NAME: "nightly",
    };

    assert.deepEqual(read(environment), [
      {
        assumeRoleWithOidc: {
          roleArn: "arn",
          oidcProviderArn: "provider",
          oidcTokenFile: "/token",
          roleSessionName: "nightly",
        },
      },
    ]);
  });

  it("reads the OIDC token itself", () => {
    const environment = {
      ALIBABA_CLOUD_OIDC_PROVIDER_ARN: "provider",
      ALIBABA_CLOUD_ROLE_ARN: "arn",
      ALIBABA_CLOUD_OIDC_TOKEN: "token",
    };

    assert.equal(read(environment)[0]?.assumeRoleWithOidc?.oidcToken, "token");
  });

  it("takes ALIBABA_CLOUD_CREDENTIALS_FILE for the CLI's only together with a profile", () => {
    const file = { ALIBABA_CLOUD_CREDENTIALS_FILE: "/f" };

    assert.deepEqual(read(file), []);
    assert.deepEqual(read({ ...file, ALIBABA_CLOUD_PROFILE: "ops" }), [
      { profile: "ops", sharedCredentialsFile: "/f" },
    ]);
  });

  it("puts ALICLOUD_* before ALIBABA_CLOUD_* before ALIBABACLOUD_*", () => {
    const environment = {
      ALIBABACLOUD_REGION: "third",
      ALIBABA_CLOUD_REGION: "second",
      ALICLOUD_REGION: "first",
    };

    assert.deepEqual(
      read(environment).map(({ region }) => region),
      ["first", "second", "third"],
    );
  });

  const wrong: [Environment, string][] = [
    [
      { CLIENT_READ_TIMEOUT: "soon" },
      "CLIENT_READ_TIMEOUT is 'soon', expected a whole number of milliseconds from 1 to 600000.",
    ],
    [
      { ALICLOUD_ASSUME_ROLE_ARN: "arn", ALICLOUD_ASSUME_ROLE_SESSION_EXPIRATION: "1h" },
      "assumeRole of the environment.sessionExpiration is '1h', " +
        "expected a whole number of seconds from 900 to 43200.",
    ],
    [
      { ALIBABA_CLOUD_OIDC_PROVIDER_ARN: "provider", ALIBABA_CLOUD_OIDC_TOKEN_FILE: "/token" },
      "assumeRoleWithOidc of the environment.roleArn is missing, expected the ARN of a RAM role.",
    ],
  ];
  for (const [environment, message] of wrong) {
    it(`refuses ${JSON.stringify(environment)}`, () => {
      assert.throws(
        () => environmentLayers(environment),
        (error) => error instanceof ConfigurationError && error.message === message,
      );
    });
  }
});

describe("proxyOf", () => {
  const cases: [Environment, string | undefined, string | undefined][] = [
    [{}, undefined, undefined],
    [{ HTTPS_PROXY: "http://a:1", NO_PROXY: "b" }, "http://a:1", "b"],
    [{ https_proxy: "http://a:1", no_proxy: "b" }, "http://a:1", "b"],
    [{ https_proxy: "http://a:1", HTTPS_PROXY: "http://z:1" }, "http://a:1", undefined],
    [{ https_proxy: "", HTTPS_PROXY: "http://z:1" }, "http://z:1", undefined],
    [{ HTTP_PROXY: "http://a:1", ALL_PROXY: "http://a:1" }, undefined, undefined],
  ];
  for (const [environment, httpsProxy, noProxy] of cases) {
    it(`reads ${JSON.stringify(environment)}`, () => {
      assert.deepEqual(proxyOf(environment), { httpsProxy, noProxy });
    });
  }
});

describe("currentEnvironment", () => {
  it("holds what is set in the environment of this process", () => {
    process.env["ALICLOUD_REGION"] = "ap-southeast-1";
    process.env["ALICLOUD_PROFILE"] = "";
    process.env["SOMETHING_ELSE"] = "1";

    const { ALICLOUD_REGION, ...rest } = currentEnvironment();

    assert.equal(ALICLOUD_REGION, "ap-southeast-1");
    assert.deepEqual(["ALICLOUD_PROFILE" in rest, "SOMETHING_ELSE" in rest], [false, false]);
  });

  it("holds every variable that something is made of", () => {
    const read = new Set<string>();
    const recording = (environment: Environment) =>
      new Proxy(environment, {
        get(target, name) {
          read.add(String(name));
          return target[String(name)];
        },
      });
    const make = (environment: Environment) => {
      environmentLayers(recording(environment));
      proxyOf(recording(environment));
      credentialsFileOf(recording(environment));
    };
    make({});
    make({ ALICLOUD_ASSUME_ROLE_ARN: "arn" });
    make({ ALIBABA_CLOUD_ROLE_ARN: "arn" });
    make({
      ALIBABA_CLOUD_ROLE_ARN: "arn",
      ALIBABA_CLOUD_OIDC_PROVIDER_ARN: "arn",
      ALIBABA_CLOUD_OIDC_TOKEN_FILE: "/token",
    });
    // A text that no variable is refused for here: none is looked at.
    for (const name of read) process.env[name] = "set";

    assert.deepEqual(Object.keys(currentEnvironment()).sort(), [...read].sort());
  });
});

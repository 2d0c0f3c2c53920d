import assert from "node:assert/strict";
import { unwrap } from "../../provider/plugin/values";
import { wireRow } from "../support/backups";
import { planted } from "../support/connection";
import {
  configOf,
  refusalOf,
  secret,
  startPlugin,
  unknownText,
  type Values,
} from "../support/plugin";
import { asked, serve } from "../support/service";

const role = { roleArn: "acs:ram::1:role/r", sessionExpiration: 900 };
const getBackups = "computenest:index:getBackups";

const accepted: readonly [what: string, config: Values][] = [
  ["nothing", {}],
  ["texts", { region: "cn-hangzhou", maxRetryTimeout: "5", clientReadTimeout: "100" }],
  ["values of their types", { maxRetryTimeout: 5, clientReadTimeout: 100, assumeRole: role }],
  ["structures as JSON", { assumeRole: JSON.stringify(role) }],
  ["structures in lists, as older programs wrap them", { assumeRole: JSON.stringify([role]) }],
  ["an address by package", { endpoints: { computenest: "localhost:1" } }],
  ["an address by package, as JSON", { endpoints: '[{"computenest": "localhost:1"}]' }],
  ["secrets", { accessKey: secret("a"), assumeRole: secret({ ...role, externalId: secret("e") }) }],
  [
    "what other parts of Pulumi put there",
    { version: "0.1.0", pluginDownloadURL: "u", __internal: {} },
  ],
  ["the config of a project of this name", { databasePassword: "x" }],
  ["values that are none", { region: null, acessKey: null }],
  ["values that are not known yet", { region: unknownText, maxRetryTimeout: unknownText }],
  ["a secret that is not known yet", { accessKey: secret(unknownText) }],
  ["a part that is not known yet", { assumeRole: { roleArn: unknownText } }],
  ["a list with a part that is not known yet", { endpoints: [{ computenest: unknownText }] }],
];

const refused: readonly [what: string, config: Values, reason: string][] = [
  [
    "a key that is misspelt",
    { acessKey: "x" },
    "computenest:acessKey is not a setting; did you mean computenest:accessKey?",
  ],
  [
    "a key that is misspelt, though its value is not known yet",
    { acessKey: unknownText },
    "computenest:acessKey is not a setting; did you mean computenest:accessKey?",
  ],
  [
    "a key that is misspelt, though a part of its value is not known yet",
    { asumeRole: { roleArn: unknownText } },
    "computenest:asumeRole is not a setting; did you mean computenest:assumeRole?",
  ],
  [
    "a value that is none of a few",
    { accountType: "Mars" },
    "computenest:accountType is 'Mars', expected Domestic or International.",
  ],
  [
    "a text where a number belongs",
    { maxRetryTimeout: "soon" },
    "computenest:maxRetryTimeout is 'soon', expected a whole number of seconds, 0 or more.",
  ],
  [
    "a number that is not whole",
    { maxRetryTimeout: 1.5 },
    "computenest:maxRetryTimeout is '1.5', expected a whole number of seconds, 0 or more.",
  ],
  [
    "a part of a structure",
    { assumeRole: { sessionExpiration: 900 } },
    "computenest:assumeRole.roleArn is missing, expected the ARN of a RAM role.",
  ],
  [
    "a structure that is no JSON, and may hold a secret",
    { assumeRole: "{roleArn" },
    "computenest:assumeRole is a secret that is not shown, expected an object with roleArn.",
  ],
  [
    "an address that nobody can read",
    { endpoints: "somewhere" },
    'computenest:endpoints cannot be read, expected JSON such as {"computenest": "host"}.',
  ],
  [
    "several at once, and no secret among what is said",
    { accessKey: secret("with space"), protocol: "FTP" },
    "computenest:accessKey is a secret that is not shown, expected an access key id of " +
      "visible ASCII characters, without spaces and line breaks; " +
      "computenest:protocol is 'FTP', expected HTTPS or HTTP.",
  ],
];

describe("the configuration of a provider", () => {
  for (const [what, config] of accepted) {
    it(`may be ${what}`, async () => {
      const plugin = await startPlugin();

      const { inputs, failures } = await plugin.checkConfig(config);
      await plugin.configure(config);

      assert.deepEqual(failures, []);
      assert.deepEqual(unwrap(inputs).value, unwrap(config).value);
    });
  }

  for (const [what, config, reason] of refused) {
    it(`is refused for ${what}`, async () => {
      const plugin = await startPlugin();

      const { inputs, failures } = await plugin.checkConfig(config);
      const refusal = await refusalOf(plugin.configure(config));

      assert.deepEqual(failures, [{ property: "", reason }]);
      assert.deepEqual(unwrap(inputs).value, unwrap(config).value);
      assert.deepEqual(refusal, { code: "FAILED_PRECONDITION", details: reason });
    });
  }

  it("comes back with what may not be shown marked as secret, in whatever form it was given", async () => {
    const { checkConfig } = await startPlugin();
    const plain = {
      accessKey: "a",
      secretKey: "s",
      securityToken: "t",
      assumeRole: role,
      assumeRoleWithOidc: JSON.stringify({ roleArn: "r", oidcProviderArn: "o", oidcToken: "t" }),
    };
    const shown = { region: "cn-hangzhou", endpoint: "localhost:1", maxRetryTimeout: 5 };
    const marked = Object.fromEntries(
      Object.entries(plain).map(([key, value]) => [key, secret(value)]),
    );

    for (const given of [plain, marked]) {
      const { inputs, failures } = await checkConfig({ ...given, ...shown });

      assert.deepEqual(failures, []);
      assert.deepEqual(inputs, { ...marked, ...shown });
    }
  });

  it("comes back with what is not known, or no value, as it is", async () => {
    const { checkConfig } = await startPlugin();
    const config = { accessKey: unknownText, secretKey: null };

    assert.deepEqual((await checkConfig(config)).inputs, config);
  });

  for (const [what, form] of [
    [
      "texts and JSON",
      (value: unknown) => (typeof value === "string" ? value : `${value as number}`),
    ],
    ["values of their types", (value: unknown) => value],
    ["secrets", secret],
  ] as const) {
    it(`reaches the service, in the form of ${what}`, async () => {
      const service = await serve({ backups: [wireRow()], securityToken: planted.securityToken });
      const plugin = await startPlugin();
      const config = configOf(service, { maxRetryTimeout: 5 });

      await plugin.configure(
        Object.fromEntries(Object.entries(config).map(([key, value]) => [key, form(value)])),
      );
      const { ids } = await plugin.invoke(getBackups, {});

      assert.deepEqual(ids, ["backup-1"]);
      assert.deepEqual(asked(service), [{}]);
    });
  }

  it("is asked as nobody while it is not known: there may be another in the environment", async () => {
    const service = await serve({ backups: [wireRow()] });
    const plugin = await startPlugin();
    await plugin.configure(configOf(service, { assumeRole: { roleArn: unknownText } }));

    const refusal = await refusalOf(plugin.invoke(getBackups, {}));

    assert.deepEqual(refusal, {
      code: "FAILED_PRECONDITION",
      details: "The provider's configuration is not known yet.",
    });
    assert.deepEqual(service.requests, []);
  });

  it("may come again", async () => {
    const [first, second] = [
      await serve({ backups: [wireRow({ BackupId: "first" })] }),
      await serve({ backups: [wireRow({ BackupId: "second" })] }),
    ];
    const plugin = await startPlugin();

    await plugin.configure(configOf(first));
    await plugin.configure(configOf(second));

    assert.deepEqual((await plugin.invoke(getBackups, {}))["ids"], ["second"]);
    assert.deepEqual(first.requests, []);
  });
});

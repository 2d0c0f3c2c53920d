import assert from "node:assert/strict";
import { stackConfigLayer } from "../../provider/settings/stackConfig";

describe("stackConfigLayer", () => {
  it("reads the keys of its namespace, and spells them as the user does", () => {
    const layer = stackConfigLayer("alicloud", {
      "alicloud:region": "cn-hangzhou",
      "computenest:region": "ap-southeast-1",
      "project:region": "elsewhere",
    });

    assert.equal(layer.name, "stack config alicloud:*");
    assert.deepEqual(layer.values, { region: "cn-hangzhou" });
    assert.equal(layer.spelling("region"), "alicloud:region");
  });

  it("passes over what pulumi-alicloud has besides", () => {
    const config = { "alicloud:skipRegionValidation": "true", "alicloud:accountId": "1" };

    assert.deepEqual(stackConfigLayer("alicloud", config).values, {});
  });

  const endpoints: [string, string | undefined][] = [
    ['{"computenest":"a.example"}', "a.example"],
    ['[{"computenest":"a.example"}]', "a.example"],
    ['[{"ecs":"e.example"},{"computenest":"a.example"}]', "a.example"],
    ['[null,{"computenest":"a.example"}]', "a.example"],
    ['{"ecs":"e.example"}', undefined],
    ["[]", undefined],
    ["null", undefined],
  ];
  for (const [text, endpoint] of endpoints) {
    it(`takes ${endpoint ?? "no endpoint"} from endpoints ${text}`, () => {
      const { values } = stackConfigLayer("alicloud", { "alicloud:endpoints": text });

      assert.equal(values.endpoint, endpoint);
    });
  }

  for (const text of ['{"computenest":7}', "no JSON", '{"computenest":"cut off']) {
    it(`does not pass over endpoints ${text}`, () => {
      assert.throws(() => stackConfigLayer("alicloud", { "alicloud:endpoints": text }), {
        name: "ConfigurationError",
        message:
          'alicloud:endpoints cannot be read, expected JSON such as {"computenest": "host"}.',
      });
    });
  }

  it("prefers endpoint to endpoints", () => {
    const { values } = stackConfigLayer("computenest", {
      "computenest:endpoint": "a.example",
      "computenest:endpoints": '{"computenest":"b.example"}',
    });

    assert.deepEqual(values, { endpoint: "a.example" });
  });

  it("refuses a misspelt key of its own, which would silently not count", () => {
    assert.throws(() => stackConfigLayer("computenest", { "computenest:acessKey": "x" }), {
      name: "ConfigurationError",
      message: "computenest:acessKey is not a setting; did you mean computenest:accessKey?",
    });
  });

  it("leaves alone what resembles no setting, and what Pulumi keeps there", () => {
    const config = {
      "computenest:greeting": "hello",
      "computenest:version": "1.0.0",
      "computenest:pluginDownloadURL": "https://example.com",
    };

    assert.deepEqual(stackConfigLayer("computenest", config).values, {});
  });

  it("does not check the spelling of pulumi-alicloud's keys", () => {
    assert.deepEqual(stackConfigLayer("alicloud", { "alicloud:acessKey": "x" }).values, {});
  });
});

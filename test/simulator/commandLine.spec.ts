import assert from "node:assert/strict";

import { credentialsFrom, parseOptions } from "../../simulator/commandLine";

describe("parseOptions", () => {
  it("has a default for everything", () => {
    const { port, latencyMs, data, help, version } = parseOptions([]);

    assert.deepEqual([port, latencyMs, data, help, version], [0, 0, undefined, false, false]);
  });

  it("reads every option", () => {
    const args = ["--port", "8080", "--data=a.json", "--latency", "25", "--help", "--version"];

    const { port, latencyMs, data, help, version } = parseOptions(args);

    assert.deepEqual([port, latencyMs, data, help, version], [8080, 25, "a.json", true, true]);
  });

  const refusals: [args: string[], message: string][] = [
    [["--prot", "1"], "Unknown option '--prot' (see --help)"],
    [["--data"], "Option '--data <value>' argument missing (see --help)"],
    [["8080"], "Unexpected argument '8080' (see --help)"],
    [["--latency", "-1"], "Option '--latency' argument is ambiguous (see --help)"],
    [["--port", "http"], '--port is a whole number from 0 to 65535, not "http"'],
    [["--port", "65536"], '--port is a whole number from 0 to 65535, not "65536"'],
    [["--port", ""], '--port is a whole number from 0 to 65535, not ""'],
    [["--latency", "1e9"], '--latency is a whole number from 0 to 600000, not "1e9"'],
  ];
  for (const [args, message] of refusals) {
    it(`refuses ${args.join(" ")}`, () => {
      assert.throws(() => parseOptions(args), { message, exitCode: 2 });
    });
  }
});

describe("credentialsFrom", () => {
  const id = "ALIBABA_CLOUD_ACCESS_KEY_ID";
  const secret = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";

  it("takes the key of the environment, and does not print its secret", () => {
    assert.deepEqual(credentialsFrom({ [id]: "LTAImine", [secret]: "mine" }), {
      credentials: { accessKeyId: "LTAImine", accessKeySecret: "mine" },
      exports: [`# ${id}=LTAImine (from the environment)`, `# ${secret} (from the environment)`],
    });
  });

  it("takes variables that are set to nothing as not set", () => {
    const { credentials, exports } = credentialsFrom({ [id]: "", [secret]: "" });

    assert.deepEqual(credentials, {});
    assert.equal(exports.length, 2);
  });

  for (const [set, unset] of [
    [id, secret],
    [secret, id],
  ] as const) {
    it(`refuses ${set} alone`, () => {
      const message = `${set} is set but ${unset} is not`;

      assert.throws(() => credentialsFrom({ [set]: "x" }), { message, exitCode: 2 });
    });
  }
});

import assert from "node:assert/strict";
import { getBackupsArguments } from "../provider/args";
import { checkCall, type CheckedOptions } from "../provider/checkCall";
import { InvalidArgumentError } from "../provider/errors";

const check = (args: unknown, opts: unknown = {}, areSecret = false) =>
  checkCall(getBackupsArguments, args, opts as CheckedOptions, areSecret);

/** Refused with this message. */
function assertRefused(message: string, args: unknown, opts: unknown = {}, areSecret = false) {
  assert.throws(
    () => check(args, opts, areSecret),
    (error) => error instanceof InvalidArgumentError && error.message === message,
  );
}

describe("checkCall", () => {
  it("returns a copy of the arguments, so that later changes do not count", () => {
    const args = { ids: ["b-1"] };

    const checked = check(args);
    args.ids.push("b-2");

    assert.deepEqual(checked, { args: { ids: ["b-1"] }, settings: undefined });
  });

  it("takes a signal and settings", () => {
    const settings = { region: "cn-hangzhou" };

    const checked = check({}, { signal: new AbortController().signal, settings });
    settings.region = "elsewhere";

    assert.deepEqual(checked, { args: {}, settings: { region: "cn-hangzhou" } });
  });

  it("names what is wrong with arguments and options in one error", () => {
    assertRefused(
      "getBackups was given invalid arguments: limit is 0, expected a whole number of at least 1; " +
        "opts.settings.regoin is not known (did you mean region?); opts.signal is no AbortSignal.",
      { limit: 0 },
      { settings: { regoin: "cn-hangzhou" }, signal: "stop" },
    );
  });

  it("names a single problem in the singular", () => {
    assertRefused(
      "getBackups was given an invalid argument: opts.settings is null, expected an object.",
      {},
      { settings: null },
    );
  });

  it("shows no secret of the settings", () => {
    assertRefused(
      "getBackups was given invalid arguments: " +
        "opts.settings.secretKey is a secret that is not shown, expected an access key secret; " +
        "opts.settings.assumeRole.externalId is a secret that is not shown, expected an external id.",
      {},
      { settings: { secretKey: 4711, assumeRole: { roleArn: "arn", externalId: 4711 } } },
    );
  });

  it("shows no value of arguments that are secret", () => {
    assertRefused(
      "getBackups was given an invalid argument: " +
        "limit is a secret that is not shown, expected a whole number of at least 1.",
      { limit: 0 },
      {},
      true,
    );
  });
});

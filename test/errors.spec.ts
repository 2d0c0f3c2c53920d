import assert from "node:assert/strict";
import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import {
  BackupsError,
  ConfigurationError,
  IncompleteListError,
  InvalidArgumentError,
  RequestError,
  ResponseError,
} from "../provider/errors";

const cause = new Error("socket hang up");
const family = [
  {
    error: new InvalidArgumentError("getBackups", [{ property: "limit", reason: "is 0" }]),
    name: "InvalidArgumentError",
    code: "InvalidArgument",
    fields: { problems: [{ property: "limit", reason: "is 0" }] },
  },
  {
    error: new ConfigurationError("no region", { cause }),
    name: "ConfigurationError",
    code: "Configuration",
    fields: {},
  },
  {
    error: new RequestError("denied", {
      kind: "denied",
      serviceCode: "Forbidden.RAM",
      httpStatus: 403,
      requestId: "R-1",
      attempts: 2,
      cause,
    }),
    name: "RequestError",
    code: "Request",
    fields: {
      kind: "denied",
      serviceCode: "Forbidden.RAM",
      httpStatus: 403,
      requestId: "R-1",
      attempts: 2,
    },
  },
  {
    error: new ResponseError("no page", { page: 3, requestId: "R-2" }),
    name: "ResponseError",
    code: "Response",
    fields: { page: 3, requestId: "R-2" },
  },
  {
    error: new IncompleteListError("incomplete", { readCount: 3, totalCount: 4 }),
    name: "IncompleteListError",
    code: "IncompleteList",
    fields: { readCount: 3, totalCount: 4 },
  },
];

for (const { error, name, code, fields } of family) {
  describe(name, () => {
    it("tells its name and code", () => {
      assert.equal(error.name, name);
      assert.equal(error.code, code);
      assert.match(error.stack ?? "", new RegExp(`^${name}: `));
    });

    it("carries what is known, and nothing else that shows", () => {
      const own = Object.fromEntries(Object.entries(error).filter(([key]) => key !== "code"));

      assert.deepEqual(own, fields);
      assert.doesNotMatch(inspect(error), /__pulumi|__computenest/);
    });

    it("is a BackupsError, and to the engine a RunError", () => {
      assert.ok(error instanceof BackupsError);
      assert.ok(BackupsError.isInstance(error));
      assert.ok(pulumi.RunError.isInstance(error));
    });
  });
}

describe("BackupsError.isInstance", () => {
  it("recognises an error that another copy of the package made", () => {
    const foreign = Object.assign(new Error("elsewhere"), { __computenestError: true });

    assert.equal(BackupsError.isInstance(foreign), true);
  });

  for (const value of [new Error("other"), { __computenestError: true }, undefined]) {
    it(`does not take ${inspect(value).split("\n")[0]} for one`, () => {
      assert.equal(BackupsError.isInstance(value), false);
    });
  }
});

describe("the cause of an error", () => {
  it("is kept where there is one", () => {
    assert.equal(new ConfigurationError("no region", { cause }).cause, cause);
    assert.equal(
      new RequestError("down", { kind: "unavailable", attempts: 1, cause }).cause,
      cause,
    );
  });

  it("is no property where there is none", () => {
    const error = new RequestError("down", { kind: "unavailable", attempts: 1 });

    assert.equal("cause" in error, false);
    assert.equal(new ResponseError("no page").page, undefined);
  });
});

describe("a BackupsError's stack", () => {
  it("has no frame that Node 20's util.inspect cannot colour", () => {
    const prepare = Object.getOwnPropertyDescriptor(Error, "prepareStackTrace");
    Error.prepareStackTrace = (error) =>
      [
        String(error),
        "    at mine (/app/index.ts:1:1)",
        "    at async applyHelperAsync (/app/node_modules/@pulumi/output.ts:516:25)",
        "    at theirs (/app/node_modules/@alicloud/credentials/dist/client.js:1:1)",
      ].join("\n");
    let stack: string | undefined;
    try {
      ({ stack } = new ConfigurationError("no region"));
    } finally {
      if (prepare === undefined)
        delete (Error as { prepareStackTrace?: unknown }).prepareStackTrace;
      else Object.defineProperty(Error, "prepareStackTrace", prepare);
    }

    assert.equal(
      stack,
      [
        "ConfigurationError: no region",
        "    at mine (/app/index.ts:1:1)",
        "    at theirs (/app/node_modules/@alicloud/credentials/dist/client.js:1:1)",
      ].join("\n"),
    );
  });
});

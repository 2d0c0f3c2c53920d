import assert from "node:assert/strict";

import type { Fault } from "../../simulator";
import { backups, simulate } from "./running";
import { signedCall } from "./signedCall";

interface Refusal {
  readonly name: string;
  readonly fault: Fault;
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const flowControl = "Request was denied due to user flow control.";

const refusals: Refusal[] = [
  {
    name: "throttle",
    fault: { kind: "throttle" },
    status: 400,
    code: "Throttling.User",
    message: flowControl,
  },
  {
    name: "throttle of another code and status",
    fault: { kind: "throttle", code: "Throttling.Api", status: 429 },
    status: 429,
    code: "Throttling.Api",
    message: flowControl,
  },
  {
    name: "status 500",
    fault: { kind: "status", status: 500 },
    status: 500,
    code: "InternalError",
    message: "The request processing has failed due to some unknown error.",
  },
  {
    name: "status 503",
    fault: { kind: "status", status: 503 },
    status: 503,
    code: "ServiceUnavailable",
    message: "The request has failed due to a temporary failure of the server.",
  },
  {
    name: "status of any kind",
    fault: { kind: "status", status: 404, code: "ServiceInstanceNotFound", message: "No si-1." },
    status: 404,
    code: "ServiceInstanceNotFound",
    message: "No si-1.",
  },
  {
    name: "errorBody",
    fault: { kind: "errorBody" },
    status: 200,
    code: "NoPermission",
    message: "You are not authorized to do this operation.",
  },
  {
    name: "rejectToken",
    fault: { kind: "rejectToken" },
    status: 400,
    code: "InvalidParameter.NextToken",
    message:
      "The specified parameter is not valid: NextToken is not one that this query was given.",
  },
  {
    name: "expiredToken",
    fault: { kind: "expiredToken" },
    status: 400,
    code: "InvalidSecurityToken.Expired",
    message: "Specified SecurityToken is expired.",
  },
  {
    name: "nonceUsed",
    fault: { kind: "nonceUsed" },
    status: 400,
    code: "SignatureNonceUsed",
    message: "Specified signature nonce was used already.",
  },
];

describe("refusal faults", () => {
  for (const { name, fault, status, code, message } of refusals) {
    it(`${name}: refuses one request, and notes it in the log`, async () => {
      const simulator = await simulate({ backups: backups(1), faults: [fault] });

      const struck = await signedCall(simulator);
      const spared = await signedCall(simulator);

      assert.deepEqual(
        [struck.status, struck.json?.["Code"], struck.json?.["Message"]],
        [status, code, message],
      );
      assert.equal(spared.status, 200);
      assert.deepEqual(
        simulator.requests.map((record) => [record.status, record.code, record.faults]),
        [
          [status, code, [fault.kind]],
          [200, undefined, []],
        ],
      );
    });
  }

  it("throttle: says when to come back, in milliseconds", async () => {
    const simulator = await simulate({
      faults: [{ kind: "throttle", retryAfterMs: 1500 }, { kind: "throttle" }],
    });

    const told = await signedCall(simulator);
    const untold = await signedCall(simulator);

    assert.equal(told.headers["x-acs-retry-after"], "1500");
    assert.equal(untold.headers["x-acs-retry-after"], undefined);
  });

  it("status: sends a proxy's page as it is", async () => {
    const body = "<html><h1>502 Bad Gateway</h1></html>";
    const simulator = await simulate({ faults: [{ kind: "status", status: 502, body }] });

    const { status, headers, text } = await signedCall(simulator);

    assert.deepEqual([status, headers["content-type"], text], [502, "text/html", body]);
  });

  it("status: sends an XML error", async () => {
    const body = "<Error><Code>InternalError</Code></Error>";
    const contentType = "text/xml;charset=utf-8";
    const simulator = await simulate({
      faults: [{ kind: "status", status: 500, body, contentType }],
    });

    const { status, headers, text } = await signedCall(simulator);

    assert.deepEqual([status, headers["content-type"], text], [500, contentType, body]);
  });

  it("redirect: sends the client elsewhere", async () => {
    const location = "http://127.0.0.1:1/";
    const simulator = await simulate({
      faults: [
        { kind: "redirect", location },
        { kind: "redirect", location, status: 307 },
      ],
    });

    const found = await signedCall(simulator);
    const temporary = await signedCall(simulator);

    assert.deepEqual([found.status, found.headers.location, found.text], [302, location, ""]);
    assert.equal(temporary.status, 307);
  });

  it("strikes only what was signed correctly, so that no fault hides a wrong signature", async () => {
    const simulator = await simulate({ faults: [{ kind: "throttle" }] });

    const wrong = await signedCall(simulator, { accessKeySecret: "wrong" });
    const right = await signedCall(simulator);

    assert.equal(wrong.json?.["Code"], "SignatureDoesNotMatch");
    assert.equal(right.json?.["Code"], "Throttling.User");
  });
});

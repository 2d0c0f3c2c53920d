import assert from "node:assert/strict";
import { classify, noAnswer, type Failure } from "../../provider/client/failures";
import { TransportError, type WireResponse } from "../../provider/client/transport";

function response(fields: Partial<WireResponse> = {}): WireResponse {
  return { status: 200, headers: { "content-type": "application/json" }, body: "{}", ...fields };
}

/** The failure that an error of the service is taken for. */
function failure(Code: string, status: number, more: object = {}): Failure {
  const body = JSON.stringify({ Code, Message: "It says so.", RequestId: "R-1", ...more });
  return failureOf(response({ status, body }));
}

function failureOf(answer: WireResponse): Failure {
  const outcome = classify(answer, "ListBackups");
  assert.ok("kind" in outcome);
  return outcome;
}

const denial =
  "The caller may not call computenest:ListBackups. " +
  "Allow the action computenest:ListBackups on resource * in RAM.";
const otherKey =
  "Check that the access key exists, is enabled, and belongs to this site: accounts of the " +
  "mainland China site and the international site are separate.";
const otherSecret = "Check that the secret key belongs to the access key.";
const threeParts = "Set accessKey, secretKey and securityToken as they were handed out together.";
const clock = "Set this machine's clock: it may be at most 15 minutes off.";
const address = "Check the endpoint and the region: this address does not serve Compute Nest.";
const expired = "The temporary credentials have expired; get new ones.";

describe("classify, by the service's code", () => {
  type Case = [code: string, status: number, kind: string, retryable: boolean, advice: string];
  const cases: Case[] = [
    ["Throttling", 400, "throttled", true, ""],
    ["Throttling.User", 400, "throttled", true, ""],
    ["Throttling.Api", 429, "throttled", true, ""],
    ["Rejected.Throttling", 503, "throttled", true, ""],
    ["ServiceUnavailable", 503, "unavailable", true, ""],
    ["ServiceUnavailable", 400, "unavailable", true, ""],
    ["InternalError", 500, "unavailable", true, ""],
    ["InternalFailure", 500, "unavailable", true, ""],
    ["UnknownError", 500, "unavailable", true, ""],
    ["SignatureNonceUsed", 400, "rejected", true, ""],
    ["InvalidSecurityToken.Expired", 400, "denied", false, expired],
    ["SecurityTokenExpired", 403, "denied", false, expired],
    ["InvalidSecurityToken.Malformed", 400, "denied", false, threeParts],
    ["InvalidSecurityToken.MismatchWithAccessKey", 400, "denied", false, threeParts],
    ["MissingSecurityToken", 400, "denied", false, threeParts],
    ["InvalidAccessKeyId.NotFound", 404, "denied", false, otherKey],
    ["InvalidAccessKeyId.Inactive", 400, "denied", false, otherKey],
    ["Forbidden.AccessKeyDisabled", 403, "denied", false, otherKey],
    ["SignatureDoesNotMatch", 400, "denied", false, otherSecret],
    ["IncompleteSignature", 403, "denied", false, otherSecret],
    ["InvalidTimeStamp.Expired", 400, "rejected", false, clock],
    ["InvalidTimeStamp.Format", 400, "rejected", false, clock],
    ["IllegalTimestamp", 400, "rejected", false, clock],
    ["Forbidden.RAM", 403, "denied", false, denial],
    ["Forbidden", 403, "denied", false, denial],
    ["Forbedden", 403, "denied", false, denial],
    ["NoPermission", 200, "denied", false, denial],
    ["NoPermission", 400, "denied", false, denial],
    ["StatusForbidden", 403, "denied", false, ""],
    ["Forbidden.RiskControl", 403, "denied", false, ""],
    ["AccessDenied", 403, "denied", false, denial],
    ["InvalidAction.NotFound", 404, "rejected", false, address],
    ["InvalidApi.NotFound", 404, "rejected", false, address],
    ["InvalidProduct.NotFound", 404, "rejected", false, address],
    ["InvalidRegion.NotFound", 404, "rejected", false, address],
    ["NoSuchVersion", 404, "rejected", false, address],
    ["InvalidParameter", 400, "rejected", false, ""],
    ["InvalidParameter.NextToken", 400, "rejected", false, ""],
    ["MissingParameter", 400, "rejected", false, ""],
    ["EntityNotExist.ServiceInstance", 404, "rejected", false, ""],
    ["SomethingNew", 500, "unavailable", true, ""],
    ["SomethingNew", 429, "throttled", true, ""],
    ["SomethingNew", 403, "denied", false, ""],
    ["SomethingNew", 401, "denied", false, ""],
    ["SomethingNew", 200, "rejected", false, ""],
  ];
  for (const [code, status, kind, retryable, advice] of cases) {
    it(`takes ${code} with HTTP ${status} for ${kind}`, () => {
      assert.deepEqual(failure(code, status), {
        kind,
        reason: "It says so.",
        advice,
        retryable,
        credentialsExpired: advice === expired,
        retryAfterMs: undefined,
        serviceCode: code,
        httpStatus: status,
        requestId: "R-1",
      });
    });
  }

  it("recognises an expired token behind a general code", () => {
    const Message = 'The specified parameter "SecurityToken.Expired" is not valid.';

    const { kind, credentialsExpired, serviceCode } = failure("InvalidParameter", 400, { Message });

    assert.deepEqual([kind, credentialsExpired], ["denied", true]);
    assert.equal(serviceCode, "InvalidParameter");
  });

  it("says who may not do what, and that a policy denies it", () => {
    const AccessDeniedDetail = {
      AuthAction: "computenest:ListBackups",
      AuthPrincipalType: "SubUser",
      AuthPrincipalDisplayName: "203456789012345678",
      NoPermissionType: "ExplicitDeny",
    };

    assert.equal(
      failure("Forbidden.RAM", 403, { AccessDeniedDetail }).advice,
      "SubUser 203456789012345678 may not call computenest:ListBackups: " +
        "a policy denies it explicitly. " +
        "Allow the action computenest:ListBackups on resource * in RAM.",
    );
  });

  it("does not mind a principal without a type, and details that are none", () => {
    const nameless = { AccessDeniedDetail: { AuthPrincipalDisplayName: "ops" } };

    assert.match(failure("Forbidden.RAM", 403, nameless).advice, /^ops may not call/);
    assert.equal(failure("Forbidden.RAM", 403, { AccessDeniedDetail: "none" }).advice, denial);
  });
});

describe("classify, by other shapes of errors", () => {
  it("reads lower-case names", () => {
    const body = JSON.stringify({ code: "Forbidden", message: "no", requestId: "R-2" });

    const { reason, serviceCode, requestId } = failureOf(response({ status: 403, body }));

    assert.deepEqual([reason, serviceCode, requestId], ["no", "Forbidden", "R-2"]);
  });

  it("reads Success: false as a failure without a code", () => {
    const body = JSON.stringify({ Success: false, Description: "not today" });

    const { kind, reason, serviceCode } = failureOf(response({ body }));

    assert.deepEqual([kind, reason, serviceCode], ["rejected", "not today", undefined]);
  });

  it("says that no reason was given", () => {
    const { reason } = failureOf(response({ status: 400, body: '{"Code":"Odd"}' }));

    assert.equal(reason, "no reason given");
  });

  it("reads an error in XML", () => {
    const body =
      "<?xml version='1.0'?><Error><RequestId>R-3</RequestId>" +
      "<Code>Throttling.User</Code><Message>too fast</Message></Error>";

    const outcome = failureOf(response({ status: 400, headers: {}, body }));

    assert.deepEqual(
      [outcome.kind, outcome.reason, outcome.serviceCode, outcome.requestId],
      ["throttled", "too fast", "Throttling.User", "R-3"],
    );
  });

  it("reads an XML error that says little", () => {
    const headers = { "x-acs-request-id": "R-4" };
    const body = "<Error><Code></Code></Error>";

    const outcome = failureOf(response({ status: 503, headers, body }));

    assert.deepEqual(
      [outcome.kind, outcome.reason, outcome.serviceCode, outcome.requestId],
      ["unavailable", "no reason given", undefined, "R-4"],
    );
  });

  const pauses: [Record<string, string>, number | undefined][] = [
    [{ "x-acs-retry-after": "1500" }, 1500],
    [{ "x-acs-retry-after": "0" }, undefined],
    [{ "x-acs-retry-after": "soon" }, undefined],
    [{ "retry-after": "2" }, 2000],
    [{ "retry-after": "Wed, 21 Oct 2026 07:28:00 GMT" }, undefined],
    [{ "x-acs-retry-after": "1500", "retry-after": "9" }, 1500],
  ];
  for (const [headers, ms] of pauses) {
    it(`takes ${JSON.stringify(headers)} for a pause of ${ms ?? "no"} ms`, () => {
      const body = '{"Code":"Throttling.User"}';

      assert.equal(failureOf(response({ status: 400, headers, body })).retryAfterMs, ms);
    });
  }
});

describe("classify, by what is neither a result nor an error of the service", () => {
  const strange = "text/html, which is not the service's JSON";
  const proxies = "Check the endpoint, and proxies on the way.";
  const html = { "content-type": "text/html; charset=utf-8" };
  const json = { "content-type": "application/json" };
  type Case = [string, Partial<WireResponse>, string, string, string, boolean];
  const cases: Case[] = [
    ["an HTML page", { headers: html, body: "<html>" }, "malformed", strange, proxies, false],
    [
      "an HTML 502",
      { status: 502, headers: html, body: "<html>" },
      "unavailable",
      strange,
      "",
      true,
    ],
    ["an HTML 403", { status: 403, headers: html, body: "<html>" }, "denied", strange, "", false],
    ["an HTML 404", { status: 404, headers: html, body: "<html>" }, "rejected", strange, "", false],
    ["no body", { body: "" }, "malformed", "an empty body", proxies, true],
    ["no body and no type", { headers: {}, body: "" }, "malformed", "an empty body", proxies, true],
    [
      "JSON that breaks off",
      { headers: json, body: '{"Backups":[{' },
      "malformed",
      "application/json, which is not the service's JSON",
      proxies,
      true,
    ],
    [
      "a text of no type",
      { headers: {}, body: "hello" },
      "malformed",
      "no content type, which is not the service's JSON",
      proxies,
      false,
    ],
    [
      "a redirect",
      { status: 302, headers: {}, body: "" },
      "rejected",
      "a redirect, which is never followed",
      proxies,
      false,
    ],
    [
      "a 400 of JSON without a code",
      { status: 400, body: '{"a":1}' },
      "rejected",
      "application/json, which is not the service's JSON",
      "",
      false,
    ],
  ];
  for (const [what, fields, kind, reason, advice, retryable] of cases) {
    it(`takes ${what} for ${kind}`, () => {
      const outcome = failureOf(response(fields));

      const { kind: found, reason: why, advice: remedy, retryable: again } = outcome;
      assert.deepEqual([found, why, remedy, again], [kind, reason, advice, retryable]);
    });
  }

  it("takes the request's id from the header", () => {
    const headers = { "x-acs-request-id": "R-5" };

    assert.equal(failureOf(response({ headers, body: "" })).requestId, "R-5");
  });
});

describe("classify, by a body that is no error", () => {
  for (const code of [undefined, "", "Success", "OK", "200", 200, 0]) {
    it(`passes it on with Code ${JSON.stringify(code)}`, () => {
      const body = { Code: code, RequestId: "R-6", Backups: [] };

      const outcome = classify(response({ body: JSON.stringify(body) }), "ListBackups");

      assert.deepEqual(outcome, {
        body: JSON.parse(JSON.stringify(body)) as unknown,
        requestId: "R-6",
      });
    });
  }

  it("takes the request's id from the header where the body has none", () => {
    const headers = { "x-acs-request-id": "R-7" };

    const { requestId } = classify(response({ headers }), "ListBackups");

    assert.equal(requestId, "R-7");
  });

  it("takes the id in the headers where the body's is none", () => {
    const headers = { "x-acs-request-id": "R-9" };

    const bodies = [{ RequestId: "a b" }, { RequestId: 7.5e99, Code: "Odd" }];
    const found = bodies.map((body) =>
      classify(response({ headers, body: JSON.stringify(body) }), "ListBackups"),
    );

    assert.deepEqual(
      found.map(({ requestId }) => requestId),
      ["R-9", "R-9"],
    );
  });
});

describe("noAnswer", () => {
  const unavailable = {
    kind: "unavailable",
    reason: "socket hang up",
    advice: "Check the endpoint, the network and the proxy settings.",
    retryable: true,
    credentialsExpired: false,
    retryAfterMs: undefined,
    serviceCode: undefined,
    httpStatus: undefined,
    requestId: undefined,
  };

  it("is the service being unavailable", () => {
    const error = new TransportError("socket hang up", { retryable: true });

    assert.deepEqual(noAnswer(error), unavailable);
  });

  it("gives the advice of whoever knows more", () => {
    const error = new TransportError("socket hang up", { retryable: false, advice: "Do this." });

    assert.deepEqual(noAnswer(error), { ...unavailable, retryable: false, advice: "Do this." });
  });
});

describe("classify, of an id of a request that is none", () => {
  const hostile = ["\u001b[2J", "a b", "x".repeat(200), "\u202e1-R", ""];
  for (const RequestId of hostile) {
    it(`leaves out ${JSON.stringify(RequestId.slice(0, 9))}`, () => {
      const page = response({ body: JSON.stringify({ RequestId, Backups: [] }) });
      const refusal = response({ body: JSON.stringify({ RequestId, Code: "Forbidden" }) });

      assert.equal(classify(page, "ListBackups").requestId, undefined);
      assert.equal(classify(refusal, "ListBackups").requestId, undefined);
    });
  }
});

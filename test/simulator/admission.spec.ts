import assert from "node:assert/strict";

import { simulate } from "./running";
import { type Call, signedCall } from "./signedCall";

interface Refusal {
  readonly name: string;
  readonly call: Call;
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

const notFound = (reason: string) => ({
  status: 404,
  code: "InvalidAction.NotFound",
  message: `Specified api is not found, please check your url and method: ${reason}.`,
});
const wrongMethod = (method: string) => ({
  status: 405,
  code: "UnsupportedHTTPMethod",
  message: `The HTTP method ${method} is not supported by this API; use POST.`,
});
const missing = (name: string) => ({
  status: 400,
  code: "MissingParameter",
  message: `The input parameter "${name}" that is mandatory for processing this request is not supplied.`,
});

const refusals: Refusal[] = [
  { name: "GET", call: { method: "GET" }, ...wrongMethod("GET") },
  { name: "PUT", call: { method: "PUT" }, ...wrongMethod("PUT") },
  {
    name: "another path",
    call: { path: "/backups" },
    ...notFound("there is nothing at the path /backups"),
  },
  {
    name: "a parameter that comes twice in the URL",
    call: { query: { MaxResults: "1" }, rawQuery: "MaxResults=1&MaxResults=1" },
    status: 400,
    code: "InvalidParameter",
    message: "The specified parameter is not valid: MaxResults is given more than once.",
  },
  {
    name: "a parameter that comes both in the URL and in the body",
    call: { query: { MaxResults: "1" }, form: { MaxResults: "1" } },
    status: 400,
    code: "InvalidParameter",
    message: "The specified parameter is not valid: MaxResults is given more than once.",
  },
  {
    name: "a body larger than any call has",
    call: { form: { NextToken: "x".repeat(1024 * 1024) } },
    status: 413,
    code: "RequestEntityTooLarge",
    message: "The request body is too large.",
  },
  {
    name: "another version of the API",
    call: { headers: { "x-acs-version": "2020-01-01" } },
    status: 400,
    code: "NoSuchVersion",
    message: "The specified version 2020-01-01 does not exist; this is 2021-06-01.",
  },
  {
    name: "no version",
    call: { headers: { "x-acs-version": "" } },
    ...missing("x-acs-version"),
  },
  { name: "no action", call: { action: "" }, ...missing("x-acs-action") },
  {
    name: "an action it does not know",
    call: { action: "DeleteBackup" },
    ...notFound(
      "this simulator answers ListBackups, GetBackup, ListRestoreTasks, not DeleteBackup",
    ),
  },
];

describe("admission", () => {
  for (const { name, call, status, code, message } of refusals) {
    it(`refuses ${name}`, async () => {
      const simulator = await simulate();

      const received = await signedCall(simulator, call);

      assert.equal(received.json?.["Message"], message);
      assert.equal(received.json["Code"], code);
      assert.equal(received.status, status);
    });
  }

  it("takes action, version and parameters from a form body as well", async () => {
    const simulator = await simulate();

    const { status, json } = await signedCall(simulator, {
      form: { Action: "ListBackups", Version: "2021-06-01", MaxResults: "7" },
      headers: { "x-acs-action": undefined, "x-acs-version": undefined },
    });

    assert.equal(status, 200);
    assert.equal(json?.["MaxResults"], 7);
  });

  it("answers a denied action as RAM does", async () => {
    const simulator = await simulate({ deny: ["ListBackups"] });

    const { status, json } = await signedCall(simulator);

    assert.equal(status, 403);
    assert.equal(json?.["Code"], "Forbidden.RAM");
    assert.equal(
      json["Message"],
      "User not authorized to operate on the specified resource, or this API doesn't support RAM.",
    );
    assert.deepEqual(json["AccessDeniedDetail"], {
      PolicyType: "AccountLevelIdentityBasedPolicy",
      AuthAction: "computenest:ListBackups",
      NoPermissionType: "ImplicitDeny",
      AuthPrincipalType: "SubUser",
      AuthPrincipalDisplayName: "212345678901234567",
      AuthPrincipalOwnerId: "1234567890123456",
      EncodedDiagnosticMessage: "AQEAAAAAaW1pdGF0aW9uIG9mIGEgZGlhZ25vc3RpYyBtZXNzYWdl",
    });
  });

  it("denies only the actions named, with the detail asked for", async () => {
    const simulator = await simulate({
      deny: ["ListRestoreTasks"],
      accessDeniedDetail: { NoPermissionType: "ExplicitDeny" },
    });

    const allowed = await signedCall(simulator, { action: "ListBackups" });
    const refused = await signedCall(simulator, { action: "ListRestoreTasks" });

    assert.equal(allowed.status, 200);
    const detail = refused.json?.["AccessDeniedDetail"] as Record<string, unknown>;
    assert.equal(detail["AuthAction"], "computenest:ListRestoreTasks");
    assert.equal(detail["NoPermissionType"], "ExplicitDeny");
  });
});

// The simulator and the package come from one hand. This client does not.

import assert from "node:assert/strict";

import OpenApi, { Config, OpenApiRequest, Params } from "@alicloud/openapi-client";
import OpenApiUtil from "@alicloud/openapi-util";

import { sampleBackups, type Simulator } from "../../simulator";
import { backups, simulate } from "./running";
import { recordRequest, replay } from "./wireTap";

type Runtime = Parameters<OpenApi["callApi"]>[2];

/** The client's own defaults: its class for them is in a package of its own. */
const defaults: Partial<Runtime> = {};

interface Answer {
  readonly body: {
    readonly TotalCount: number;
    readonly NextToken: string;
    readonly Backups: readonly Record<string, unknown>[];
  };
}

interface Identity {
  readonly host: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  readonly securityToken?: string | undefined;
}

async function listBackups(identity: Identity, query: Record<string, unknown>): Promise<Answer> {
  const { host, accessKeyId, accessKeySecret, securityToken } = identity;
  const credentials = { accessKeyId, accessKeySecret };
  const config = new Config({
    ...credentials,
    ...(securityToken === undefined ? {} : { securityToken, type: "sts" }),
    endpoint: host,
    protocol: "HTTP",
  });
  const params = new Params({
    action: "ListBackups",
    version: "2021-06-01",
    protocol: "HTTP",
    pathname: "/",
    method: "POST",
    authType: "AK",
    style: "RPC",
    reqBodyType: "formData",
    bodyType: "json",
  });
  const request = new OpenApiRequest({ query: OpenApiUtil.query(query) });
  return (await new OpenApi(config).callApi(
    params,
    request,
    defaults as Runtime,
  )) as unknown as Answer;
}

async function allRows(simulator: Simulator, query: Record<string, unknown>) {
  const rows: Record<string, unknown>[] = [];
  let token = "";
  do {
    const { body } = await listBackups(simulator, { ...query, MaxResults: 100, NextToken: token });
    rows.push(...body.Backups);
    token = body.NextToken;
  } while (token !== "");
  return rows;
}

describe("@alicloud/openapi-client", () => {
  const now = Date.now();

  it("pages through the sample set and gets every row", async () => {
    const rows = sampleBackups({ now });
    const simulator = await simulate({ backups: rows });

    assert.deepEqual(await allRows(simulator, {}), rows);
    assert.equal(simulator.requests.length, 4);
  });

  it("filters, with values of any character", async () => {
    const odd = "a b+c*~!'()/?&=%,;:@中文é";
    const rows = [...backups(150), ...backups(150, odd), ...backups(50, "other")];
    const simulator = await simulate({ backups: rows });

    const found = await allRows(simulator, {
      Filter: [
        { Name: "ServiceInstanceId", Value: ["si-1", odd] },
        { Name: "Status", Value: ["Created"] },
      ],
    });

    assert.deepEqual(found, rows.slice(0, 300));
  });

  it("is accepted with a security token, and refused without", async () => {
    const simulator = await simulate({ securityToken: "the token", backups: backups(1) });
    const { host, accessKeyId, accessKeySecret } = simulator;

    assert.deepEqual(await allRows(simulator, {}), backups(1));
    await assert.rejects(listBackups({ host, accessKeyId, accessKeySecret }, {}), {
      code: "MissingSecurityToken",
      statusCode: 400,
    });
  });

  it("is refused with a wrong secret", async () => {
    const simulator = await simulate();

    await assert.rejects(listBackups({ ...simulator, accessKeySecret: "wrong" }, {}), {
      code: "SignatureDoesNotMatch",
      statusCode: 400,
    });
  });

  it("is refused with an access key that does not exist", async () => {
    const simulator = await simulate();

    await assert.rejects(listBackups({ ...simulator, accessKeyId: "LTAIother" }, {}), {
      code: "InvalidAccessKeyId.NotFound",
      statusCode: 404,
    });
  });

  it("is refused with a stale date", async () => {
    const simulator = await simulate({ clock: () => Date.now() + 16 * 60_000 });

    await assert.rejects(listBackups(simulator, {}), {
      code: "InvalidTimeStamp.Expired",
      statusCode: 400,
    });
  });

  it("is refused when its request is sent again, byte by byte", async () => {
    const simulator = await simulate({ backups: backups(1) });
    const bytes = await recordRequest((host) => listBackups({ ...simulator, host }, {}));

    const first = await replay(simulator, bytes);
    const second = await replay(simulator, bytes);

    assert.deepEqual([first, second], ["200 good", "400 SignatureNonceUsed"]);
  });

  it("understands a refusal of an argument, and one of RAM", async () => {
    const simulator = await simulate();
    const denying = await simulate({ deny: ["ListBackups"] });

    await assert.rejects(listBackups(simulator, { MaxResults: 101 }), {
      code: "InvalidParameter.MaxResults",
      statusCode: 400,
    });
    await assert.rejects(listBackups(denying, {}), (error: unknown) => {
      const { code, accessDeniedDetail } = error as {
        code: string;
        accessDeniedDetail: Record<string, unknown>;
      };
      return code === "Forbidden.RAM" && accessDeniedDetail["AuthPrincipalType"] === "SubUser";
    });
  });
});

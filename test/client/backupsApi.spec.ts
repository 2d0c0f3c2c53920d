import assert from "node:assert/strict";
import { backupList } from "../../provider/backup";
import { backupsApiOf, createBackupsApi } from "../../provider/client/backupsApi";
import { createBudget } from "../../provider/client/retry";
import type { Connection } from "../../provider/settings/connection";
import { wireRows } from "../support/backups";
import { connectionTo, planted } from "../support/connection";
import { fakeClock } from "../support/fakeClock";
import { sendJson, serveScript } from "../support/scriptedServer";
import { serve } from "../support/service";

const context = () => ({
  budget: createBudget(60_000),
  signal: undefined,
  progress: () => undefined,
});

const serviceOf = (count: number) =>
  serve({
    backups: wireRows(count),
    accessKeyId: planted.accessKey,
    accessKeySecret: planted.secretKey,
  });

describe("the API of backups", () => {
  it("reads the first page, and the one a token names", async () => {
    const service = await serviceOf(3);
    const api = backupsApiOf(connectionTo(service.url));

    const first = await api.list(backupList, { MaxResults: "2" }, undefined, 1, context());
    const second = await api.list(backupList, { MaxResults: "2" }, first.nextToken, 2, context());

    assert.deepEqual([first.rowCount, second.read().rows.length], [2, 1]);
    assert.deepEqual([first.totalCount, second.nextToken], [3, undefined]);
    assert.equal(first.requestId, service.requests[0]?.requestId);
  });

  for (const transport of ["undici", "openapi-client"] as const) {
    it(`says by ${transport} which package asks`, async () => {
      const service = await serviceOf(1);
      const api = backupsApiOf(connectionTo(service.url, { transport }));

      await api.list(backupList, {}, undefined, 1, context());

      const userAgent = service.requests[0]?.headers["user-agent"] ?? "";
      assert.match(userAgent, /pulumi-computenest Node\.js\/\d+/);
    });
  }

  it("signs by the clock it is given", async () => {
    const service = await serviceOf(1);
    const api = createBackupsApi(
      connectionTo(service.url),
      fakeClock({ now: Date.now() - 3_600_000 }),
    );

    const read = api.list(backupList, {}, undefined, 1, context());

    await assert.rejects(read, { serviceCode: "InvalidTimeStamp.Expired" });
  });

  it("fetches keys once for all calls with equal credentials", async () => {
    const uri = await serveScript((_, response) => {
      const Expiration = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+Z/, "Z");
      const { accessKey, secretKey, securityToken } = planted;
      const keys = { AccessKeyId: accessKey, AccessKeySecret: secretKey };
      sendJson(response, { ...keys, SecurityToken: securityToken, Expiration });
    });
    const service = await serve({
      accessKeyId: planted.accessKey,
      accessKeySecret: planted.secretKey,
      securityToken: planted.securityToken,
    });
    const base = { kind: "uri", uri: uri.url } as const;
    const fields: Partial<Connection> = {
      credentials: { base, assumeRole: undefined, source: "" },
    };

    for (let call = 0; call < 3; call += 1) {
      const api = backupsApiOf(connectionTo(service.url, fields));
      await api.list(backupList, {}, undefined, 1, context());
    }

    assert.deepEqual([uri.captured.length, service.requests.length], [1, 3]);
  });
});

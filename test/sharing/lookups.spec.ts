import assert from "node:assert/strict";
import {
  getBackup,
  getBackups,
  getBackupsOutput,
  RequestError,
  type GetBackupsArgs,
  type GetBackupsResult,
} from "../../provider";
import { wireRows } from "../support/backups";
import { backupsOf, instances, requestsCome, valuesAsked } from "../support/fleetOf";
import { valueOf } from "../support/mocks";
import { serve, type Service } from "../support/service";
import { collectWarnings } from "../support/warnings";

const read = ({ settings }: Service, args: GetBackupsArgs) => getBackups(args, { settings });

describe("lookups made at the same time", () => {
  it("are 20 requests for 200 service instances, and each gets its own backups", async () => {
    const ids = instances(200);
    const service = await serve({ backups: backupsOf(ids, 3) });

    const results = await Promise.all(
      ids.map((serviceInstanceId) => read(service, { serviceInstanceId })),
    );

    assert.deepEqual(
      results.map(({ ids: found }) => found),
      ids.map((id) => [`a-of-${id}`, `b-of-${id}`, `c-of-${id}`]),
    );
    assert.equal(service.requests.length, 20);
    assert.deepEqual(
      valuesAsked(service)
        .flatMap((asked) => asked.split(" "))
        .sort(),
      ids.sort(),
    );
  });

  it("are 20 requests for 200 gates, by service instance or by backup", async () => {
    const warnings = collectWarnings();
    const ids = instances(200);
    const service = await serve({ backups: backupsOf(ids) });
    const { settings } = service;

    const byInstance = await Promise.all(
      ids.map((serviceInstanceId) => getBackup({ serviceInstanceId, maxAge: "2h" }, { settings })),
    );
    const requestCount = service.requests.length;
    const byBackup = await Promise.all(
      ids.map((id) => getBackup({ backupId: `a-of-${id}` }, { settings })),
    );

    const expected = ids.map((id) => `a-of-${id}`);
    assert.deepEqual(
      byInstance.map(({ backupId }) => backupId),
      expected,
    );
    assert.deepEqual(
      byBackup.map(({ backupId }) => backupId),
      expected,
    );
    assert.deepEqual([requestCount, service.requests.length], [20, 40]);
    assert.deepEqual(warnings, []);
  });

  it("take more requests for further pages only", async () => {
    const ids = instances(10);
    const service = await serve({ backups: backupsOf(ids, 5) });

    const results = await Promise.all(
      ids.map((serviceInstanceId) => read(service, { serviceInstanceId, maxResults: 20 })),
    );

    assert.ok(results.every(({ backups }) => backups.length === 5));
    assert.deepEqual(
      service.requests.map(({ page }) => page),
      [1, 2, 3],
    );
  });

  it("are one read where they are identical, and none can spoil the result of another", async () => {
    const service = await serve({ backups: wireRows(3) });

    const results = await Promise.all([1, 2, 3].map(() => read(service, {})));

    assert.equal(service.requests.length, 1);
    for (const result of results) {
      assert.deepEqual([result.ids.length, result.totalCount], [3, 3]);
      const [backup] = result.backups as { description?: string }[];
      assert.equal(backup!.description, undefined);
      backup!.description = "changed by its owner";
    }
  });

  it("have the totalCount that each has alone", async () => {
    const service = await serve({ backups: backupsOf(instances(3)) });
    const totals = (args: GetBackupsArgs[]) =>
      Promise.all(args.map(async (one) => (await read(service, one)).totalCount));

    assert.deepEqual(await totals([{ serviceInstanceId: "si-1" }]), [1]);
    assert.deepEqual(
      await totals([{ serviceInstanceId: "si-1" }, { serviceInstanceId: "si-2" }]),
      [1, 1],
    );
  });

  it("are read apart where they differ in anything else", async () => {
    const service = await serve({ backups: backupsOf(instances(2)) });

    await Promise.all([
      read(service, { serviceInstanceId: "si-1" }),
      read(service, { serviceInstanceId: "si-2", status: "Created" }),
      read(service, { serviceInstanceId: "si-2", maxResults: 50 }),
      read(service, { serviceInstanceId: "si-2", maxPages: 1 }),
      read(service, { serviceInstanceId: "si-2", ids: ["a-of-si-2"] }),
      read(service, { filters: [{ name: "ServiceInstanceId", values: ["si-2"] }] }),
      read(service, { ids: ["a-of-si-2"] }),
    ]);

    assert.equal(service.requests.length, 7);
  });

  it("are read apart where they are made as somebody else or with other patience", async () => {
    const service = await serve({ backups: backupsOf(instances(2)) });
    const { settings } = service;
    const others = [
      {},
      { maxRetryTimeout: 7 },
      { clientReadTimeout: 7000 },
      { clientConnectTimeout: 7000 },
      { completeness: "tokens" as const },
      { transport: "openapi-client" as const },
      { secretKey: "another" },
    ];

    const outcomes = await Promise.allSettled(
      others.map((more, i) =>
        getBackups({ serviceInstanceId: `si-${i}` }, { settings: { ...settings, ...more } }),
      ),
    );

    assert.equal(service.requests.length, others.length);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      [...others.slice(1).map(() => "fulfilled"), "rejected"],
    );
  });

  it("are read apart where somebody else named the keys: messages say who", async () => {
    const { settings, requests } = await serve({ backups: backupsOf(instances(2)) });
    const { accessKey = "", secretKey = "", ...others } = settings;
    process.env["ALICLOUD_ACCESS_KEY"] = accessKey;
    process.env["ALICLOUD_SECRET_KEY"] = secretKey;

    await Promise.all([
      getBackups({ serviceInstanceId: "si-0" }, { settings }),
      getBackups({ serviceInstanceId: "si-1" }, { settings: others }),
    ]);

    assert.equal(requests.length, 2);
  });

  it("put lists of ids together as well, as far as a request can carry them", async () => {
    const ids = instances(20);
    const service = await serve({ backups: backupsOf(ids) });
    const some = (first: number, last: number) => ids.slice(first - 1, last);

    const results = await Promise.all([
      read(service, { serviceInstanceIds: some(1, 12) }),
      read(service, { serviceInstanceIds: some(11, 15) }),
      read(service, { serviceInstanceIds: some(14, 20) }),
      read(service, { serviceInstanceId: "si-3" }),
    ]);

    assert.deepEqual(
      results.map(({ backups }) => backups.map((backup) => backup.serviceInstanceId).sort()),
      [some(1, 12).sort(), some(11, 15).sort(), some(14, 20), ["si-3"]],
    );
    assert.deepEqual(valuesAsked(service).sort(), [some(1, 10).join(" "), some(11, 20).join(" ")]);
  });
});

describe("a long list of ids", () => {
  it("is read in parallel, four requests at a time", async () => {
    let inFlight = 0;
    const seen: number[] = [];
    const ids = instances(75);
    const service = await serve({
      backups: backupsOf(ids),
      async onRequest() {
        inFlight += 1;
        await new Promise((resolve) => setTimeout(resolve, 30));
        seen.push(inFlight);
        inFlight -= 1;
      },
    });

    const { backups, totalCount } = await read(service, { serviceInstanceIds: ids });

    assert.deepEqual([backups.length, totalCount, service.requests.length], [75, 75, 8]);
    assert.equal(Math.max(...seen), 4);
  });

  it("is given up as a whole with the call, and is no leak to Node", async () => {
    const warnings = collectWarnings();
    const ids = instances(200);
    const service = await serve({ backups: backupsOf(ids), latencyMs: 30 });
    const call = new AbortController();
    const { settings } = service;

    const reading = getBackups({ serviceInstanceIds: ids }, { settings, signal: call.signal });
    await requestsCome(service, 1);
    call.abort("enough");
    await assert.rejects(reading, (reason) => reason === "enough");
    await new Promise((resolve) => setTimeout(resolve, 100));

    assert.ok(service.requests.length <= 4, `${service.requests.length} requests`);
    assert.deepEqual(warnings, []);
  });

  it("is given up as a whole when a part of it cannot be read", async () => {
    const ids = instances(200);
    const service = await serve({ latencyMs: 30, deny: ["ListBackups"] });

    await assert.rejects(read(service, { serviceInstanceIds: ids }), RequestError);
    await new Promise((resolve) => setTimeout(resolve, 100));

    assert.equal(service.requests.length, 4);
  });
});

describe("a lookup while the very same is under way", () => {
  /** Begins a read that takes a while, and calls once its request has come. */
  async function during<T>(call: (service: Service) => Promise<T>) {
    const service = await serve({ backups: backupsOf(["si-1"]), latencyMs: 60 });
    const first = read(service, { serviceInstanceId: "si-1" });
    await requestsCome(service, 1);
    const second = await call(service);
    return { service, first: await first, second };
  }

  it("is answered by it in getBackups", async () => {
    const { service, first, second } = await during((there) =>
      read(there, { serviceInstanceId: "si-1" }),
    );

    assert.deepEqual(second, first);
    assert.equal(service.requests.length, 1);
  });

  it("is read afresh in getBackup: what was made since then counts", async () => {
    const { service, second } = await during((there) =>
      getBackup({ serviceInstanceId: "si-1" }, { settings: there.settings }),
    );

    assert.equal(second.backupId, "a-of-si-1");
    assert.equal(service.requests.length, 2);
  });

  it("is read afresh in the Output form, which may have been held back", async () => {
    const { service, second } = await during<GetBackupsResult>(({ settings }) =>
      valueOf(getBackupsOutput({ serviceInstanceId: "si-1" }, { settings })),
    );

    assert.equal(second.ids.length, 1);
    assert.equal(service.requests.length, 2);
  });

  it("is read afresh when there is an answer: nothing is kept", async () => {
    const service = await serve({ backups: wireRows(1) });

    await read(service, {});
    service.setBackups(wireRows(2));

    assert.equal((await read(service, {})).ids.length, 2);
    assert.equal(service.requests.length, 2);
  });
});

import assert from "node:assert/strict";
import { setImmediate as turn } from "node:timers/promises";
import { systemClock } from "../provider/client/clock";
import {
  NoQualifyingBackupError,
  RequestError,
  ResponseError,
  WaitTimeoutError,
} from "../provider/errors";
import { requireBackups } from "../provider/requireBackups";
import type { BackupGateArgs } from "../provider/gateArgs";
import { withSecretArgs } from "../provider/secretArgs";
import { assertFails } from "./support/failures";
import { creating, looks, place, sent, type Place, type SceneOptions } from "./support/searching";
import { ago } from "./support/situations";
import { instances } from "./support/fleetOf";
import { collectWarnings } from "./support/warnings";

const of = (serviceInstanceId: string, fields = {}) =>
  sent(`of-${serviceInstanceId}`, { ServiceInstanceId: serviceInstanceId, ...fields });
const beingMade = (serviceInstanceId: string, ...later: Parameters<typeof creating>[1][]) => ({
  ...creating(`of-${serviceInstanceId}`, ...later),
  ServiceInstanceId: serviceInstanceId,
});
const noReason =
  "none was made yet, or the service's provider has not enabled upgrade/downgrade (变配), which " +
  "backups need, or the id is wrong, or it is on the other site (region ap-southeast-1)";

const three = { maxAge: "24h", serviceInstanceIds: ["si-1", "si-2", "si-3"] };

function check(
  there: Place,
  args: BackupGateArgs,
  { isPreview = false, areArgsSecret = false } = {},
): Promise<void> {
  const prepare = (stop: AbortSignal) =>
    withSecretArgs(there.readerWith(stop), args, areArgsSecret);
  return requireBackups(prepare, args, isPreview);
}

async function passes(args: BackupGateArgs, options: SceneOptions, isPreview = false) {
  const there = await place(options);
  await check(there, args, { isPreview });
  return there;
}

describe("requireBackups", () => {
  it("passes when each service instance has a backup that qualifies", async () => {
    const { service } = await passes(three, { backups: [of("si-1"), of("si-2"), of("si-3")] });

    assert.deepEqual(looks(service), ["all of si-1 si-2 si-3"]);
  });

  it("makes Node warn of no leak, however many service instances there are", async () => {
    const warnings = collectWarnings();
    const ids = instances(30);

    await passes({ maxAge: "24h", serviceInstanceIds: ids }, { backups: ids.map((id) => of(id)) });

    assert.deepEqual(warnings, []);
  });

  it("passes for one service instance, or one backup", async () => {
    const options = { backups: [of("si-1")] };

    const one = await passes({ maxAge: "24h", serviceInstanceId: "si-1" }, options);
    const backup = await passes({ maxAge: "24h", backupId: "of-si-1" }, options);

    assert.deepEqual(looks(one.service), ["all of si-1"]);
    assert.deepEqual(looks(backup.service), ["of-si-1"]);
  });

  it("asks once for an id that is given twice", async () => {
    const { service } = await passes(
      { maxAge: "24h", serviceInstanceIds: ["si-1", "si-1"] },
      { backups: [of("si-1")] },
    );

    assert.deepEqual(looks(service), ["all of si-1"]);
  });

  it("does not let one service instance stand in for another", async () => {
    const there = await place({ backups: [of("si-1")] });

    await assertFails(
      check(there, { maxAge: "24h", serviceInstanceIds: ["si-1", "si-2"] }),
      NoQualifyingBackupError,
      () =>
        "1 of 2 service instances have no backup that qualifies (Created, started within 24h). " +
        `si-2: there is none. Where there is none: ${noReason}. ${there.asked}`,
    );
  });

  it("names all that fail, in the order they are given", async () => {
    const there = await place({
      backups: [
        of("si-1", { StartTime: ago("31h") }),
        of("si-2"),
        of("si-3", { Status: "CreateFailed", StatusDetail: "Disk i-3 backup failed" }),
      ],
    });

    const error = await assertFails(
      check(there, three),
      NoQualifyingBackupError,
      () =>
        "2 of 3 service instances have no backup that qualifies (Created, started within 24h). " +
        "si-1: seen 1: of-si-1 Created, 31h old: 7h too old. si-3: seen 1: of-si-3 CreateFailed, " +
        `2h old: Disk i-3 backup failed. ${there.asked}`,
    );

    assert.deepEqual(error.seen, [
      {
        backupId: "of-si-1",
        serviceInstanceId: "si-1",
        status: "Created",
        reasons: ["7h too old"],
      },
      {
        backupId: "of-si-3",
        serviceInstanceId: "si-3",
        status: "CreateFailed",
        reasons: ["Disk i-3 backup failed"],
      },
    ]);
  });

  it("speaks of one service instance as if it were alone, when it is", async () => {
    const there = await place();

    await assertFails(
      check(there, { maxAge: "24h", serviceInstanceIds: ["si-1"] }),
      NoQualifyingBackupError,
      () =>
        "No backup of si-1 qualifies (Created, started within 24h). There is none: " +
        `${noReason}. ${there.asked}`,
    );
  });

  it("waits for each that is being made", async () => {
    const { clock } = await passes(
      { ...three, waitTimeout: "10m" },
      {
        backups: [
          of("si-1"),
          beingMade("si-2", { afterSeconds: 15, Status: "Created" }),
          beingMade("si-3", { afterSeconds: 35, Status: "Created" }),
        ],
      },
    );

    assert.deepEqual(new Set(clock.slept), new Set([10_000]));
  });

  it("is a WaitTimeoutError when none of them came to anything in time", async () => {
    const there = await place({ backups: [of("si-1"), beingMade("si-2"), of("si-3")] });

    const error = await check(there, { ...three, waitTimeout: "30s" }).catch(
      (thrown: unknown) => thrown,
    );

    assert.ok(error instanceof WaitTimeoutError);
    assert.equal(
      error.message,
      "1 of 3 service instances have no backup that qualifies (Created, started within 24h). " +
        "si-2: waited 30s (waitTimeout is 30s); seen 1: of-si-2 Creating, 1m old. " +
        there.asked,
    );
  });

  it("does not wait in a preview, and passes what an update would wait for", async () => {
    const { clock, told } = await passes(
      { ...three, waitTimeout: "10m" },
      { backups: [of("si-1"), beingMade("si-2"), of("si-3")] },
      true,
    );

    assert.deepEqual(clock.slept, []);
    assert.deepEqual(told, [
      "warn: No backup qualifies yet: of-si-2 is Creating. An update would wait for it, up to 10m.",
    ]);
  });

  it("refuses in a preview what an update would refuse", async () => {
    const there = await place({ backups: [of("si-1"), beingMade("si-2"), of("si-3")] });

    await assertFails(
      check(there, three, { isPreview: true }),
      NoQualifyingBackupError,
      () =>
        "1 of 3 service instances have no backup that qualifies (Created, started within 24h). " +
        `si-2: seen 1: of-si-2 Creating, 30s old. ${there.asked}`,
    );
  });

  it("does not show secret arguments", async () => {
    const there = await place({ backups: [of("si-1", { Status: "Deleted" }), of("si-2")] });

    await assertFails(
      check(there, three, { areArgsSecret: true }),
      NoQualifyingBackupError,
      () => `2 of 3 service instances have no backup that qualifies (Created). ${there.asked}`,
    );
  });
});

describe("requireBackups, when one service instance cannot be asked for", () => {
  it("says so, and ends the waits for the others", async () => {
    const ended: unknown[] = [];
    let tellAsleep = () => {};
    const asleep = new Promise<void>((resolve) => {
      tellAsleep = resolve;
    });
    const there = await place({
      backups: [beingMade("si-2"), beingMade("si-3")],
      async sleep(ms, signal) {
        tellAsleep();
        await systemClock.sleep(ms, signal).catch((error: unknown) => {
          ended.push(error);
          throw error;
        });
      },
      async onRequest({ parameters }, simulator) {
        if (parameters["Filter.1.Value.2"] !== undefined) {
          simulator.faults.add({ kind: "status", status: 400, code: "InvalidParameter" });
        }
        if (parameters["Filter.1.Value.1"] !== "si-1" || simulator.requests.length === 1) return;
        await asleep;
        simulator.faults.add({
          kind: "status",
          status: 403,
          code: "Forbidden.RAM",
          message: "No.",
        });
      },
    });

    const error = await assertFails(
      check(there, { ...three, waitTimeout: "10m" }),
      RequestError,
      () =>
        "ListBackups was denied (Forbidden.RAM, HTTP 403): No. The caller may not call " +
        "computenest:ListBackups. Allow the action computenest:ListBackups on resource * in RAM. " +
        `${there.asked} RequestId ${
          there.service.requests.find(({ status }) => status === 403)?.requestId ?? ""
        }.`,
    );
    await turn();

    assert.deepEqual(ended, [error]);
    assert.deepEqual(looks(there.service).sort(), [
      "all of si-1",
      "all of si-1 si-2 si-3",
      "all of si-2",
      "all of si-3",
    ]);
  });

  it("says so rather than that others have no backup", async () => {
    const there = await place({
      faults: [
        {
          kind: "page",
          times: Infinity,
          patch: (answer) => ({ ...answer, Backups: "none" }),
        },
      ],
    });

    const error = await check(there, three).catch((thrown: unknown) => thrown);

    assert.ok(error instanceof ResponseError);
    assert.match(
      error.message,
      /^Page 1 of ListBackups cannot be used: Backups: invalid input: expected array, received string\. No part of the list is returned in its place\. RequestId [\w-]+\.$/,
    );
  });
});

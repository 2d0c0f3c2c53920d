import assert from "node:assert/strict";
import { once } from "node:events";
import {
  ConfigurationError,
  IncompleteListError,
  InvalidArgumentError,
  listBackups,
  ResponseError,
  type ListBackupsArgs,
} from "../provider";
import type { Fault } from "../simulator";
import { wireRow, wireRows } from "./support/backups";
import { sendJson, serveScript } from "./support/scriptedServer";
import { serve, type Service } from "./support/service";
import { collectWarnings } from "./support/warnings";

const stream = (service: Service, args: ListBackupsArgs = {}) =>
  listBackups(args, { settings: service.settings });

/** The ids that a stream gives until it ends, and the error it ends in. */
async function drain(backups: ReturnType<typeof listBackups>) {
  const ids: string[] = [];
  try {
    for await (const { backupId } of backups) ids.push(backupId);
  } catch (error) {
    return { ids, error };
  }
  return { ids, error: undefined };
}

const numbered = (count: number) => Array.from({ length: count }, (_, i) => `backup-${i + 1}`);

describe("listBackups", () => {
  it("gives backups in the service's order, over all pages", async () => {
    const service = await serve({ backups: wireRows(250).toReversed() });

    const { ids, error } = await drain(stream(service));

    assert.deepEqual(ids, numbered(250).toReversed());
    assert.equal(error, undefined);
    assert.equal(service.requests.length, 3);
  });

  it("asks for the next page only when this one has been taken", async () => {
    const service = await serve({ backups: wireRows(250) });

    for await (const { backupId } of stream(service)) if (backupId === "backup-100") break;

    assert.equal(service.requests.length, 1);
  });

  it("asks for the page after the next while the second is taken, and cancels that", async () => {
    const service = await serve({ backups: wireRows(450) });

    for await (const { backupId } of stream(service)) if (backupId === "backup-250") break;
    await new Promise((resolve) => setTimeout(resolve, 50));

    assert.ok(service.requests.length <= 4, `${service.requests.length} requests`);
  });

  it("is one page ahead of a loop that takes its time, and no more", async () => {
    const service = await serve({ backups: wireRows(500) });
    const counts: number[] = [];

    for await (const { backupId } of stream(service)) {
      if (!/^backup-[1-4]?50$/.test(backupId)) continue;
      await new Promise((resolve) => setTimeout(resolve, 50));
      counts.push(service.requests.length);
    }

    assert.deepEqual(counts, [1, 3, 4, 5, 5]);
  });

  it("does not count the loop's time against maxRetryTimeout", async () => {
    const faults: Fault[] = [{ kind: "throttle", on: { page: 3 } }];
    const service = await serve({ backups: wireRows(5), faults });
    const settings = { ...service.settings, maxRetryTimeout: 1 };
    const ids: string[] = [];

    for await (const { backupId } of listBackups({ maxResults: 1 }, { settings })) {
      ids.push(backupId);
      if (backupId === "backup-2") await new Promise((resolve) => setTimeout(resolve, 1500));
    }

    assert.deepEqual(ids, numbered(5));
  });

  it("leaves no rejection behind when it is left while a page asked for ahead fails", async () => {
    const faults: Fault[] = [{ kind: "page", patch: { NextToken: 3 }, on: { page: 3 } }];
    const service = await serve({ backups: wireRows(5), faults });
    const unhandled: unknown[] = [];
    const listener = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", listener);

    for await (const { backupId } of stream(service, { maxResults: 1 })) {
      if (backupId !== "backup-2") continue;
      await new Promise((resolve) => setTimeout(resolve, 50));
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off("unhandledRejection", listener);

    assert.deepEqual([unhandled, service.requests.length], [[], 3]);
  });

  it("cancels the page asked for ahead when it is left", async () => {
    let wasAnswered: Promise<boolean> | undefined;
    const service = await serveScript(({ query }, response) => {
      const number = Number(query["NextToken"] ?? 1);
      if (number === 3) {
        wasAnswered = once(response, "close").then(() => response.writableEnded);
        return;
      }
      const body = { TotalCount: 3, NextToken: String(number + 1) };
      sendJson(response, { ...body, Backups: [wireRow({ BackupId: `backup-${number}` })] });
    });
    const settings = { endpoint: service.url, accessKey: "key", secretKey: "secret" };

    for await (const { backupId } of listBackups({}, { settings })) {
      if (backupId !== "backup-2") continue;
      while (service.captured.length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
      break;
    }

    assert.equal(await wasAnswered, false);
  });

  it("asks nothing before it is iterated, and anew with every iteration", async () => {
    const service = await serve({ backups: wireRows(2) });

    const backups = stream(service);
    const before = service.requests.length;
    await drain(backups);
    await drain(backups);

    assert.deepEqual([before, service.requests.length], [0, 2]);
  });

  it("filters here what the service cannot", async () => {
    const service = await serve({ backups: wireRows(3) });

    const { ids } = await drain(stream(service, { startedBefore: "2026-06-01T00:00:00Z" }));

    assert.deepEqual(ids, ["backup-2", "backup-3"]);
  });

  it("splits more than ten ids over requests", async () => {
    const service = await serve({ backups: wireRows(30) });

    const { ids } = await drain(stream(service, { ids: numbered(21) }));

    assert.deepEqual(ids, numbered(21));
    assert.equal(service.requests.length, 3);
  });

  it("pages by hand, and does not compare such a read", async () => {
    const faults: Fault[] = [{ kind: "page", patch: { TotalCount: 99 } }];
    const service = await serve({ backups: wireRows(5), faults });

    const { ids, error } = await drain(stream(service, { maxResults: 2, maxPages: 1 }));

    assert.deepEqual([ids, error], [["backup-1", "backup-2"], undefined]);
  });

  it("gives each backup once, however often it comes", async () => {
    const faults: Fault[] = [{ kind: "duplicateRow" }];
    const service = await serve({ backups: wireRows(3), faults });

    assert.deepEqual(await drain(stream(service)), { ids: numbered(3), error: undefined });
  });

  it("throws at the end when the list was not whole, having read it once", async () => {
    const faults: Fault[] = [{ kind: "page", patch: { TotalCount: 4 } }];
    const service = await serve({ backups: wireRows(3), faults });

    const { ids, error } = await drain(stream(service));

    assert.deepEqual(ids, numbered(3));
    assert.ok(error instanceof IncompleteListError);
    assert.equal(
      error.message,
      "The list of backups is not complete: 3 different backups were read, but TotalCount is 4. " +
        "It was read once; backups may be coming and going. Try again; if it stays so, the " +
        'setting completeness "tokens" (COMPUTENEST_COMPLETENESS) trusts the last page\'s word ' +
        "instead of TotalCount.",
    );
    assert.deepEqual([error.readCount, error.totalCount], [3, 4]);
  });

  it("goes on after a rejected token without giving anything twice", async () => {
    const faults: Fault[] = [{ kind: "rejectToken", on: { page: 2 } }];
    const service = await serve({ backups: wireRows(5), faults });

    const { ids, error } = await drain(stream(service, { maxResults: 3 }));

    assert.deepEqual([ids, error], [numbered(5), undefined]);
  });

  it("throws when it gave out what was gone when it had to begin anew", async () => {
    const service = await serve({
      backups: wireRows(5),
      faults: [{ kind: "rejectToken", on: { page: 2 } }],
      onRequest: ({ page }, simulator) => {
        if (page === 2) simulator.setBackups(wireRows(5).slice(1));
      },
    });

    const { ids, error } = await drain(stream(service, { maxResults: 3 }));

    assert.deepEqual(ids, numbered(5));
    assert.ok(error instanceof IncompleteListError);
    assert.match(
      error.message,
      /4 different backups were read, but others were handed out before it changed\./,
    );
  });

  it("throws what a page throws, where it comes", async () => {
    const faults: Fault[] = [{ kind: "page", patch: { Backups: null }, on: { page: 2 } }];
    const service = await serve({ backups: wireRows(5), faults });

    const { ids, error } = await drain(stream(service, { maxResults: 2 }));

    assert.deepEqual(ids, ["backup-1", "backup-2"]);
    assert.ok(error instanceof ResponseError);
    assert.equal(error.page, 2);
  });

  it('only warns of a count with completeness "tokens"', async () => {
    const warnings = collectWarnings();
    const faults: Fault[] = [{ kind: "page", patch: { TotalCount: 4 } }];
    const service = await serve({ backups: wireRows(3), faults });
    const settings = { ...service.settings, completeness: "tokens" } as const;

    const { ids, error } = await drain(listBackups({}, { settings }));

    assert.deepEqual([ids, error, warnings.length], [numbered(3), undefined, 1]);
  });

  it("ends with the signal's reason when it is aborted between two pages", async () => {
    const service = await serve({ backups: wireRows(4) });
    const controller = new AbortController();
    const opts = { settings: service.settings, signal: controller.signal };

    const iterator = listBackups({ maxResults: 2 }, opts)[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.next();
    controller.abort("enough");

    await assert.rejects(iterator.next(), (error) => error === "enough");
    assert.equal(service.requests.length, 1);
  });

  it("throws at once for arguments that are not valid", () => {
    assert.throws(
      () => listBackups({ maxResults: 0 }),
      (error) =>
        error instanceof InvalidArgumentError &&
        error.message ===
          "listBackups was given an invalid argument: " +
            "maxResults is 0, expected a whole number from 1 to 100.",
    );
  });

  it("throws at once for settings that contradict", () => {
    assert.throws(
      () => listBackups({}, { settings: { accessKey: "half" } }),
      (error) =>
        error instanceof ConfigurationError &&
        error.message ===
          "settings.accessKey is set but settings.secretKey is not. Set both in the same place " +
            "(the settings option), or neither: halves of two pairs are never combined.",
    );
  });
});

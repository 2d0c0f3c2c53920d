import assert from "node:assert/strict";
import fc from "fast-check";
import { IncompleteListError, RequestError, ResponseError } from "../provider/errors";
import type { Look } from "../provider/search";
import { createReader } from "../provider/reader";
import { createSearch } from "../provider/search";
import { wireRow } from "./support/backups";
import { connectionTo } from "./support/connection";
import { fakeClock } from "./support/fakeClock";
import { assertFails } from "./support/failures";
import { looks, notingReporter, scene, sent } from "./support/searching";
import { sendJson, serveScript } from "./support/scriptedServer";
import { asked } from "./support/service";
import { ago, noon, recentFields, wordOf } from "./support/situations";

/** Each backup seen, and what was found of it. */
const words = ({ verdicts }: Look) =>
  verdicts.map((verdict) => `${verdict.row.backup.backupId} ${wordOf(verdict)}`);

const tested = { maxAge: "24h", restoreTestedWithin: "7d" };
const restore = (BackupId: string, Status = "Restored") => ({
  RestoreTaskId: `restore-of-${BackupId}`,
  ServiceInstanceId: "si-1",
  BackupId,
  Status,
  EndTime: ago("1h"),
});

describe("a look", () => {
  it("asks by service instance alone, and judges the rest here", async () => {
    const backups = [
      sent("old", { StartTime: ago("25h") }),
      sent("good"),
      sent("other mode", { BackupMode: "Auto" }),
      sent("short", { RetentionDays: 1 }),
    ];
    const { service, search } = await scene(
      { maxAge: "24h", minRetention: "3d", backupMode: "Manual" },
      { backups },
    );

    const look = await search.look();

    assert.deepEqual(words(look), [
      "good qualifies",
      "other mode refused",
      "short refused",
      "old refused",
    ]);
    assert.deepEqual(asked(service), [
      { "Filter.1.Name": "ServiceInstanceId", "Filter.1.Value.1": "si-1" },
    ]);
  });

  it("asks by backup alone, and the service instance becomes a condition", async () => {
    const { service, search } = await scene(
      { backupId: "backup-1", serviceInstanceId: "si-2" },
      { backups: [sent("backup-1"), sent("backup-2")] },
    );

    const look = await search.look();

    assert.deepEqual(words(look), ["backup-1 refused"]);
    assert.deepEqual(look.verdicts[0]?.reasons, ["a backup of si-1"]);
    assert.deepEqual(asked(service), [
      { "Filter.1.Name": "BackupId", "Filter.1.Value.1": "backup-1" },
    ]);
  });

  it("reads certain ids in as many requests as they need, each backup once", async () => {
    const ids = Array.from({ length: 12 }, (_, i) => `backup-${i + 10}`);
    const { service, search } = await scene({}, { backups: ids.map((id) => sent(id)) });

    const look = await search.look({ ids });

    assert.deepEqual(
      words(look),
      ids.map((id) => `${id} qualifies`),
    );
    assert.deepEqual(looks(service), [ids.slice(0, 10).join(" "), ids.slice(10).join(" ")]);
  });

  it("does not count a backup of another service instance that the service sends", async () => {
    const others = [sent("backup-1", { ServiceInstanceId: "si-2" })];
    const { search } = await scene(
      {},
      { faults: [{ kind: "page", patch: { Backups: others, TotalCount: 1 } }] },
    );

    assert.deepEqual(words(await search.look()), []);
  });

  it("does not count another backup that the service sends", async () => {
    const others = [sent("backup-2")];
    const { search } = await scene(
      { backupId: "backup-1" },
      { faults: [{ kind: "page", patch: { Backups: others, TotalCount: 1 } }] },
    );

    assert.deepEqual(words(await search.look()), []);
  });

  it("finds nothing when nothing is wanted, though arguments are checked before", async () => {
    const { reader } = await scene({}, { backups: [sent("backup-1")] });

    const look = await createSearch(reader, {}).look();

    assert.deepEqual(words(look), []);
  });

  it("refuses what is no duration, though arguments are checked before", async () => {
    const { search } = await scene({ maxAge: "soon" }, { backups: [sent("backup-1")] });

    assert.deepEqual(words(await search.look()), ["backup-1 refused"]);
  });

  it("has a retry budget of its own each time", async () => {
    const { search, service } = await scene(
      {},
      { connection: { retryBudgetMs: 150 }, backups: [sent("backup-1")] },
    );

    for (let i = 0; i < 3; i += 1) {
      service.faults.add({ kind: "throttle" });
      assert.deepEqual(words(await search.look()), ["backup-1 qualifies"]);
    }

    assert.equal(service.requests.length, 6);
  });

  it("ends with the signal of the reader, or with its own", async () => {
    const reason = new Error("enough");
    const stopped = await scene({}, { signal: AbortSignal.abort(reason) });
    const going = await scene({});

    await assert.rejects(stopped.search.look(), (error) => error === reason);
    await assert.rejects(
      going.search.look({ signal: AbortSignal.abort(reason) }),
      (error) => error === reason,
    );
    assert.deepEqual([stopped.service.requests, going.service.requests], [[], []]);
  });
});

describe("a look at pages of any size", () => {
  it("finds the same", async () => {
    const rows = fc.array(
      fc.record({
        Status: fc.constantFrom("Created", "Creating", "CreateFailed", "Archived"),
        StartTime: fc.constantFrom(ago("1h"), ago("30h"), "2026-06-01T07:00:00", null, "soon"),
        RetentionDays: fc.constantFrom(null, 0, 1, "7"),
        BackupMode: fc.constantFrom("Manual", "Auto"),
      }),
      { maxLength: 12 },
    );
    let pages: object[][] = [];
    const server = await serveScript(({ query }, response) => {
      const number = Number(query["NextToken"] ?? 0);
      const isLast = number + 1 >= pages.length;
      sendJson(response, {
        Backups: pages[number] ?? [],
        TotalCount: pages.flat().length,
        NextToken: isLast ? "" : String(number + 1),
      });
    });
    const reader = createReader(
      connectionTo(server.url),
      undefined,
      notingReporter(),
      fakeClock({ now: noon }),
    );
    const search = createSearch(reader, {
      serviceInstanceId: "si-1",
      maxAge: "24h",
      minRetention: "20h",
      backupMode: "Manual",
    });

    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 13 }), async (some, size) => {
        const all = some.map((one, i) =>
          wireRow({ ...recentFields(), ...one, BackupId: `backup-${i + 1}` }),
        );
        pages = [all];
        const whole = await search.look();

        pages = Array.from({ length: Math.ceil(all.length / size) }, (_, i) =>
          all.slice(i * size, (i + 1) * size),
        );
        const split = await search.look();

        assert.deepEqual(split.verdicts, whole.verdicts);
      }),
      { numRuns: 40 },
    );
  });
});

describe("the time of a look", () => {
  const minutes = 60_000;
  const backups = [sent("backup-1", { StartTime: ago("55m") })];
  const cases: [string, number, number, string][] = [
    ["both clocks agree", 0, 0, "qualifies"],
    ["the service's clock is 10 minutes ahead", 10, 10, "refused"],
    ["the service's clock is 10 minutes behind", -10, 0, "qualifies"],
  ];
  for (const [what, ahead, later, word] of cases) {
    it(`is the later one where ${what}`, async () => {
      const { search } = await scene(
        { maxAge: "1h" },
        { backups, serviceAheadMs: ahead * minutes },
      );

      const look = await search.look();

      assert.deepEqual(words(look), [`backup-1 ${word}`]);
      assert.equal(look.now, noon + later * minutes);
      assert.equal(look.serviceTime, noon + ahead * minutes);
    });
  }

  it("is this machine's where the service does not say", async () => {
    const { search } = await scene(
      { maxAge: "1h" },
      { backups, serviceAheadMs: 10 * minutes, faults: [{ kind: "noDate" }] },
    );

    const look = await search.look();

    assert.deepEqual(words(look), ["backup-1 qualifies"]);
    assert.deepEqual([look.now, look.serviceTime], [noon, undefined]);
  });

  it("is the latest of all that were seen, where one of several lists has no date", async () => {
    const ids = Array.from({ length: 12 }, (_, i) => `backup-${i + 10}`);
    const { search } = await scene(
      {},
      {
        serviceAheadMs: 10 * minutes,
        backups: ids.map((id) => sent(id)),
        faults: [{ kind: "noDate", on: { request: 2 } }],
      },
    );

    const look = await search.look({ ids });

    assert.equal(look.now, noon + 10 * minutes);
  });

  it("is this machine's as it is when the answer has come", async () => {
    const there = await scene(
      { maxAge: "1h" },
      {
        backups,
        onRequest: () => {
          there.clock.advance(10 * minutes);
        },
        faults: [{ kind: "noDate" }],
      },
    );

    const look = await there.search.look();

    assert.deepEqual(words(look), ["backup-1 refused"]);
    assert.equal(look.now, noon + 10 * minutes);
  });
});

describe("restore tasks", () => {
  it("are not asked for when nobody wants them", async () => {
    const { service, search } = await scene(
      { maxAge: "24h" },
      { backups: [sent("backup-1")], deny: ["ListRestoreTasks"] },
    );

    assert.deepEqual(words(await search.look()), ["backup-1 qualifies"]);
    assert.deepEqual(looks(service), ["all of si-1"]);
  });

  const undecided: [string, Parameters<typeof sent>[1]][] = [
    ["too old", { StartTime: ago("31h") }],
    ["not Created", { Status: "CreateFailed" }],
    ["still being made", { Status: "Creating" }],
    ["expired", { RetentionDays: 0 }],
  ];
  for (const [what, fields] of undecided) {
    it(`are not asked for when the only backup is ${what}`, async () => {
      const { service, search } = await scene(tested, {
        backups: [sent("backup-1", fields)],
        deny: ["ListRestoreTasks"],
      });

      assert.deepEqual(words(await search.look()), ["backup-1 refused"]);
      assert.deepEqual(looks(service), ["all of si-1"]);
    });
  }

  it("decide between backups that are good but for them", async () => {
    const { service, search } = await scene(tested, {
      backups: [sent("a"), sent("b"), sent("c"), sent("d", { StartTime: ago("31h") })],
      restoreTasks: [restore("b"), restore("c", "RestoreFailed"), restore("d")],
    });

    const look = await search.look();

    assert.deepEqual(words(look), ["a refused", "b qualifies", "c refused", "d refused"]);
    assert.deepEqual(
      look.verdicts.map(({ reasons }) => reasons),
      [["never restored"], [], ["its restore failed"], ["7h too old"]],
    );
    assert.deepEqual(looks(service), ["all of si-1", "restores"]);
  });

  it("are read to the last page, a hundred at a time", async () => {
    const many = Array.from({ length: 205 }, (_, i) => restore(`backup-${i}`));
    const { service, search } = await scene(tested, {
      backups: [sent("backup-204")],
      restoreTasks: many,
    });

    assert.deepEqual(words(await search.look()), ["backup-204 qualifies"]);
    assert.deepEqual(
      service.requests.map(({ action, page, parameters }) => [
        action,
        page,
        parameters["MaxResults"],
        parameters["Filter.1.Name"],
      ]),
      [
        ["ListBackups", 1, "100", "ServiceInstanceId"],
        ["ListRestoreTasks", 1, "100", undefined],
        ["ListRestoreTasks", 2, "100", undefined],
        ["ListRestoreTasks", 3, "100", undefined],
      ],
    );
  });

  it("name their permission when it is denied", async () => {
    const {
      search,
      service,
      asked: whoWasAsked,
    } = await scene(tested, {
      backups: [sent("backup-1")],
      deny: ["ListRestoreTasks"],
    });

    await assertFails(
      search.look(),
      RequestError,
      () =>
        "ListRestoreTasks was denied (Forbidden.RAM, HTTP 403): User not authorized to operate " +
        "on the specified resource, or this API doesn't support RAM. SubUser " +
        "212345678901234567 may not call computenest:ListRestoreTasks: no policy allows it. " +
        "Allow the action computenest:ListRestoreTasks on resource * in RAM. " +
        `${whoWasAsked} RequestId ${service.requests.at(-1)?.requestId ?? ""}.`,
    );
  });

  it("are not used when their page is none", async () => {
    const { search, service } = await scene(tested, {
      backups: [sent("backup-1")],
      faults: [
        {
          kind: "page",
          on: { action: "ListRestoreTasks" },
          patch: { RestoreTasks: [{ RestoreTaskId: "r", Status: "Restored" }] },
        },
      ],
    });

    await assertFails(
      search.look(),
      ResponseError,
      () =>
        "Page 1 of ListRestoreTasks cannot be used: RestoreTasks[0].BackupId: invalid input: " +
        "expected string, received undefined. No part of the list is returned in its place. " +
        `RequestId ${service.requests.at(-1)?.requestId ?? ""}.`,
    );
  });

  it("are not used when some are missing", async () => {
    const { search } = await scene(tested, {
      backups: [sent("backup-1")],
      restoreTasks: [restore("backup-1")],
      faults: [
        {
          kind: "page",
          on: { action: "ListRestoreTasks" },
          patch: { TotalCount: 2 },
          times: Infinity,
        },
      ],
    });

    await assertFails(
      search.look(),
      IncompleteListError,
      () =>
        "The list of restore tasks is not complete: 1 different restore tasks were read, but " +
        "TotalCount is 2. It was read 3 times; restore tasks may be coming and going. Try " +
        'again; if it stays so, the setting completeness "tokens" (COMPUTENEST_COMPLETENESS) ' +
        "trusts the last page's word instead of TotalCount.",
    );
  });
});

import assert from "node:assert/strict";
import { inspect } from "node:util";
import fc from "fast-check";
import {
  getBackups,
  IncompleteListError,
  RequestError,
  ResponseError,
  type GetBackupsArgs,
  type Settings,
} from "../provider";
import type { Fault } from "../simulator";
import { wireRow, wireRows } from "./support/backups";
import { asked, serve, type Service } from "./support/service";
import { collectWarnings } from "./support/warnings";

const read = (service: Service, args: GetBackupsArgs = {}, settings: Settings = {}) =>
  getBackups(args, { settings: { ...service.settings, ...settings } });

const askedAs = ({ host }: Service) => `Asked ${host} as LTAI…Key (the settings option).`;
const requestIdOf = (service: Service) => service.requests.at(-1)?.requestId ?? "";

/** Refused with a class and a whole message, made once the service is known. */
async function assertFails(
  work: Promise<unknown>,
  type: new (...args: never[]) => Error,
  message: () => string,
): Promise<void> {
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof type, inspect(error));
    // What an attempt took is the machine's affair; with a clock of its own, requester.spec.ts asserts it.
    assert.equal(error.message.replace(/(after 1 attempt and )[\d.]+ s/, "$1T s"), message());
    return true;
  });
}

describe("getBackups", () => {
  it("reads 2,345 backups of mixed offsets, each once and newest first by instant", async () => {
    const rows = wireRows(2345).map((row, i) =>
      i % 3 === 0 ? { ...row, StartTime: inChina(row.StartTime ?? "") } : row,
    );
    const expected = rows.map(({ BackupId }) => BackupId);
    const shuffled = rows.toSorted((a, b) => (a.BackupId < b.BackupId ? -1 : 1));
    const service = await serve({ backups: shuffled });

    const { ids, totalCount } = await read(service);

    assert.deepEqual(ids, expected);
    assert.equal(totalCount, 2345);
    assert.equal(service.requests.length, 24);
  });

  it("finds nothing without failing", async () => {
    const { ids, backups, totalCount, latest } = await read(await serve());

    assert.deepEqual(
      { ids, backups, totalCount, latest },
      {
        ids: [],
        backups: [],
        totalCount: 0,
        latest: undefined,
      },
    );
  });

  it("gives equal results for equal backups, whatever their order and the page size", async () => {
    const rows = wireRows(25);
    const service = await serve({ backups: rows });
    const expected = await read(service);
    const orders = fc.shuffledSubarray(rows, { minLength: rows.length });
    const sizes = fc.integer({ min: 1, max: 30 });

    await fc.assert(
      fc.asyncProperty(orders, sizes, async (order, maxResults) => {
        service.setBackups(order);

        assert.deepEqual(await read(service, { maxResults }), expected);
      }),
      { numRuns: 25 },
    );
  });

  it("asks the service for what it can filter, and filters the rest here", async () => {
    const service = await serve({
      backups: [
        ...wireRows(3),
        wireRow({ BackupId: "other", ServiceInstanceId: "si-2", BackupMode: "Auto" }),
      ],
    });

    const byMode = await read(service, { backupMode: "Auto" });
    const byInstance = await read(service, { serviceInstanceId: "si-2", status: "Created" });

    assert.deepEqual([byMode.ids, byMode.totalCount], [["other"], 4]);
    assert.deepEqual([byInstance.ids, byInstance.totalCount], [["other"], 1]);
    assert.deepEqual(asked(service), [
      {},
      {
        "Filter.1.Name": "ServiceInstanceId",
        "Filter.1.Value.1": "si-2",
        "Filter.2.Name": "Status",
        "Filter.2.Value.1": "Created",
      },
    ]);
  });

  it("does not rely on the service's filters", async () => {
    const service = await serve({
      backups: wireRows(2),
      faults: [{ kind: "page", patch: { Backups: wireRows(2), TotalCount: 2 } }],
    });

    assert.deepEqual((await read(service, { ids: ["backup-2"] })).ids, ["backup-2"]);
  });

  it("splits more than ten ids over requests, and puts the answers together", async () => {
    const service = await serve({ backups: wireRows(40) });
    const ids = Array.from({ length: 25 }, (_, i) => `backup-${40 - i}`);

    const result = await read(service, { ids });

    assert.deepEqual(result.ids, ids.toReversed());
    assert.equal(result.totalCount, 25);
    assert.equal(service.requests.length, 3);
  });

  it("splits service instances too, and does not add up counts that are not all there", async () => {
    const instances = Array.from({ length: 12 }, (_, i) => `si-${i}`);
    const backups = instances.map((id) => wireRow({ BackupId: `of-${id}`, ServiceInstanceId: id }));
    const patch = (answer: Record<string, unknown>) => ({ ...answer, TotalCount: undefined });
    const service = await serve({ backups, faults: [{ kind: "page", patch }] });

    const { ids, totalCount, latestByServiceInstance } = await read(service, {
      serviceInstanceIds: instances,
    });

    assert.deepEqual([ids.length, totalCount], [12, undefined]);
    assert.deepEqual(Object.keys(latestByServiceInstance ?? {}).sort(), instances.toSorted());
  });

  it("keeps the newest n of all", async () => {
    const service = await serve({ backups: wireRows(30) });

    const { ids, statusCounts } = await read(service, { limit: 2 });

    assert.deepEqual(ids, ["backup-1", "backup-2"]);
    assert.equal(statusCounts?.["Created"], 30);
  });

  it("pages by hand: starts and stops where it is told", async () => {
    const service = await serve({ backups: wireRows(7) });

    const first = await read(service, { maxResults: 2, maxPages: 2 });
    const rest = await read(service, { maxResults: 2, nextToken: first.nextToken });

    assert.deepEqual(first.ids, ["backup-1", "backup-2", "backup-3", "backup-4"]);
    assert.deepEqual(rest.ids, ["backup-5", "backup-6", "backup-7"]);
    assert.deepEqual([first.latest, first.statusCounts], [undefined, undefined]);
    assert.deepEqual([rest.latest, rest.nextToken], [undefined, undefined]);
  });

  it("takes only what started within maxAge, by the later of both clocks", async () => {
    const clock = () => Date.now() + 10 * 60_000;
    const at = (minutesAgo: number) => new Date(Date.now() - minutesAgo * 60_000).toISOString();
    const backups = [55, 45].map((ago) => wireRow({ BackupId: `${ago}`, StartTime: at(ago) }));
    const service = await serve({ backups, clock });

    assert.deepEqual((await read(service, { maxAge: "1h" })).ids, ["45"]);
  });

  it("works without a Date of the service", async () => {
    const service = await serve({ backups: wireRows(1), faults: [{ kind: "noDate" }] });

    assert.deepEqual((await read(service, { maxAge: "100000d" })).ids, ["backup-1"]);
  });

  it("understands gzip, unknown statuses and numbers sent as text", async () => {
    const backups = [wireRow({ Status: "Archived", RetentionDays: "7" })];
    const service = await serve({ backups, faults: [{ kind: "gzip" }] });

    const { latest, latestAttempt } = await read(service);

    assert.equal(latest, undefined);
    assert.deepEqual([latestAttempt?.status, latestAttempt?.retentionDays], ["Archived", 7]);
  });

  it("carries temporary credentials", async () => {
    const service = await serve({ backups: wireRows(1), securityToken: "a+token/=" });

    assert.deepEqual((await read(service)).ids, ["backup-1"]);
  });

  it("gives the same through the other transport", async () => {
    const service = await serve({ backups: wireRows(250) });

    const other = await read(service, {}, { transport: "openapi-client" });

    assert.deepEqual(other, await read(service));
  });
});

describe("getBackups, when a list is not whole", () => {
  const tryAgain =
    'Try again; if it stays so, the setting completeness "tokens" (COMPUTENEST_COMPLETENESS) ' +
    "trusts the last page's word instead of TotalCount.";
  const incomplete = (count: number, reason: string, remedy = tryAgain) =>
    `The list of backups is not complete: ${count} different backups were read, but ${reason}. ` +
    `It was read 3 times; backups may be coming and going. ${remedy}`;
  const always = { times: Infinity };
  const shifted = (answer: Record<string, unknown>) => ({
    ...answer,
    TotalCount: undefined,
    Backups: wireRows(2),
  });
  const cases: [string, Fault[], string][] = [
    [
      "TotalCount is too high",
      [{ kind: "page", patch: { TotalCount: 9 }, ...always }],
      incomplete(5, "TotalCount is 9"),
    ],
    [
      "TotalCount is too low",
      [{ kind: "page", patch: { TotalCount: "4" }, ...always }],
      incomplete(5, "TotalCount is 4"),
    ],
    [
      "TotalCount changes from page to page",
      [{ kind: "page", patch: { TotalCount: 6 }, on: { page: 2 }, ...always }],
      incomplete(5, "TotalCount changed from page to page, 5 at last"),
    ],
    [
      "a row comes twice and nothing tells the count",
      [{ kind: "page", patch: shifted, ...always }],
      // Of a repeated row the setting would complain as well.
      incomplete(2, "a backup came twice, so others may have been passed over", "Try again."),
    ],
  ];
  for (const [what, faults, message] of cases) {
    it(`reads it three times, then fails: ${what}`, async () => {
      const service = await serve({ backups: wireRows(5), faults });

      await assertFails(read(service, { maxResults: 2 }), IncompleteListError, () => message);
      assert.equal(service.requests.length, 9);
    });
  }

  it("reads a list again that moved while it was read", async () => {
    const service = await serve({
      backups: wireRows(5),
      onRequest: ({ page }, simulator) => {
        if (page === 2 && simulator.requests.length === 2) simulator.setBackups(wireRows(6));
      },
    });

    const { ids } = await read(service, { maxResults: 3 });

    assert.equal(ids.length, 6);
    assert.equal(service.requests.length, 4);
  });

  it("counts a row that stands twice once, where the count is right", async () => {
    const service = await serve({ backups: wireRows(5), faults: [{ kind: "duplicateRow" }] });

    assert.equal((await read(service, { maxResults: 2 })).ids.length, 5);
    assert.equal(service.requests.length, 3);
  });

  it("needs no TotalCount", async () => {
    const service = await serve({ backups: wireRows(5), omitTotalCount: true });

    const { ids, totalCount } = await read(service, { maxResults: 2 });

    assert.deepEqual([ids.length, totalCount], [5, undefined]);
  });

  it('trusts the last page with completeness "tokens", and warns', async () => {
    const warnings = collectWarnings();
    const faults: Fault[] = [{ kind: "page", patch: { TotalCount: 9 } }];
    const service = await serve({ backups: wireRows(5), faults });

    const { ids } = await read(service, {}, { completeness: "tokens" });

    assert.equal(ids.length, 5);
    assert.deepEqual(warnings, [
      "computenest: ListBackups: 5 backups were read but TotalCount is 9; taken as complete " +
        'because of the setting completeness "tokens".',
    ]);
  });

  it('does not take a repeated row with completeness "tokens"', async () => {
    const faults: Fault[] = [{ kind: "duplicateRow", times: 3 }];
    const service = await serve({ backups: wireRows(5), faults });

    await assert.rejects(read(service, {}, { completeness: "tokens" }), IncompleteListError);
  });

  it("does not compare a read by hand with TotalCount", async () => {
    const faults: Fault[] = [{ kind: "page", patch: { TotalCount: 9 } }];
    const service = await serve({ backups: wireRows(2), faults });

    const { totalCount } = await read(service, { maxPages: 1 }, { completeness: "tokens" });

    assert.equal(totalCount, 9);
  });

  const endless: [string, Fault, number, string][] = [
    ["a repeated token", { kind: "repeatToken", on: { page: 2 } }, 2, "a NextToken came again"],
    ["a cycle of tokens", { kind: "tokenCycle", times: 9 }, 3, "a NextToken came again"],
    [
      "endless empty pages",
      { kind: "endlessEmptyPages", times: Infinity },
      11,
      "11 empty pages in a row, each with a next one",
    ],
  ];
  for (const [what, fault, number, reason] of endless) {
    it(`does not read for ever: ${what}`, async () => {
      const service = await serve({ backups: wireRows(9), faults: [fault] });

      await assertFails(
        read(service, { maxResults: 2 }),
        ResponseError,
        () =>
          `ListBackups does not come to an end: ${reason} (page ${number}). No part of the list ` +
          `is returned in its place. RequestId ${requestIdOf(service)}.`,
      );
      assert.equal(service.requests.length, number);
    });
  }

  it("begins anew once when a token is rejected half-way", async () => {
    const faults: Fault[] = [{ kind: "rejectToken", on: { page: 3 } }];
    const service = await serve({ backups: wireRows(5), faults });

    assert.equal((await read(service, { maxResults: 2 })).ids.length, 5);
    assert.deepEqual(
      service.requests.map(({ page }) => page),
      [1, 2, 3, 1, 2, 3],
    );
  });

  const broken: [string, object, string][] = [
    ["Backups is missing", { Backups: undefined }, "it has no list Backups"],
    ["Backups is null", { Backups: null }, "it has no list Backups"],
    [
      "Backups is no list",
      { Backups: "none" },
      "Backups: invalid input: expected array, received string",
    ],
    [
      "a row has no BackupId",
      { Backups: [{ ServiceInstanceId: "si-1", Status: "Created" }] },
      "Backups[0].BackupId: invalid input: expected string, received undefined",
    ],
  ];
  for (const [what, patch, reason] of broken) {
    it(`names the page on which ${what}`, async () => {
      const faults: Fault[] = [{ kind: "page", patch: { ...patch }, on: { page: 2 } }];
      const service = await serve({ backups: wireRows(5), faults });

      await assertFails(
        read(service, { maxResults: 2 }),
        ResponseError,
        () =>
          `Page 2 of ListBackups cannot be used: ${reason}. No part of the list is returned in ` +
          // The page after it has been asked for by then.
          `its place. RequestId ${service.requests[1]?.requestId ?? ""}.`,
      );
    });
  }

  it("takes missing Backups for none where TotalCount is 0", async () => {
    const service = await serve({ faults: [{ kind: "page", patch: { Backups: null } }] });

    assert.deepEqual((await read(service)).ids, []);
  });
});

describe("getBackups, when the service does not answer well", () => {
  const html = { body: "<html>Bad gateway</html>", contentType: "text/html" };
  const xml = "<Error><Code>ServiceUnavailable</Code><Message>busy</Message></Error>";
  const passing: [string, Fault][] = [
    ["a throttle", { kind: "throttle" }],
    ["a throttle that names a pause", { kind: "throttle", retryAfterMs: 30 }],
    ["a 500", { kind: "status", status: 500 }],
    ["an HTML 502", { kind: "status", status: 502, ...html }],
    ["a 503", { kind: "status", status: 503 }],
    ["an XML 503", { kind: "status", status: 503, body: xml, contentType: "text/xml" }],
    ["a used nonce", { kind: "nonceUsed" }],
    ["a reset connection", { kind: "resetBeforeHeaders" }],
    ["a connection reset in the body", { kind: "resetDuringBody" }],
    ["truncated JSON", { kind: "truncatedJson" }],
    ["an empty body", { kind: "emptyBody" }],
  ];
  for (const [what, fault] of passing) {
    it(`asks again after ${what}, with a nonce of its own`, async () => {
      const service = await serve({ backups: wireRows(2), faults: [fault] });

      assert.equal((await read(service)).ids.length, 2);
      const nonces = service.requests.map(({ headers }) => headers["x-acs-signature-nonce"]);
      assert.equal(new Set(nonces).size, 2);
    });
  }

  it("asks again when an answer takes longer than clientReadTimeout", async () => {
    const faults: Fault[] = [{ kind: "neverAnswer" }];
    const service = await serve({ backups: wireRows(2), faults });

    assert.equal((await read(service, {}, { clientReadTimeout: 150 })).ids.length, 2);
  });

  it("does not fail on an answer that is slow but comes", async () => {
    const faults: Fault[] = [
      { kind: "slowFirstByte", delayMs: 40, on: { page: 1 } },
      { kind: "slowBody", bytes: 200, delayMs: 20, on: { page: 2 } },
    ];
    const service = await serve({ backups: wireRows(4), faults });

    assert.equal((await read(service, { maxResults: 2 })).ids.length, 4);
    assert.equal(service.requests.length, 2);
  });

  it("fails at once when a throttle asks for more than the budget", async () => {
    const faults: Fault[] = [{ kind: "throttle", retryAfterMs: 9000 }];
    const service = await serve({ faults });

    await assertFails(
      read(service, {}, { maxRetryTimeout: 2 }),
      RequestError,
      () =>
        "ListBackups was throttled (Throttling.User, HTTP 400): Request was denied due to user " +
        "flow control. Given up after 1 attempt and T s (maxRetryTimeout is 2 s). The service " +
        `asks for a pause of 9 s. ${askedAs(service)} RequestId ${requestIdOf(service)}.`,
    );
    assert.equal(service.requests.length, 1);
  });

  const allow = "Allow the action computenest:ListBackups on resource * in RAM.";
  const final: [string, Fault, (service: Service) => string][] = [
    [
      "an error in an answer of 200",
      { kind: "errorBody" },
      () =>
        "ListBackups was denied (NoPermission, HTTP 200): You are not authorized to do this " +
        `operation. The caller may not call computenest:ListBackups. ${allow}`,
    ],
    [
      "a redirect",
      { kind: "redirect", location: "http://127.0.0.1:1/" },
      () =>
        "ListBackups was rejected (HTTP 302): a redirect, which is never followed. " +
        "Check the endpoint, and proxies on the way.",
    ],
    [
      "a page of HTML",
      { kind: "status", status: 404, ...html },
      () => "ListBackups was rejected (HTTP 404): text/html, which is not the service's JSON.",
    ],
    [
      "a body of more than 64 MiB",
      { kind: "hugeBody", bytes: 65 * 1024 * 1024 },
      () =>
        "ListBackups got no answer: the answer is larger than 64 MiB. " +
        "Check the endpoint, the network and the proxy settings.",
    ],
    [
      "a gzip bomb",
      { kind: "gzipBomb", bytes: 65 * 1024 * 1024 },
      () =>
        "ListBackups got no answer: the answer is larger than 64 MiB. " +
        "Check the endpoint, the network and the proxy settings.",
    ],
  ];
  for (const [what, fault, message] of final) {
    it(`gives up at once after ${what}`, async () => {
      const service = await serve({ backups: wireRows(2), faults: [fault] });

      await assert.rejects(read(service), (error) => {
        assert.ok(error instanceof RequestError);
        const id = error.requestId === undefined ? "" : ` RequestId ${error.requestId}.`;
        assert.equal(error.message, `${message(service)} ${askedAs(service)}${id}`);
        return true;
      });
      assert.equal(service.requests.length, 1);
    });
  }

  it("says that a clock is wrong", async () => {
    const service = await serve({ clock: () => Date.now() + 3_600_000 });

    await assertFails(
      read(service),
      RequestError,
      () =>
        "ListBackups was rejected (InvalidTimeStamp.Expired, HTTP 400): Specified time stamp or " +
        "date value is expired. Set this machine's clock: it may be at most 15 minutes off. " +
        `${askedAs(service)} RequestId ${requestIdOf(service)}.`,
    );
  });

  it("asks once more, and no more, when a token has expired", async () => {
    const faults: Fault[] = [{ kind: "expiredToken" }];
    const once = await serve({ backups: wireRows(1), faults, securityToken: "token" });
    const twice = await serve({ faults: [{ kind: "expiredToken", times: 2 }] });

    assert.equal((await read(once)).ids.length, 1);
    await assert.rejects(read(twice), { serviceCode: "InvalidSecurityToken.Expired", attempts: 2 });
  });

  it("has at most four requests in flight", async () => {
    let inFlight = 0;
    let most = 0;
    let hasFour: () => void = () => undefined;
    const four = new Promise<void>((resolve) => (hasFour = resolve));
    const service = await serve({
      backups: wireRows(1),
      onRequest: async () => {
        most = Math.max(most, (inFlight += 1));
        if (inFlight === 4) hasFour();
        // Nobody is answered before four are there; then a fifth has time to come, if it is let.
        await four;
        await new Promise((resolve) => setTimeout(resolve, 15));
        inFlight -= 1;
      },
    });

    // Pages of different sizes are never read as one.
    await Promise.all(Array.from({ length: 12 }, (_, i) => read(service, { maxResults: i + 1 })));

    assert.equal(most, 4);
  });

  it("asks nothing while a throttle's pause lasts, whoever calls", async () => {
    const faults: Fault[] = [{ kind: "throttle", retryAfterMs: 120 }];
    const service = await serve({ backups: wireRows(1), faults });

    const first = read(service);
    await until(() => service.requests[0]?.code === "Throttling.User");
    await new Promise((resolve) => setTimeout(resolve, 20));
    await Promise.all([first, read(service)]);

    const [throttled, ...others] = service.requests.map(({ atMs }) => atMs);
    assert.ok(others.every((atMs) => atMs - (throttled ?? 0) >= 115));
  });
});

describe("getBackups, when it is refused", () => {
  const allow = "Allow the action computenest:ListBackups on resource * in RAM.";

  it("names who may not do what", async () => {
    const service = await serve({
      deny: ["ListBackups"],
      accessDeniedDetail: {
        NoPermissionType: "ExplicitDeny",
        AuthPrincipalType: "AssumedRoleUser",
        AuthPrincipalDisplayName: "nightly",
      },
    });

    await assert.rejects(read(service), (error) => {
      assert.ok(error instanceof RequestError);
      assert.ok(
        error.message.endsWith(
          "AssumedRoleUser nightly may not call computenest:ListBackups: a policy denies it " +
            `explicitly. ${allow} ${askedAs(service)} RequestId ${requestIdOf(service)}.`,
        ),
        error.message,
      );
      return true;
    });
  });

  const planted = {
    accessKey: "LTAI5tPlantedKeyOfATest",
    secretKey: "plantedSecretKeyOfATest0123456",
    securityToken: "plantedToken/With+Signs==OfATest",
  };
  const { accessKey, secretKey, securityToken } = planted;
  const asPlanted = "as LTAI…est (the settings option)";
  const otherKey =
    "Check that the access key exists, is enabled, and belongs to this site: accounts of the " +
    "mainland China site and the international site are separate.";
  const threeParts = "Set accessKey, secretKey and securityToken as they were handed out together.";
  const cases: [string, Settings, object, string][] = [
    [
      "a wrong secret",
      { accessKey, secretKey },
      { accessKeyId: accessKey },
      "ListBackups was denied (SignatureDoesNotMatch, HTTP 400): Specified signature does not " +
        "match our calculation. (the rest is not shown, as it repeats secrets). " +
        "Check that the secret key belongs to the access key.",
    ],
    [
      "a wrong secret of a temporary key",
      planted,
      { accessKeyId: accessKey, securityToken },
      "ListBackups was denied (SignatureDoesNotMatch, HTTP 400): Specified signature does not " +
        "match our calculation. (the rest is not shown, as it repeats secrets). " +
        "Check that the secret key belongs to the access key.",
    ],
    [
      "an unknown key",
      { accessKey, secretKey },
      {},
      "ListBackups was denied (InvalidAccessKeyId.NotFound, HTTP 404): " +
        `Specified access key is not found. ${otherKey}`,
    ],
    [
      "a missing token",
      { accessKey, secretKey },
      { accessKeyId: accessKey, accessKeySecret: secretKey, securityToken },
      "ListBackups was denied (MissingSecurityToken, HTTP 400): " +
        `SecurityToken is mandatory for this action. ${threeParts}`,
    ],
    [
      "a token of another key",
      planted,
      { accessKeyId: accessKey, accessKeySecret: secretKey, securityToken: "another" },
      "ListBackups was denied (InvalidSecurityToken.MismatchWithAccessKey, HTTP 400): " +
        `Specified SecurityToken mismatch with the AccessKey. ${threeParts}`,
    ],
  ];
  for (const transport of ["undici", "openapi-client"] as const) {
    for (const [what, keys, options, message] of cases) {
      it(`tells ${what} by ${transport}, and shows no secret`, async () => {
        const service = await serve(options);
        const settings = { endpoint: service.url, region: "cn-hangzhou", transport, ...keys };

        await assert.rejects(getBackups({}, { settings }), (error) => {
          assert.ok(error instanceof RequestError);
          const end = `Asked ${service.host} ${asPlanted}. RequestId ${requestIdOf(service)}.`;
          assert.equal(error.message, `${message} ${end}`);
          const all = [error.stack, inspect(error, { depth: 9 }), inspect(error.cause)].join("\n");
          for (const secret of Object.values(planted)) assert.ok(!all.includes(secret));
          return true;
        });
      });
    }
  }
});

describe("getBackups, when it is aborted", () => {
  const reason = new Error("enough");

  /** Reads until the service has seen so many requests, then aborts. */
  async function abortAfter(service: Service, requests: number): Promise<void> {
    const controller = new AbortController();
    const { settings } = service;
    const reading = getBackups({ maxResults: 2 }, { settings, signal: controller.signal });
    reading.catch(() => undefined);
    await until(() => service.requests.length >= requests);
    await new Promise((resolve) => setTimeout(resolve, 20));
    controller.abort(reason);
    await assert.rejects(reading, (error) => error === reason);
  }

  it("asks nothing when the signal is aborted already", async () => {
    const service = await serve();
    const opts = { settings: service.settings, signal: AbortSignal.abort(reason) };

    await assert.rejects(getBackups({}, opts), (error) => error === reason);
    assert.equal(service.requests.length, 0);
  });

  const stages: [string, Fault, number][] = [
    ["while it waits for an answer", { kind: "neverAnswer" }, 1],
    ["while it reads a body", { kind: "slowBody", bytes: 1, delayMs: 20 }, 1],
    ["while it pauses after a throttle", { kind: "throttle", retryAfterMs: 5000 }, 1],
    ["on a later page", { kind: "neverAnswer", on: { page: 2 } }, 2],
  ];
  for (const [when, fault, requests] of stages) {
    it(`ends ${when}, with the signal's own reason, and lets others go on`, async () => {
      const service = await serve({ backups: wireRows(3), faults: [fault] });

      await abortAfter(service, requests);

      if (fault.kind !== "throttle") assert.equal((await read(service)).ids.length, 3);
      assert.ok(service.requests.length <= requests + 1);
    });
  }
});

describe("getBackups, outside of a program", () => {
  it("reads its settings from the environment", async () => {
    const service = await serve({ backups: wireRows(1) });
    process.env["ALIBABA_CLOUD_ACCESS_KEY_ID"] = service.accessKeyId;
    process.env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] = service.accessKeySecret;
    process.env["COMPUTENEST_ENDPOINT"] = service.url;

    assert.deepEqual((await getBackups()).ids, ["backup-1"]);
  });

  it("names the place that keys came from", async () => {
    const service = await serve();
    process.env["ALICLOUD_ACCESS_KEY"] = "LTAI5tNobodyKnowsThis";
    process.env["ALICLOUD_SECRET_KEY"] = "secret";
    process.env["COMPUTENEST_ENDPOINT"] = service.url;

    await assert.rejects(getBackups(), /Asked 127\.0\.0\.1:\d+ as LTAI…his \(environment\)\./);
  });
});

/** A time as a clock in China shows it. */
function inChina(utc: string): string {
  const local = new Date(Date.parse(utc) + 8 * 3_600_000).toISOString();
  return local.replace(".000Z", "+08:00");
}

/** Waits, a little at a time, for something to become true. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 2));
}

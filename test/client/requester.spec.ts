import assert from "node:assert/strict";
import { setImmediate as nextTurn } from "node:timers/promises";
import { inspect } from "node:util";
import fc from "fast-check";
import { ConfigurationError, RequestError, ResponseError } from "../../provider/errors";
import type { Identity } from "../../provider/client/identity";
import { createLane } from "../../provider/client/lane";
import { createRequester } from "../../provider/client/requester";
import { createBudget } from "../../provider/client/retry";
import { TransportError, type WireResponse } from "../../provider/client/transport";
import { connectionTo, planted } from "../support/connection";
import { fakeClock } from "../support/fakeClock";

type Reply = Partial<WireResponse> | Error;

const good: Reply = { body: '{"Backups":[],"RequestId":"R-9"}' };

function refused(code: string, fields: Partial<WireResponse> = {}): Reply {
  const body = JSON.stringify({ Code: code, Message: "It says so.", RequestId: "R-1" });
  return { status: 400, body, ...fields };
}

/** A requester over replies in turn (the last for ever), each of which takes `tookMs`. */
function setUp(replies: Reply[], { budgetMs = 120_000, tookMs = 0, random = 0.5 } = {}) {
  const clock = fakeClock({ now: 1_000_000, random });
  const log = { sent: 0, sentAt: [] as number[], forgotten: 0, told: [] as string[] };
  const identity: Identity = {
    accessKeyId: planted.accessKey,
    accessKeySecret: planted.secretKey,
    securityToken: planted.securityToken,
    providerName: "static_sts",
  };
  const requester = createRequester({
    connection: connectionTo("http://127.0.0.1:1"),
    transport: {
      async send() {
        const reply = replies[Math.min(log.sent, replies.length - 1)] ?? good;
        log.sent += 1;
        log.sentAt.push(clock.now() - 1_000_000);
        clock.advance(tookMs);
        if (reply instanceof Error) throw reply;
        const headers = { "content-type": "application/json" };
        return Promise.resolve({ status: 200, headers, body: "{}", ...reply });
      },
    },
    identities: {
      key: "test",
      current: () => Promise.resolve(identity),
      forget() {
        log.forgotten += 1;
      },
    },
    lane: createLane(clock),
    clock,
  });
  const budget = createBudget(budgetMs);
  const progress = (message: string) => log.told.push(message);
  const ask = (signal?: AbortSignal, arrived?: (body: string) => Promise<void>) =>
    requester({ action: "ListBackups", query: {} }, { budget, signal, progress, arrived });
  return { ask, budget, clock, log };
}

/** The error that asking ends in. */
async function failing({ ask }: { ask: () => Promise<unknown> }): Promise<RequestError> {
  const error: unknown = await ask().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof RequestError);
  return error;
}

const asked = "Asked 127.0.0.1:1 as LTAI…est (the settings option).";

describe("a requester", () => {
  it("passes on a good answer, and the service's clock", async () => {
    const headers = { date: "Thu, 01 Jan 2026 00:00:00 GMT" };
    const { ask } = setUp([{ ...good, headers }]);

    assert.deepEqual(await ask(), {
      body: { Backups: [], RequestId: "R-9" },
      requestId: "R-9",
      serviceTime: Date.parse("2026-01-01T00:00:00Z"),
    });
  });

  it("tells the text of what may be a good answer, and reads it later", async () => {
    const broken = { body: '{"Backups":' };
    const { ask } = setUp([refused("Throttling.User"), broken, new Error("gone"), good]);
    const events: string[] = [];

    const answer = ask(undefined, async (body) => {
      events.push(body);
      await nextTurn();
      events.push("read");
    }).then(() => events.push("answered"));
    await assert.rejects(answer, /gone/);
    await setUp([good]).ask(undefined, (body) => Promise.resolve(void events.push(body)));

    assert.deepEqual(events, [broken.body, "read", good.body]);
  });

  it("lets the next in line in before it reads an answer", async () => {
    const events: string[] = [];
    const { ask, log } = setUp([good]);
    const reading = Array.from({ length: 5 }, () =>
      ask(undefined, async () => {
        events.push(`${log.sent} sent`);
        for (let turns = 0; turns < 3; turns += 1) await nextTurn();
        events.push("read");
      }),
    );

    await Promise.all(reading);

    assert.deepEqual(events.slice(0, 5), ["4 sent", "4 sent", "4 sent", "4 sent", "5 sent"]);
  });

  it("does not know the service's clock without a Date, or with one that is none", async () => {
    const { ask } = setUp([good, { ...good, headers: { date: "today" } }]);

    assert.equal((await ask()).serviceTime, undefined);
    assert.equal((await ask()).serviceTime, undefined);
  });

  const retried: [string, Reply][] = [
    ["a throttle", refused("Throttling.User")],
    ["a 500", refused("InternalError", { status: 500 })],
    ["an HTML 502", { status: 502, headers: { "content-type": "text/html" }, body: "<html>" }],
    ["a used nonce", refused("SignatureNonceUsed")],
    ["truncated JSON", { body: '{"Backups":[' }],
    ["an empty body", { body: "" }],
    ["a broken connection", new TransportError("socket hang up", { retryable: true })],
  ];
  for (const [what, reply] of retried) {
    it(`asks again after ${what}`, async () => {
      const { ask, clock, log } = setUp([reply, good]);

      await ask();

      assert.equal(log.sent, 2);
      assert.deepEqual(clock.slept, [100]);
    });
  }

  const final: [string, Reply, string][] = [
    [
      "a denial",
      refused("Forbidden.RAM", { status: 403 }),
      "ListBackups was denied (Forbidden.RAM, HTTP 403): It says so. " +
        "The caller may not call computenest:ListBackups. " +
        `Allow the action computenest:ListBackups on resource * in RAM. ${asked} RequestId R-1.`,
    ],
    [
      "a bad argument",
      refused("InvalidParameter.Filter"),
      `ListBackups was rejected (InvalidParameter.Filter, HTTP 400): It says so. ${asked} RequestId R-1.`,
    ],
    [
      "a bad key",
      refused("InvalidAccessKeyId.NotFound", { status: 404 }),
      "ListBackups was denied (InvalidAccessKeyId.NotFound, HTTP 404): It says so. " +
        "Check that the access key exists, is enabled, and belongs to this site: accounts of " +
        `the mainland China site and the international site are separate. ${asked} RequestId R-1.`,
    ],
    [
      "a redirect",
      { status: 302, headers: {}, body: "" },
      "ListBackups was rejected (HTTP 302): a redirect, which is never followed. " +
        `Check the endpoint, and proxies on the way. ${asked}`,
    ],
    [
      "a host that does not exist",
      new TransportError("getaddrinfo ENOTFOUND nowhere", { retryable: false }),
      "ListBackups got no answer: getaddrinfo ENOTFOUND nowhere. " +
        `Check the endpoint, the network and the proxy settings. ${asked}`,
    ],
  ];
  for (const [what, reply, message] of final) {
    it(`asks only once after ${what}`, async () => {
      const requester = setUp([reply]);

      const error = await failing(requester);

      assert.equal(error.message, message);
      assert.deepEqual([requester.log.sent, error.attempts], [1, 1]);
    });
  }

  it("calls a page of HTML an unusable answer", async () => {
    const headers = { "content-type": "text/html", "x-acs-request-id": "R-2" };
    const { ask } = setUp([{ headers, body: "<html>" }]);

    await assert.rejects(
      ask(),
      (error) =>
        error instanceof ResponseError &&
        error.requestId === "R-2" &&
        error.message ===
          "ListBackups got an unusable answer (HTTP 200): text/html, which is not the " +
            `service's JSON. Check the endpoint, and proxies on the way. ${asked} RequestId R-2.`,
    );
  });

  it("gives up when the budget is spent, and says what it did", async () => {
    const requester = setUp([refused("Throttling.User")], { budgetMs: 1000 });

    const error = await failing(requester);

    assert.equal(
      error.message,
      "ListBackups was throttled (Throttling.User, HTTP 400): It says so. " +
        `Given up after 5 attempts and 1 s (maxRetryTimeout is 1 s). ${asked} RequestId R-1.`,
    );
    assert.deepEqual(requester.clock.slept, [100, 200, 400, 300]);
    assert.deepEqual([error.kind, error.attempts], ["throttled", 5]);
  });

  it("waits as long as the service asks for", async () => {
    const headers = { "x-acs-retry-after": "7000" };
    const { ask, clock } = setUp([refused("Throttling.User", { headers }), good]);

    await ask();

    assert.deepEqual(clock.slept, [7000]);
  });

  it("gives up at once when the service asks for more than the budget", async () => {
    const headers = { "x-acs-retry-after": "130000" };
    const requester = setUp([refused("Throttling.User", { headers })]);

    const error = await failing(requester);

    assert.equal(
      error.message,
      "ListBackups was throttled (Throttling.User, HTTP 400): It says so. " +
        "Given up after 1 attempt and 0 s (maxRetryTimeout is 120 s). " +
        `The service asks for a pause of 130 s. ${asked} RequestId R-1.`,
    );
    assert.deepEqual(requester.clock.slept, []);
  });

  it("counts failed attempts and pauses against the budget, and good answers not", async () => {
    const { ask, budget } = setUp([refused("InternalError", { status: 500 }), good, good], {
      tookMs: 30,
    });

    await ask();
    await ask();

    assert.equal(budget.spentMs, 30 + 100);
  });

  it("shares the budget between the requests of one call", async () => {
    const down = refused("InternalError", { status: 500 });
    const { ask, budget } = setUp([down, good, down], { budgetMs: 400 });

    await ask();
    await assert.rejects(ask(), { attempts: 3 });

    assert.equal(budget.spentMs, 400);
  });

  it("tells what went wrong while it goes on", async () => {
    const { ask, log } = setUp([refused("Throttling.User"), good]);

    await ask();

    assert.deepEqual(log.told, [
      "ListBackups was throttled (Throttling.User, HTTP 400): It says so. Asking again in 0.1 s.",
    ]);
  });

  it("holds everybody back after a throttle, and only then", async () => {
    const { ask, clock } = setUp([refused("Throttling.User"), good], { random: 0.9 });
    const down = setUp([refused("InternalError", { status: 500 }), good], { random: 0.9 });

    await Promise.all([ask(), ask()]);
    await Promise.all([down.ask(), down.ask()]);

    assert.ok(clock.slept.length >= 1);
    assert.deepEqual(down.clock.slept, [180]);
  });

  for (const status of [400, 200]) {
    it(`lets nobody in after a throttle of HTTP ${status} until the pause is over`, async () => {
      const throttled = refused("Throttling.User", { status });
      const { ask, log } = setUp([throttled, good], { random: 0.9 });
      const slowly = async () => {
        await nextTurn();
        await nextTurn();
      };

      await Promise.all(Array.from({ length: 6 }, () => ask(undefined, slowly)));

      assert.deepEqual(log.sentAt.slice(0, 4), [0, 0, 0, 0]);
      assert.ok(log.sentAt.length === 7 && log.sentAt.slice(4).every((at) => at >= 180));
    });
  }

  it("gets fresh credentials once when they have expired", async () => {
    const { ask, clock, log } = setUp([refused("InvalidSecurityToken.Expired"), good]);

    await ask();

    assert.deepEqual([log.forgotten, log.sent], [1, 2]);
    assert.deepEqual(clock.slept, []);
  });

  it("gives up when fresh credentials have expired as well", async () => {
    const requester = setUp([refused("InvalidSecurityToken.Expired")]);

    const error = await failing(requester);

    assert.deepEqual([requester.log.forgotten, error.attempts], [1, 2]);
    assert.equal(
      error.message,
      "ListBackups was denied (InvalidSecurityToken.Expired, HTTP 400): It says so. " +
        `The temporary credentials have expired; get new ones. ${asked} RequestId R-1.`,
    );
  });

  it("passes on what is no failure of the request as it is", async () => {
    const error = new ConfigurationError("no credentials");

    await assert.rejects(setUp([error]).ask(), (thrown) => thrown === error);
  });

  it("ends a pause with the reason of the signal", async () => {
    const controller = new AbortController();
    const { ask, clock } = setUp([refused("Throttling.User")]);
    clock.sleep = (_, signal) => {
      controller.abort("enough");
      signal?.throwIfAborted();
      return Promise.resolve();
    };

    await assert.rejects(ask(controller.signal), (error) => error === "enough");
  });

  it("keeps the cause of a broken connection, cleaned", async () => {
    const cause = new Error(`read ECONNRESET ${planted.secretKey}`);

    const error = await failing(
      setUp([new TransportError("read ECONNRESET", { retryable: false, cause })]),
    );

    assert.ok(error.cause instanceof Error);
    assert.equal(error.cause.message, "read ECONNRESET ***");
  });

  it("lets no secret into an error, wherever the service repeats one", async () => {
    const secrets = [planted.secretKey, planted.securityToken, planted.accessKey];
    const echo = fc.array(fc.oneof(fc.constantFrom(...secrets), fc.string()));
    await fc.assert(
      fc.asyncProperty(echo, async (words) => {
        const Message = words.join("");
        const AccessDeniedDetail = { AuthPrincipalDisplayName: Message, AuthAction: Message };
        const body = JSON.stringify({ Code: "Forbidden.RAM", Message, AccessDeniedDetail });
        const cause = new Error(Message);

        const denied = await failing(setUp([{ status: 403, body }]));
        const down = await failing(
          setUp([new TransportError(Message, { retryable: false, cause })]),
        );

        for (const error of [denied, down]) {
          const all = [
            error.message,
            error.stack,
            inspect(error, { depth: 9 }),
            inspect(error.cause),
          ];
          for (const secret of secrets) assert.ok(!all.join("\n").includes(secret));
        }
      }),
      { numRuns: 50 },
    );
  });
});

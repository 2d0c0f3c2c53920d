// The resource BackupGate, as the engine drives it.

import assert from "node:assert/strict";
import type { BackupRow, SimulatorOptions } from "../../simulator";
import { wireRow } from "../support/backups";
import { planted } from "../support/connection";
import { ago } from "../support/gateTimes";
import {
  configOf,
  refusalOf,
  secret,
  startEngine,
  startPlugin,
  unknownText,
  type FakeEngine,
  type Plugin,
  type Values,
} from "../support/plugin";
import { hostsRefused } from "../support/network";
import { serve, type Service } from "../support/service";

const recent = (fields: Parameters<typeof wireRow>[0] = {}) =>
  wireRow({ StartTime: ago(2), EndTime: ago(1), CreateTime: ago(2), ...fields });
const good = [recent()];
const bad = [recent({ Status: "CreateFailed", StatusDetail: "no disk" })];
const creating = recent({ Status: "Creating", StartTime: ago(0.01), EndTime: null });

const gate = { serviceInstanceId: "si-1", maxAge: "24h" };
const waiting = { ...gate, waitTimeout: "1m", pollInterval: "1s" };
const unknownOutputs = { backup: unknownText, backupId: unknownText, passedAt: unknownText };

const closed = ({ host }: Service) =>
  "No backup of si-1 qualifies (Created, started within 24h). Seen 1: backup-1 CreateFailed, 2h " +
  `old: no disk. Asked ${host} as LTAI…Key (the provider's configuration).`;

interface Scene {
  readonly service: Service;
  readonly plugin: Plugin;
  readonly engine: FakeEngine;
}

async function scene(
  backups: readonly BackupRow[],
  options: SimulatorOptions = {},
  config: Values = {},
): Promise<Scene> {
  const service = await serve({ backups, ...options });
  const engine = await startEngine();
  const plugin = await startPlugin(engine.address);
  await plugin.configureForProgram(configOf(service, config));
  return { service, plugin, engine };
}

describe("BackupGate: a check", () => {
  it("gives the inputs back as they came, and no failure for a gate that is closed", async () => {
    const { plugin, engine } = await scene(bad);
    const inputs = { ...gate, serviceInstanceId: secret("si-1") };

    const checked = await plugin.check(inputs);

    assert.deepEqual(checked, { inputs, failures: [] });
    assert.deepEqual(engine.told, []);
  });

  it("does not fail for a service that denies either", async () => {
    const { plugin } = await scene(good, { deny: ["ListBackups"] });

    assert.deepEqual((await plugin.check(gate, gate)).failures, []);
    assert.equal(await plugin.diff(gate, gate), "some");
  });

  it("nor for a configuration that cannot be used", async () => {
    const plugin = await startPlugin();
    await plugin.configure({ accessKey: "LTAI5tHalfOfAPair" });

    assert.deepEqual((await plugin.check(gate, gate)).failures, []);
    assert.equal(await plugin.diff(gate, gate), "some");
    const { code } = await refusalOf(plugin.create(gate));
    assert.equal(code, "FAILED_PRECONDITION");
  });

  const wrong: readonly [what: string, inputs: Values, failures: Record<string, string>][] = [
    [
      "nothing at all",
      {},
      {
        maxAge: "is missing, expected a duration such as 90m, 24h, 7d or P1DT12H",
        serviceInstanceId: "is missing, and so is backupId: say what has to have a backup",
      },
    ],
    [
      "an input that is misspelt",
      { ...gate, maxage: "1h" },
      {
        maxage: "is not known (did you mean maxAge?)",
      },
    ],
    [
      "several instances",
      { ...gate, serviceInstanceIds: ["si-2"] },
      {
        serviceInstanceIds: "is an argument of the hook backupGate: make a BackupGate for each",
      },
    ],
    [
      "choices that there are not",
      { ...gate, evaluate: "never", onPreview: "ask" },
      {
        evaluate: "is 'never', expected always or onTriggers",
        onPreview: "is 'ask', expected fail, warn or skip",
      },
    ],
    [
      "triggers of another type",
      { ...gate, triggers: { a: 1 } },
      {
        "triggers.a": "is 1, expected a text",
      },
    ],
    [
      "triggers that are none",
      { ...gate, triggers: "a" },
      {
        triggers: "is 'a', expected an object of texts",
      },
    ],
    [
      "an interval without a wait",
      { ...gate, pollInterval: "10s" },
      {
        pollInterval: "has no effect without waitTimeout (give both)",
      },
    ],
    [
      "a secret that is wrong",
      { ...gate, maxAge: secret("often") },
      {
        maxAge:
          "is a secret that is not shown, expected a duration such as 90m, 24h, 7d or P1DT12H",
      },
    ],
    [
      "what is wrong beside what is not known yet",
      { serviceInstanceId: unknownText, maxAge: "x" },
      {
        maxAge: "is 'x', expected a duration such as 90m, 24h, 7d or P1DT12H",
      },
    ],
  ];
  for (const [what, inputs, expected] of wrong) {
    it(`refuses ${what}, before any request`, async () => {
      const { plugin, service } = await scene(good);

      const { failures } = await plugin.check(inputs);
      const passing = await refusalOf(plugin.create({ ...inputs, serviceInstanceId: 1 }));

      assert.deepEqual(
        Object.fromEntries(failures.map(({ property, reason }) => [property, reason])),
        expected,
      );
      assert.equal(passing.code, "INVALID_ARGUMENT");
      assert.deepEqual(service.requests, []);
    });
  }

  const due: readonly [what: string, news: Values, olds: Values | undefined, requests: number][] = [
    ["new", gate, undefined, 1],
    ["new, as some engines put it", gate, {}, 1],
    ["as it was", gate, gate, 1],
    ["changed", gate, { ...gate, maxAge: "1h" }, 1],
    ["new, on triggers", { ...gate, evaluate: "onTriggers" }, undefined, 1],
    [
      "as it was, on triggers",
      { ...gate, evaluate: "onTriggers" },
      { ...gate, evaluate: "onTriggers" },
      0,
    ],
    [
      "as it was, with equal triggers",
      { ...gate, evaluate: "onTriggers", triggers: { a: "1", b: "2" } },
      { ...gate, evaluate: "onTriggers", triggers: { b: "2", a: "1" } },
      0,
    ],
    [
      "as it was, but for being a secret",
      { ...gate, evaluate: "onTriggers" },
      { ...gate, evaluate: "onTriggers", maxAge: secret("24h") },
      0,
    ],
    [
      "triggered",
      { ...gate, evaluate: "onTriggers", triggers: { a: "2" } },
      { ...gate, evaluate: "onTriggers", triggers: { a: "1" } },
      1,
    ],
    [
      "changed, on triggers",
      { ...gate, evaluate: "onTriggers" },
      { ...gate, evaluate: "always" },
      1,
    ],
    ["new, and skipped in previews", { ...gate, onPreview: "skip" }, undefined, 0],
    [
      "as it was, and skipped in previews",
      { ...gate, onPreview: "skip" },
      { ...gate, onPreview: "skip" },
      1,
    ],
    ["of an instance not known yet", { ...gate, serviceInstanceId: unknownText }, gate, 0],
    ["triggered by what is not known yet", { ...gate, triggers: { a: unknownText } }, gate, 1],
    [
      "triggered by what is not known yet, on triggers",
      { ...gate, evaluate: "onTriggers", triggers: unknownText },
      { ...gate, evaluate: "onTriggers", triggers: { a: "1" } },
      1,
    ],
    [
      "on triggers, if that is not known yet",
      { ...gate, evaluate: unknownText, triggers: { a: unknownText } },
      gate,
      0,
    ],
  ];
  for (const [what, news, olds, requests] of due) {
    it(`asks ${requests === 0 ? "nothing" : "once"} for a gate that is ${what}`, async () => {
      const { plugin, service } = await scene(good);

      const { failures } = await plugin.check(news, olds);

      assert.deepEqual(failures, []);
      assert.equal(service.requests.length, requests);
    });
  }

  it("waits for nothing", async () => {
    const { plugin, service } = await scene([creating]);

    await plugin.check(waiting, waiting);

    assert.equal(service.requests.length, 1);
    assert.equal(await plugin.diff(waiting, waiting), "some");
  });

  it("of another gate is another's", async () => {
    const { plugin, service } = await scene(bad);
    await plugin.check(gate, gate, "closed");
    service.setBackups(good);
    await plugin.check(gate, gate, "open");

    assert.equal(await plugin.diff(gate, gate, "closed"), "some");
    assert.equal(await plugin.diff(gate, gate, "open"), "none");
  });

  it("takes the place of the one before", async () => {
    const { plugin, service } = await scene(bad);
    await plugin.check(gate, gate);
    service.setBackups(good);
    await plugin.check(gate, gate);

    assert.equal(await plugin.diff(gate, gate), "none");

    await plugin.check({ ...gate, evaluate: "onTriggers" }, { ...gate, evaluate: "onTriggers" });
    service.setBackups(bad);
    await plugin.check(gate, gate);

    assert.equal(await plugin.diff(gate, gate), "some");
  });
});

describe("BackupGate: a difference", () => {
  it("is none when the gate is open and as it was", async () => {
    const { plugin, service } = await scene(good);
    await plugin.check(gate, gate);

    assert.equal(await plugin.diff(gate, gate), "none");
    assert.equal(service.requests.length, 1);
  });

  it("is one when the gate is closed", async () => {
    const { plugin } = await scene(bad);
    await plugin.check(gate, gate);

    assert.equal(await plugin.diff(gate, gate), "some");
  });

  for (const [what, news] of [
    ["an input has changed", { ...gate, maxAge: "48h" }],
    ["a trigger has changed", { ...gate, triggers: { a: "1" } }],
    ["an input is not known yet", { ...gate, serviceInstanceId: unknownText }],
  ] as const) {
    it(`is one when ${what}, open or not`, async () => {
      const { plugin } = await scene(good);
      await plugin.check(news, gate);

      assert.equal(await plugin.diff(news, gate), "some");
    });
  }

  it("is none in a refresh, which checks nothing and asks nothing", async () => {
    const { plugin, service } = await scene(bad);

    assert.equal(await plugin.diff(gate, gate), "none");
    assert.equal(await plugin.diff({ ...gate, maxAge: "1h" }, gate), "some");
    assert.deepEqual(service.requests, []);
  });

  it("is told of what an old engine sends, the state", async () => {
    const { plugin } = await scene(good);

    assert.equal(await plugin.diff(gate, gate, "gate", true), "none");
    assert.equal(await plugin.diff({ ...gate, maxAge: "1h" }, gate, "gate", true), "some");
  });
});

for (const verb of ["create", "update"] as const) {
  const decide = async (plugin: Plugin, news: Values, isPreview = false) =>
    verb === "create"
      ? (await plugin.create(news, isPreview)).state
      : plugin.update(news, isPreview);

  describe(`BackupGate: ${verb} in a preview`, () => {
    it("shows outputs that are not known yet when the gate is open", async () => {
      const { plugin, service, engine } = await scene(good);
      await plugin.check(gate);

      assert.deepEqual(await decide(plugin, gate, true), { ...gate, ...unknownOutputs });
      assert.equal(service.requests.length, 1, "what the check asked");
      assert.deepEqual(engine.told, []);
    });

    it("asks where nothing was checked", async () => {
      const { plugin, service } = await scene(bad);

      const refusal = await refusalOf(decide(plugin, gate, true));

      assert.deepEqual(refusal, { code: "NOT_FOUND", details: closed(service) });
    });

    for (const more of [{}, { onPreview: "fail" }]) {
      it(`fails when the gate is closed (${JSON.stringify(more)})`, async () => {
        const { plugin, service, engine } = await scene(bad);
        const news = { ...gate, ...more };
        await plugin.check(news);

        const refusal = await refusalOf(decide(plugin, news, true));

        assert.deepEqual(refusal, { code: "NOT_FOUND", details: closed(service) });
        assert.equal(service.requests.length, 1);
        assert.deepEqual(engine.told, []);
      });
    }

    it("fails for a service that denies as the update would", async () => {
      const { plugin } = await scene(good, { deny: ["ListBackups"] });
      await plugin.check(gate);

      const { code, details } = await refusalOf(decide(plugin, gate, true));

      assert.equal(code, "PERMISSION_DENIED");
      assert.match(details, /computenest:ListBackups/);
    });

    it("warns at its own line when it is told to", async () => {
      const { plugin, service, engine } = await scene(bad);
      const news = { ...gate, onPreview: "warn" };
      await plugin.check(news);

      assert.deepEqual(await decide(plugin, news, true), { ...news, ...unknownOutputs });
      assert.deepEqual(engine.told, [
        `warning gate: The backup gate is closed. ${closed(service)}`,
      ]);
    });

    it("warns of a configuration that cannot be used when it is told to", async () => {
      const engine = await startEngine();
      const plugin = await startPlugin(engine.address);
      await plugin.configureForProgram({ accessKey: "LTAI5tHalfOfAPair" });
      const why =
        "computenest:accessKey is set but computenest:secretKey is not. Set both in the same place " +
        "(the provider's configuration), or neither: halves of two pairs are never combined.";
      const news = { ...gate, onPreview: "warn" };

      for (const isChecked of [false, true]) {
        if (isChecked) await plugin.check(news);
        assert.deepEqual(await decide(plugin, news, true), { ...news, ...unknownOutputs });
        assert.deepEqual(engine.told.splice(0), [
          `warning gate: The backup gate is closed. ${why}`,
        ]);
      }
      for (const [other, isPreview] of [
        [gate, true],
        [news, false],
      ] as const) {
        const refusal = await refusalOf(decide(plugin, other, isPreview));
        assert.deepEqual(refusal, { code: "FAILED_PRECONDITION", details: why });
      }
      assert.deepEqual(engine.told, []);
    });

    it("fails for inputs that are wrong even if it is told to warn", async () => {
      const { plugin, engine } = await scene(bad);

      const refusal = await refusalOf(
        decide(plugin, { ...gate, maxAge: "x", onPreview: "warn" }, true),
      );

      assert.equal(refusal.code, "INVALID_ARGUMENT");
      assert.deepEqual(engine.told, []);
    });

    it("says nothing of an open gate that would warn", async () => {
      const { plugin, engine } = await scene(good);
      const news = { ...gate, onPreview: "warn" };
      await plugin.check(news);

      assert.deepEqual(await decide(plugin, news, true), { ...news, ...unknownOutputs });
      assert.deepEqual(engine.told, []);
    });

    it("says and asks nothing when it is told to", async () => {
      const { plugin, service, engine } = await scene(bad);
      const news = { ...gate, onPreview: "skip" };
      await plugin.check(news);

      assert.deepEqual(await decide(plugin, news, true), { ...news, ...unknownOutputs });
      assert.deepEqual([service.requests.length, engine.told.length], [0, 0]);
    });

    it("passes what an update would wait for, and says so once", async () => {
      const { plugin, engine } = await scene([creating]);
      await plugin.check(waiting);

      assert.deepEqual(await decide(plugin, waiting, true), { ...waiting, ...unknownOutputs });
      assert.deepEqual(engine.told, [
        "warning gate: No backup qualifies yet: backup-1 is Creating. An update would wait for " +
          "it, up to 1m.",
      ]);
    });

    for (const triggers of [unknownText, { a: "1", b: unknownText }]) {
      it(`asks while only ${JSON.stringify(triggers)} of triggers is not known yet`, async () => {
        const { plugin, service, engine } = await scene(bad);
        const news = { ...gate, triggers };
        await plugin.check(news);

        const refusal = await refusalOf(decide(plugin, news, true));
        service.setBackups(good);
        await plugin.check(news);

        assert.deepEqual(refusal, { code: "NOT_FOUND", details: closed(service) });
        assert.deepEqual(await decide(plugin, news, true), { ...news, ...unknownOutputs });
        assert.deepEqual(engine.told, []);
      });
    }

    it("asks nothing while an input is not known yet, and says so", async () => {
      const { plugin, service, engine } = await scene(bad);
      const news = { ...gate, serviceInstanceId: unknownText };
      await plugin.check(news);

      assert.deepEqual(await decide(plugin, news, true), { ...news, ...unknownOutputs });
      assert.deepEqual(service.requests, []);
      assert.deepEqual(engine.told, [
        "warning gate: The backup gate was not checked: what it asks for is not known yet.",
      ]);
    });
  });

  describe(`BackupGate: ${verb} in an update`, () => {
    it("asks, whatever the check found, and shows what let it pass", async () => {
      const { plugin, service } = await scene(bad);
      await plugin.check(gate);
      service.setBackups(good);

      const { backup, backupId, passedAt, ...inputs } = await decide(plugin, gate);

      assert.deepEqual(inputs, gate);
      assert.equal(backupId, "backup-1");
      const { status, startTime } = backup as Values;
      assert.deepEqual([status, startTime], ["Created", good[0]!.StartTime]);
      assert.match(passedAt as string, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      assert.ok(Math.abs(Date.parse(passedAt as string) - Date.now()) < 5000);
    });

    for (const [whose, minutesOff] of [
      ["the service's, which is ahead", 10],
      ["this machine's, as the service's is behind", -10],
    ] as const) {
      it(`has passed by the later clock: ${whose}`, async () => {
        const offMs = minutesOff * 60_000;
        const { plugin } = await scene(good, { clock: () => Date.now() + offMs });

        const { passedAt } = await decide(plugin, gate);

        const expected = Date.now() + Math.max(0, offMs);
        assert.ok(Math.abs(Date.parse(passedAt as string) - expected) < 5000, String(passedAt));
      });
    }

    it("fails when the gate is closed by now", async () => {
      const { plugin, service, engine } = await scene(good);
      await plugin.check(gate);
      service.setBackups(bad);

      const refusal = await refusalOf(decide(plugin, gate));

      assert.deepEqual(refusal, { code: "NOT_FOUND", details: closed(service) });
      assert.deepEqual(engine.told, []);
    });

    for (const onPreview of ["warn", "skip"]) {
      it(`fails whatever it does in previews (${onPreview})`, async () => {
        const { plugin, service } = await scene(bad);
        const news = { ...gate, onPreview };
        await plugin.check(news);

        const refusal = await refusalOf(decide(plugin, news));

        assert.deepEqual(refusal, { code: "NOT_FOUND", details: closed(service) });
      });
    }

    it("waits for a backup, and tells of it at its own line", async () => {
      let looks = 0;
      const { plugin, engine } = await scene([creating], {
        onRequest(_, simulator) {
          looks += 1;
          if (looks === 3) simulator.setBackups(good);
        },
      });
      await plugin.check(waiting);

      const { backupId } = await decide(plugin, waiting);

      assert.equal(backupId, "backup-1");
      // Nor does it warn that an update would wait: this is one.
      assert.deepEqual(engine.told, ["info status gate: backup-1 Creating, 0s of 1m"]);
    });

    it("fails when the time to wait is over", async () => {
      const { plugin } = await scene([creating]);

      const { code, details } = await refusalOf(decide(plugin, { ...waiting, waitTimeout: "1s" }));

      assert.equal(code, "DEADLINE_EXCEEDED");
      assert.match(details, /Waited 1s \(waitTimeout is 1s\); seen 1: backup-1 Creating/);
    });

    it("makes its outputs secrets when an input is one", async () => {
      const { plugin } = await scene(good);
      const news = { ...gate, serviceInstanceId: secret("si-1") };

      const { backup, backupId, passedAt, ...inputs } = await decide(plugin, news);

      assert.deepEqual(inputs, news);
      assert.deepEqual(backupId, secret("backup-1"));
      assert.deepEqual(
        [Object.keys(backup as Values), Object.keys(passedAt as Values)],
        [Object.keys(secret("")), Object.keys(secret(""))],
      );
    });

    it("does not show inputs that are secrets", async () => {
      const { plugin } = await scene(good);

      const { details } = await refusalOf(
        decide(plugin, { ...gate, serviceInstanceId: secret(planted.secretKey) }),
      );

      assert.match(details, /^No backup of the service instance qualifies \(Created\)\. /);
      assert.ok(!details.includes(planted.secretKey));
    });

    it("does not show them where the service repeats them", async () => {
      const { plugin, service } = await scene(good);
      const message = `There is no ${planted.secretKey}x.`;
      service.faults.add({ kind: "status", status: 400, code: "InvalidParameter", message });

      const { details } = await refusalOf(
        decide(plugin, { ...gate, serviceInstanceId: secret(`${planted.secretKey}x`) }),
      );

      assert.match(details, /was rejected \(InvalidParameter, HTTP 400\): There is no \*\*\*\. /);
    });

    it("asks the region that it names", async () => {
      const plugin = await startPlugin();
      const keys = { accessKey: planted.accessKey, secretKey: planted.secretKey };
      await plugin.configure({ ...keys, region: "cn-hangzhou", maxRetryTimeout: 1 });

      const { code } = await refusalOf(decide(plugin, { ...gate, region: "ap-southeast-1" }));

      assert.equal(code, "UNAVAILABLE");
      const host = "computenest.ap-southeast-1.aliyuncs.com";
      assert.deepEqual(new Set(hostsRefused()), new Set([host]));
    });

    it("asks for all that the inputs say", async () => {
      const { plugin } = await scene([
        recent({ StartTime: ago(1), RetentionDays: 1 }),
        recent({ BackupId: "backup-2", RetentionDays: 7 }),
      ]);

      const { backupId } = await decide(plugin, {
        ...gate,
        minRetention: "3d",
        backupMode: "Manual",
        triggers: { a: "1" },
        evaluate: "always",
      });

      assert.equal(backupId, "backup-2");
    });
  });
}

describe("BackupGate: the rest of its life", () => {
  it("has its name as id, which a preview does not tell", async () => {
    const { plugin } = await scene(good);

    assert.equal((await plugin.create(gate, false, "before-database")).id, "before-database");
    assert.equal((await plugin.create(gate, true)).id, "");
  });

  it("is read as it is in the state, without a request", async () => {
    const { plugin, service } = await scene(bad);
    const state = { ...gate, backupId: "backup-1", passedAt: "2026-01-01T00:00:00Z" };

    assert.deepEqual(await plugin.read("gate", state, gate), { id: "gate", state, inputs: gate });
    assert.deepEqual(service.requests, []);
  });

  it("cannot be imported", async () => {
    const { plugin } = await scene(good);

    for (const state of [undefined, {}]) {
      assert.deepEqual(await refusalOf(plugin.read("gate", state)), {
        code: "INVALID_ARGUMENT",
        details:
          "BackupGate was given an invalid argument: id cannot be imported: a gate is nothing " +
          "that the service has.",
      });
    }
  });

  it("is deleted without a request", async () => {
    const { plugin, service } = await scene(bad);

    await plugin.delete();

    assert.deepEqual(service.requests, []);
  });
});

import assert from "node:assert/strict";
import type { Fault } from "../../simulator";
import { ago } from "../support/gateTimes";
import { wireRow } from "../support/backups";
import {
  configOf,
  pluginFor,
  refusalOf,
  startEngine,
  startPlugin,
  type Plugin,
} from "../support/plugin";
import { serve, type Service } from "../support/service";

const getBackups = "computenest:index:getBackups";
const getBackup = "computenest:index:getBackup";
const busyOnce: Fault = { kind: "status", status: 503 };
const wrongTotal: Fault = { kind: "page", patch: { TotalCount: 99 }, times: Infinity };
const cancelled = { code: "CANCELLED", details: "The call was cancelled." };

const creating = wireRow({ Status: "Creating", StartTime: ago(0.01), EndTime: null });
const waiting = {
  serviceInstanceId: "si-1",
  maxAge: "24h",
  waitTimeout: "10m",
  pollInterval: "30s",
};

/** For calls without a configuration; test/support/sanitised.ts clears it after each test. */
function setEnvironment({ settings }: Service): void {
  process.env["ALICLOUD_ACCESS_KEY"] = settings.accessKey;
  process.env["ALICLOUD_SECRET_KEY"] = settings.secretKey;
  process.env["COMPUTENEST_ENDPOINT"] = settings.endpoint;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe("messages of the plugin", () => {
  it("are lost without an engine, and nothing else is", async () => {
    const service = await serve({ backups: [wireRow()], faults: [busyOnce] });
    const plugin = await startPlugin("127.0.0.1:1");
    await plugin.configureForProgram(configOf(service));

    const { ids } = await plugin.invoke(getBackups, {});

    assert.deepEqual(ids, ["backup-1"]);
  });

  for (const address of [undefined, ""]) {
    it(`are not made where nobody listens (${JSON.stringify(address)})`, async () => {
      const service = await serve({ backups: [wireRow()], faults: [busyOnce, wrongTotal] });
      const plugin = await startPlugin(address);
      await plugin.configureForProgram(configOf(service, { completeness: "tokens" }));

      const { ids } = await plugin.invoke(getBackups, {});

      assert.deepEqual(ids, ["backup-1"]);
    });
  }

  it("have arrived when the answer does", async () => {
    const service = await serve({ backups: [wireRow()], faults: [wrongTotal] });
    const engine = await startEngine();
    const plugin = await startPlugin(engine.address);
    await plugin.configure(configOf(service, { completeness: "tokens" }));

    for (let calls = 1; calls <= 20; calls += 1) {
      await plugin.invoke(getBackups, {});
      assert.equal(engine.told.length, calls);
    }
  });

  it("tell `pulumi do` of no progress, for that would stand before its result", async () => {
    const service = await serve({ backups: [wireRow()], faults: [busyOnce, wrongTotal] });
    const engine = await startEngine();
    const plugin = await startPlugin();
    await plugin.handshake(engine.address);
    await plugin.configure(configOf(service, { completeness: "tokens" }));

    await plugin.invoke(getBackups, {});

    assert.deepEqual(engine.told, [
      "warning : ListBackups: 1 backups were read but TotalCount is 99; taken as complete because " +
        'of the setting completeness "tokens".',
    ]);
  });

  it("tell a program of progress", async () => {
    const service = await serve({ backups: [wireRow()], faults: [busyOnce] });
    const engine = await startEngine();
    const plugin = await startPlugin(engine.address);
    await plugin.configureForProgram(configOf(service));

    await plugin.invoke(getBackups, {});

    assert.match(engine.told.join("\n"), /^info status : ListBackups .*Asking again in .*\.$/);
  });

  it("tell a program of progress that asks without a configuration", async () => {
    const service = await serve({ backups: [wireRow()], faults: [busyOnce] });
    const engine = await startEngine();
    const plugin = await startPlugin(engine.address);
    setEnvironment(service);

    await plugin.invoke(getBackups, {});

    assert.match(engine.told.join("\n"), /^info status : ListBackups .*Asking again in .*\.$/);
  });

  it("tell `pulumi do` of no progress after a program, nor a program of none after it", async () => {
    const service = await serve({ backups: [wireRow()], faults: [busyOnce] });
    const engine = await startEngine();
    const plugin = await startPlugin(engine.address);
    await plugin.configureForProgram(configOf(service));
    await plugin.invoke(getBackups, {});
    assert.equal(engine.told.length, 1);

    service.faults.add(busyOnce);
    await plugin.configure(configOf(service));
    await plugin.invoke(getBackups, {});
    assert.equal(engine.told.length, 1);

    service.faults.add(busyOnce);
    await plugin.configureForProgram(configOf(service));
    await plugin.invoke(getBackups, {});
    assert.equal(engine.told.length, 2);
  });

  it("reach an engine that listens where there was none a moment ago", async () => {
    const service = await serve({ backups: [wireRow()], faults: [wrongTotal] });
    const config = configOf(service, { completeness: "tokens" });
    const { address } = await startEngine({ isGone: true });
    const plugin = await startPlugin(address);
    await plugin.configureForProgram(config);
    await plugin.invoke(getBackups, {});

    const engine = await startEngine({ address });
    await plugin.handshake(address);
    await plugin.invoke(getBackups, {});

    assert.equal(engine.told.length, 1);
  });
});

describe("cancelling", () => {
  const cases: readonly [
    what: string,
    faults: readonly Fault[],
    start: (plugin: Plugin) => Promise<unknown>,
  ][] = [
    [
      "a request that is not answered",
      [{ kind: "neverAnswer" }],
      (plugin) => plugin.invoke(getBackups, {}),
    ],
    [
      "a pause before a request",
      [{ kind: "throttle", retryAfterMs: 2000 }],
      (plugin) => plugin.invoke(getBackups, {}),
    ],
    ["a wait for a backup", [], (plugin) => plugin.invoke(getBackup, waiting)],
    ["a gate that waits", [], (plugin) => plugin.create(waiting)],
    ["an update of a gate that waits", [], (plugin) => plugin.update(waiting)],
    ["a check of a gate", [{ kind: "neverAnswer" }], (plugin) => plugin.check(waiting)],
    [
      "a preview of a gate that only warns",
      [{ kind: "neverAnswer" }],
      (plugin) => plugin.create({ ...waiting, onPreview: "warn" }, true),
    ],
  ];
  for (const [what, faults, start] of cases) {
    it(`ends ${what} at once, and lets a later call be`, async () => {
      const service = await serve({ backups: [creating], faults });
      const engine = await startEngine();
      const plugin = await startPlugin(engine.address);
      await plugin.configure(configOf(service));
      const running = refusalOf(start(plugin));
      await until(() => service.requests.length > 0);
      await new Promise((resolve) => setTimeout(resolve, 50));

      const startedAt = Date.now();
      await plugin.cancel();
      const refusal = await running;
      const took = Date.now() - startedAt;

      assert.deepEqual(refusal, cancelled);
      assert.ok(took < 1000, `${took} ms`);
      assert.deepEqual(engine.told, []);
      service.faults.clear();
      const { ids } = await plugin.invoke(getBackups, { region: "ap-southeast-1" });
      assert.deepEqual(ids, ["backup-1"]);
    });
  }

  it("ends all calls that are under way", async () => {
    const service = await serve({ faults: [{ kind: "neverAnswer", times: Infinity }] });
    const plugin = await pluginFor(service);
    // Pages of different sizes are never read as one.
    const sizes = Array.from({ length: 10 }, (_, i) => i + 1);
    const running = sizes.map((maxResults) => refusalOf(plugin.invoke(getBackups, { maxResults })));
    await until(() => service.requests.length === 4);

    await plugin.cancel();

    for (const refusal of await Promise.all(running)) assert.deepEqual(refusal, cancelled);
    assert.equal(service.requests.length, 4);
  });

  it("does nothing when nothing is under way", async () => {
    const service = await serve({ backups: [wireRow()] });
    const plugin = await pluginFor(service);

    await plugin.cancel();
    await plugin.cancel();

    assert.deepEqual((await plugin.invoke(getBackups, {}))["ids"], ["backup-1"]);
  });

  it("forgets what checks found", async () => {
    const service = await serve();
    const plugin = await pluginFor(service);
    const inputs = { serviceInstanceId: "si-1", maxAge: "24h" };
    await plugin.check(inputs, inputs);
    assert.equal(await plugin.diff(inputs, inputs), "some");

    await plugin.cancel();

    assert.equal(await plugin.diff(inputs, inputs), "none");
  });

  it("leaves nothing behind of a check that it ended", async () => {
    const service = await serve({ faults: [{ kind: "neverAnswer" }] });
    const plugin = await pluginFor(service);
    const inputs = { serviceInstanceId: "si-1", maxAge: "24h" };
    const running = refusalOf(plugin.check(inputs, inputs));
    await until(() => service.requests.length > 0);

    await plugin.cancel();
    await running;

    assert.equal(await plugin.diff(inputs, inputs), "none");
  });
});

// Every way to call the package, and what each shows.

import { getBackup, getBackups, listBackups, type Backup, type Settings } from "../../provider";
import { requireBackups } from "../../provider/requireBackups";
import { connectionOf } from "../../provider/program/program";
import { createReader } from "../../provider/reader";
import { startEngine, startPlugin, type Plugin, type Values } from "../support/plugin";
import { notingReporter } from "../support/searching";
import { collectWarnings } from "../support/warnings";
import type { Shown } from "./planted";

/** A call with settings; it may fail. */
export type Way = (settings: Settings) => Promise<Shown>;

async function endOf(work: () => Promise<unknown>): Promise<unknown> {
  return Promise.resolve()
    .then(work)
    .catch((error: unknown) => error);
}

/** In a plain program, where warnings are the process's. */
function inProgram(call: (settings: Settings) => Promise<unknown>): Way {
  return async (settings) => {
    const told = collectWarnings();
    return { end: await endOf(() => call(settings)), told };
  };
}

function asConfiguration(settings: Settings): Values {
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

/** Through the plugin, where everything goes to the engine. */
function throughPlugin(call: (plugin: Plugin) => Promise<unknown>): Way {
  return async (settings) => {
    const engine = await startEngine();
    const plugin = await startPlugin(engine.address);
    const end = await endOf(async () => {
      await plugin.configureForProgram(asConfiguration(settings));
      return call(plugin);
    });
    return { end, told: engine.told };
  };
}

const gate = { serviceInstanceId: "si-1", maxAge: "24h" };

/** The ways, by name. */
export const ways: Readonly<Record<string, Way>> = {
  getBackups: inProgram((settings) => getBackups({}, { settings })),
  listBackups: inProgram(async (settings) => {
    const all: Backup[] = [];
    for await (const backup of listBackups({}, { settings })) all.push(backup);
    return all;
  }),
  "a gate of a resource": async (settings) => {
    const reporter = notingReporter();
    const end = await endOf(() =>
      requireBackups(
        (signal) => createReader(connectionOf(settings, undefined), signal, reporter),
        gate,
        false,
      ),
    );
    return { end, told: reporter.told };
  },
  getBackup: inProgram((settings) => getBackup(gate, { settings })),
  "getBackups of the plugin": throughPlugin((plugin) =>
    plugin.invoke("computenest:index:getBackups", {}),
  ),
  "getBackup of the plugin": throughPlugin((plugin) =>
    plugin.invoke("computenest:index:getBackup", gate),
  ),
  "a BackupGate": throughPlugin(async (plugin) => {
    await plugin.check(gate);
    return plugin.create(gate);
  }),
};

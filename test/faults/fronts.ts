// Every way in which a user asks.

import assert from "node:assert/strict";
import { getBackup, getBackups, listBackups, type Backup, type Settings } from "../../provider";
import { requireBackups } from "../../provider/requireBackups";
import { connectionOf } from "../../provider/program/program";
import { createReader } from "../../provider/reader";
import { startEngine, startPlugin, type Plugin, type Values } from "../support/plugin";
import type { Wanted } from "./family";
import type { Peer } from "./peers";
import { inOrderOfIds, serviceInstanceId, truthOf } from "./world";
import { warn } from "./warned";

/** What is asked for together: where one differs, so do all of its kind. */
export type Group = "getBackups" | "listBackups" | "gates";

/** Whom to ask, and for what. */
export interface Question {
  readonly peer: Peer;
  readonly settings: Settings;
  readonly wanted: Wanted | undefined;
}

/** A way to ask. */
export interface FrontEnd {
  readonly name: string;
  readonly group: Group;
  readonly transport: "undici" | "openapi-client";
  /** Asks, and fails if what comes is not the whole right answer. */
  readonly ask: (question: Question) => Promise<void>;
}

const list = { serviceInstanceId };
const recent = { serviceInstanceId, maxAge: "24h" };

function assertWhole(given: readonly Backup[], peer: Peer): void {
  assert.deepEqual(inOrderOfIds(given), truthOf(peer.truth()));
}

/** The whole result of a list: the backups, newest first, and what is said of them. */
function assertWholeResult(result: Values, peer: Peer): void {
  const backups = result["backups"] as readonly Backup[];
  assertWhole(backups, peer);
  const created = backups.filter(({ status: word }) => word === "Created");
  assert.deepEqual(
    [result["ids"], result["latest"], result["latestAttempt"]],
    [backups.map(({ backupId }) => backupId), created[0], backups[0]],
  );
}

/** The backup to rely on: the newest of all that are there. */
function assertRight(found: Values, peer: Peer): void {
  const right = truthOf(peer.truth())
    .filter(({ status: word, startTime }) => word === "Created" && startTime !== undefined)
    .sort((a, b) => ((a.startTime ?? "") < (b.startTime ?? "") ? 1 : -1))[0];
  const { qualifies, ...backup } = found;
  assert.deepEqual([backup, qualifies], [right, true]);
}

/** Asks a plugin that is configured so, and takes what it warns its engine of. */
async function askPlugin<T>(settings: Settings, ask: (plugin: Plugin) => Promise<T>): Promise<T> {
  const engine = await startEngine();
  const plugin = await startPlugin(engine.address);
  const set = Object.entries(settings).filter(([, value]) => value !== undefined);
  await plugin.configure(Object.fromEntries(set));
  try {
    return await ask(plugin);
  } finally {
    for (const line of engine.told) {
      const [, message] = /^warning [^:]*: (.*)$/s.exec(line) ?? [];
      if (message !== undefined) warn(message);
    }
  }
}

function gate(isPreview: boolean): FrontEnd["ask"] {
  return async ({ settings, wanted }) => {
    const connection = connectionOf(settings, undefined);
    const reporter = { warn, progress: () => undefined };
    await requireBackups(
      (stop) => createReader(connection, stop, reporter),
      { ...recent, ...wanted },
      isPreview,
    );
  };
}

const inProgram: FrontEnd[] = [
  {
    name: "getBackups in a program",
    group: "getBackups",
    transport: "undici",
    async ask({ peer, settings }) {
      assertWholeResult({ ...(await getBackups(list, { settings })) }, peer);
    },
  },
  {
    name: "listBackups in a program",
    group: "listBackups",
    transport: "undici",
    async ask({ peer, settings }) {
      const given: Backup[] = [];
      for await (const one of listBackups(list, { settings })) given.push(one);
      assertWhole(given, peer);
    },
  },
  {
    name: "getBackup in a program",
    group: "gates",
    transport: "undici",
    async ask({ peer, settings, wanted }) {
      assertRight({ ...(await getBackup({ ...recent, ...wanted }, { settings })) }, peer);
    },
  },
  { name: "backupGate in an update", group: "gates", transport: "undici", ask: gate(false) },
  { name: "backupGate in a preview", group: "gates", transport: "undici", ask: gate(true) },
];

const inPlugin: FrontEnd[] = [
  {
    name: "getBackups in the plugin",
    group: "getBackups",
    transport: "undici",
    async ask({ peer, settings }) {
      const token = "computenest:index:getBackups";
      const result = await askPlugin(settings, (plugin) => plugin.invoke(token, list));
      assertWholeResult(result, peer);
    },
  },
  {
    name: "getBackup in the plugin",
    group: "gates",
    transport: "undici",
    async ask({ peer, settings, wanted }) {
      const token = "computenest:index:getBackup";
      const args = { ...recent, ...wanted };
      assertRight(await askPlugin(settings, (plugin) => plugin.invoke(token, args)), peer);
    },
  },
  {
    name: "BackupGate in an update",
    group: "gates",
    transport: "undici",
    async ask({ peer, settings, wanted }) {
      const args = { ...recent, ...wanted };
      const { state } = await askPlugin(settings, (plugin) => plugin.create(args));
      assertRight({ ...(state["backup"] as Values), qualifies: true }, peer);
    },
  },
  {
    name: "BackupGate in a preview",
    group: "gates",
    transport: "undici",
    async ask({ settings, wanted }) {
      const args = { ...recent, ...wanted };
      await askPlugin(settings, async (plugin) => {
        // The check asks and keeps the verdict; the preview of the creation tells it.
        assert.deepEqual((await plugin.check(args)).failures, []);
        await plugin.create(args, true);
      });
    },
  },
];

/** The functions and hooks through Alibaba Cloud's own HTTP stack. */
const throughOpenApi = [...inProgram, ...inPlugin]
  .filter(({ name }) => /^(?:getBackups?|backupGate) /.test(name))
  .map((front): FrontEnd => ({
    ...front,
    name: `${front.name}, through openapi-client`,
    transport: "openapi-client",
    ask: (question) =>
      front.ask({
        ...question,
        settings: { ...question.settings, transport: "openapi-client" },
      }),
  }));

/** All of them. */
export const frontEnds: readonly FrontEnd[] = [...inProgram, ...inPlugin, ...throughOpenApi];

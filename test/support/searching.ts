// A search for a backup over a real socket, at noon by a clock that moves only in sleeps.

import type { Clock } from "../../provider/client/clock";
import type { GetBackupArgs } from "../../provider/getBackupArgs";
import { createReader, type Reader, type Reporter } from "../../provider/reader";
import { createSearch, type Search } from "../../provider/search";
import type { Connection } from "../../provider/settings/connection";
import { withSecretArgs } from "../../provider/secretArgs";
import type { BackupRow, SimulatorOptions, TimelineEntry } from "../../simulator";
import { wireRow, type SentRow } from "./backups";
import { connectionTo, planted } from "./connection";
import { fakeClock, type FakeClock } from "./fakeClock";
import { serve, type Service } from "./service";
import { noon, recentFields } from "./situations";

/** What a search reported, each as `warn: …` or `progress: …`. */
export type Told = string[];

/** A reporter that keeps what it is told. */
export function notingReporter(told: Told = []): Reporter & { readonly told: Told } {
  return {
    told,
    warn: (message) => told.push(`warn: ${message}`),
    progress: (message) => told.push(`progress: ${message}`),
  };
}

/** A backup as the service has it; one that began two hours before noon if nothing else is said. */
export function sent(
  BackupId: string,
  fields: Partial<SentRow> = {},
  timeline?: readonly TimelineEntry[],
): BackupRow {
  const row = wireRow({ ...recentFields(), BackupId, ...fields });
  return timeline === undefined ? row : { ...row, timeline };
}

/** One that began half a minute before noon, and what becomes of it after so many seconds. */
export function creating(
  BackupId: string,
  ...later: (Omit<TimelineEntry, "atMs"> & { readonly afterSeconds: number })[]
): BackupRow {
  const timeline = later.map(({ afterSeconds, ...fields }) => ({
    atMs: noon + afterSeconds * 1000,
    ...fields,
  }));
  return sent(
    BackupId,
    { Status: "Creating", StartTime: "2026-06-01T11:59:30Z", EndTime: null, CreateTime: null },
    timeline,
  );
}

/** How a search is set up. */
export interface SceneOptions extends Omit<SimulatorOptions, "clock"> {
  /** How far the service's clock is ahead of this machine's. */
  readonly serviceAheadMs?: number;
  /** The same, for the Date it sends alone: a request so far off would be refused. */
  readonly dateAheadMs?: number;
  readonly connection?: Partial<Connection>;
  readonly signal?: AbortSignal;
  readonly areArgsSecret?: boolean;
  readonly random?: number;
  readonly reporter?: Partial<Reporter>;
  /** Sleeps instead of the fake clock. */
  readonly sleep?: Clock["sleep"];
}

/** A service at noon, and the means to read from it. */
export interface Place {
  readonly service: Service;
  readonly clock: FakeClock;
  readonly told: Told;
  readonly reader: Reader;
  readonly readerWith: (signal: AbortSignal | undefined) => Reader;
  /** The end of every message. */
  readonly asked: string;
}

/** Starts a service that ends with the test. */
export async function place(options: SceneOptions = {}): Promise<Place> {
  const { serviceAheadMs = 0, dateAheadMs = 0, connection, signal, random, ...rest } = options;
  const fake = fakeClock({ now: noon, ...(random === undefined ? {} : { random }) });
  const clock = rest.sleep === undefined ? fake : { ...fake, sleep: rest.sleep };
  let isSigned = false;
  const service = await serve({
    ...rest,
    accessKeyId: planted.accessKey,
    accessKeySecret: planted.secretKey,
    clock: () => fake.now() + serviceAheadMs + (isSigned ? dateAheadMs : 0),
    async onRequest(record, simulator) {
      await rest.onRequest?.(record, simulator);
      isSigned = true;
    },
  });
  const notes = notingReporter();
  const readerWith = (own: AbortSignal | undefined) =>
    createReader(connectionTo(service.url, connection), own, { ...notes, ...rest.reporter }, clock);
  const asked = `Asked ${service.host} as LTAI…est (the settings option).`;
  return { service, clock: fake, told: notes.told, reader: readerWith(signal), readerWith, asked };
}

/** A search, and where it takes place. */
export interface Scene extends Place {
  readonly search: Search;
}

/** Prepares a search for a backup of si-1, or for what is wanted. */
export async function scene(wanted: GetBackupArgs, options: SceneOptions = {}): Promise<Scene> {
  const there = await place(options);
  const target = wanted.backupId === undefined ? { serviceInstanceId: "si-1" } : {};
  const args = { ...target, ...wanted };
  const reader = withSecretArgs(there.reader, args, options.areArgsSecret ?? false);
  const search = createSearch(reader, args);
  return { ...there, search };
}

/** What each request was about: `all of si-1`, `backup-9 backup-8`, `restores`. */
export function looks({ requests }: Service): string[] {
  return requests.map(({ action, parameters }) => {
    if (action === "ListRestoreTasks") return "restores";
    const values = Object.entries(parameters)
      .filter(([name]) => name.startsWith("Filter.1.Value."))
      .map(([, value]) => value)
      .join(" ");
    return parameters["Filter.1.Name"] === "BackupId" ? values : `all of ${values}`;
  });
}

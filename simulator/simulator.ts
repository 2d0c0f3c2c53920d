import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import type { ActionName } from "./actions";
import type { Fault, Faults } from "./faults";
import { createFaults } from "./faultQueue";
import type { RequestRecord } from "./requestLog";
import { createRowStore } from "./rowStore";
import type { BackupRow, RestoreTaskRow } from "./rows";
import type { AccessDeniedDetail } from "./serviceError";
import { createRequestListener } from "./server";
import { createTokens } from "./tokens";

/** How a simulator is to behave. Everything has a default. */
export interface SimulatorOptions {
  /** The backups, in the order the service lists them. @default none */
  readonly backups?: readonly BackupRow[];
  /** The restore tasks, in the order the service lists them. @default none */
  readonly restoreTasks?: readonly RestoreTaskRow[];
  /** The one access key that is known. */
  readonly accessKeyId?: string;
  /** Its secret. */
  readonly accessKeySecret?: string;
  /** Makes the key a temporary (STS) one: this token is then required with every request. */
  readonly securityToken?: string | undefined;
  /** Port on 127.0.0.1; 0 takes any free one. @default 0 */
  readonly port?: number;
  /** The service's clock, in milliseconds since 1970. @default Date.now */
  readonly clock?: () => number;
  /** Leaves TotalCount out of lists. @default false */
  readonly omitTotalCount?: boolean;
  /** Waits so long before every answer. @default 0 */
  readonly latencyMs?: number;
  /** Actions that RAM denies to this identity. @default none */
  readonly deny?: readonly ActionName[];
  /** Overrides of what a denial says, e.g. `{ NoPermissionType: "ExplicitDeny" }`. */
  readonly accessDeniedDetail?: Partial<AccessDeniedDetail>;
  /** Faults to begin with; more can be added to {@link Simulator.faults}. */
  readonly faults?: readonly Fault[];
  /** How many requests the log keeps; the oldest go first. @default 10000 */
  readonly keepRequests?: number;
  /**
   * Called, and awaited, for every request that was signed correctly, before it is answered: the
   * place to change the backups between two pages.
   */
  readonly onRequest?: (record: RequestRecord, simulator: Simulator) => unknown;
}

/** A running simulator. */
export interface Simulator {
  /** `http://127.0.0.1:PORT`: what the setting `endpoint` takes. */
  readonly url: string;
  /** `127.0.0.1:PORT`, as the Host header has it. */
  readonly host: string;
  /** The port it listens on. */
  readonly port: number;
  /** The access key it knows. */
  readonly accessKeyId: string;
  /** The secret of that key. */
  readonly accessKeySecret: string;
  /** The token it requires; undefined if it requires none. */
  readonly securityToken: string | undefined;
  /** Every request so far, refused ones too, oldest first. */
  readonly requests: readonly RequestRecord[];
  /** The faults still to come. */
  readonly faults: Faults;
  /** The backups as given, timelines included. */
  readonly backups: readonly BackupRow[];
  /** Replaces the backups; page tokens stay valid, so a listing under way sees the set move. */
  setBackups(backups: readonly BackupRow[]): void;
  /** The restore tasks as given, timelines included. */
  readonly restoreTasks: readonly RestoreTaskRow[];
  /** Replaces the restore tasks. */
  setRestoreTasks(restoreTasks: readonly RestoreTaskRow[]): void;
  /** Forgets the requests so far. */
  clearRequests(): void;
  /** Ends all connections and the server; a second call does nothing. */
  close(): Promise<void>;
}

/** The access key of a simulator that was not given one. */
export const defaultAccessKeyId = "LTAI5tSimulatorAccessKey";

/** The secret of {@link defaultAccessKeyId}. It opens nothing. */
export const defaultAccessKeySecret = "simulatorAccessKeySecret000000";

/** Starts a simulator on 127.0.0.1. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const backups = createRowStore(options.backups ?? []);
  const restoreTasks = createRowStore(options.restoreTasks ?? []);
  const requests: RequestRecord[] = [];
  const { faults, strike } = createFaults(options.faults ?? []);
  const credentials = {
    accessKeyId: options.accessKeyId ?? defaultAccessKeyId,
    accessKeySecret: options.accessKeySecret ?? defaultAccessKeySecret,
    securityToken: options.securityToken,
  };
  const onRequest = options.onRequest;

  const server = createServer(
    createRequestListener({
      state: {
        backups,
        restoreTasks,
        tokens: createTokens(),
        omitTotalCount: options.omitTotalCount ?? false,
      },
      credentials,
      clock: options.clock ?? Date.now,
      latencyMs: options.latencyMs ?? 0,
      deny: options.deny ?? [],
      accessDeniedDetail: options.accessDeniedDetail ?? {},
      strike,
      log(record) {
        requests.push(record);
        if (requests.length > (options.keepRequests ?? 10_000)) requests.shift();
      },
      onRequest: onRequest && ((record) => onRequest(record, simulator)),
    }),
  );
  // Node closes an idle connection after five seconds, which a client that was about to use it
  // sees as a reset. The only resets here are the ones that were asked for.
  server.keepAliveTimeout = 0;
  await listen(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;

  const simulator: Simulator = {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    port,
    ...credentials,
    requests,
    faults,
    get backups() {
      return backups.rows;
    },
    setBackups(rows) {
      backups.replace(rows);
    },
    get restoreTasks() {
      return restoreTasks.rows;
    },
    setRestoreTasks(rows) {
      restoreTasks.replace(rows);
    },
    clearRequests() {
      requests.length = 0;
    },
    close: () => close(server),
  };
  return simulator;
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // The only error close can report is that the server is closed already.
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

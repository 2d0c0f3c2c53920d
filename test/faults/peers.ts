// Peers that misbehave, each on a real loopback socket, or where there is none.

import assert from "node:assert/strict";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import type { Settings } from "../../provider";
import { defaultAccessKeyId, defaultAccessKeySecret } from "../../simulator/simulator";
import type { BackupRow, Fault, SimulatorOptions } from "../../simulator";
import { selfSigned } from "../support/certificate";
import { refuse } from "../support/network";
import { closeAfterTest, sendJson, serveScript } from "../support/scriptedServer";
import { serve } from "../support/service";
import { pagesOf, threePages } from "./world";

/** Something that a call asks. */
export interface Peer {
  readonly settings: Settings;
  /** As messages name it. */
  readonly host: string;
  /** How many requests it has had. */
  readonly requestCount: () => number;
  /** How many it takes when nothing goes wrong: one for each page. */
  readonly pageCount: () => number;
  /** The backups there are. */
  readonly truth: () => readonly BackupRow[];
  /** Fails if something came to pass that must not, whatever the call came to. */
  readonly check?: () => void;
}

export type StartPeer = () => Promise<Peer>;

const keys = {
  region: "cn-hangzhou",
  accessKey: defaultAccessKeyId,
  secretKey: defaultAccessKeySecret,
};

/** The simulator with faults, or with options of its own. */
export function simulator(faults: readonly Fault[], options: SimulatorOptions = {}): StartPeer {
  return async () => {
    const service = await serve({ backups: threePages, ...options, faults });
    return {
      settings: service.settings,
      host: service.host,
      requestCount: () => service.requests.length,
      pageCount: () =>
        pagesOf(service.backups) + (options.restoreTasks ? pagesOf(service.restoreTasks) : 0),
      truth: () => service.backups,
    };
  };
}

/** The simulator with backups of its own, and nothing else about it. */
export function service(...rows: BackupRow[]): StartPeer {
  return simulator([], { backups: rows });
}

/** The simulator, whose backups change once, just before the second page is answered. */
export function changing(
  change: (rows: readonly BackupRow[]) => readonly BackupRow[],
  options: SimulatorOptions = {},
): StartPeer {
  return () => {
    let isChanged = false;
    return simulator([], {
      ...options,
      onRequest(record, there) {
        if (record.page !== 2 || isChanged) return;
        isChanged = true;
        there.setBackups(change(there.backups));
      },
    })();
  };
}

/** The simulator, asked with a temporary identity that an address hands out. */
export function withTemporaryKeys(faults: readonly Fault[], handedOut: number): StartPeer {
  return async () => {
    const securityToken = "temporaryTokenOfATest";
    const peer = await simulator(faults, { securityToken })();
    const source = await serveScript((_, response) => {
      sendJson(response, {
        Code: "Success",
        AccessKeyId: defaultAccessKeyId,
        AccessKeySecret: defaultAccessKeySecret,
        SecurityToken: securityToken,
        Expiration: new Date(Date.now() + 3_600_000).toISOString(),
      });
    });
    const { region, endpoint } = peer.settings;
    return {
      ...peer,
      settings: { region, endpoint, credentialsUri: source.url },
      check() {
        assert.equal(source.captured.length, handedOut, "times that keys were handed out");
      },
    };
  };
}

/** The simulator, which leads elsewhere; nobody may follow. */
export function leadingElsewhere(status: number): StartPeer {
  return async () => {
    const elsewhere = await serveScript((_, response) => {
      sendJson(response, { Backups: [], TotalCount: 0, NextToken: "" });
    });
    const location = `${elsewhere.url}/?anything`;
    const peer = await simulator([{ kind: "redirect", location, status, times: Infinity }])();
    return {
      ...peer,
      check() {
        assert.deepEqual(elsewhere.captured, [], "requests that went elsewhere");
      },
    };
  };
}

function unasked(host: string, scheme: "http" | "https", check?: () => void): Peer {
  return {
    settings: { ...keys, endpoint: `${scheme}://${host}` },
    host,
    requestCount: () => 0,
    pageCount: () => 0,
    truth: () => [],
    ...(check && { check }),
  };
}

/**
 * A port at which nobody listens. Not one that a server has just left: the system may give that to
 * another test.
 */
export const nobody: StartPeer = () => Promise.resolve(unasked("127.0.0.1:1", "http"));

/** A host whose name nobody knows. */
export const noSuchHost: StartPeer = () => {
  const host = "computenest.no-such-site.example";
  refuse(host, "ENOTFOUND", `getaddrinfo ENOTFOUND ${host}`);
  return Promise.resolve(unasked(host, "https"));
};

/** A host whose certificate nobody vouches for; it must not see a single request. */
export const wrongCertificate: StartPeer = async () => {
  let seen = 0;
  const server = createTlsServer(selfSigned(), (socket) => {
    socket.on("error", () => undefined);
    socket.on("data", () => (seen += 1));
  });
  server.on("tlsClientError", () => undefined);
  const host = await listening(undefined, server);
  return unasked(host, "https", () => {
    assert.equal(seen, 0, "bytes that went to a stranger");
  });
};

/** A host that does not speak TLS where it should. */
export const noTls: StartPeer = async () => {
  const host = await listening((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
  return unasked(host, "https");
};

async function listening(
  onConnection: ((socket: Socket) => void) | undefined,
  server = createServer(onConnection),
): Promise<string> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  closeAfterTest(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  );
  return `127.0.0.1:${port}`;
}

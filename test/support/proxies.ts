// Proxies to go through: a small one of ours, and tinyproxy where that is installed.

import { spawn, spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { temporaryFolder } from "./folder";
import { closeAfterTest } from "./scriptedServer";

/** How a proxy is to behave. */
export interface ProxyOptions {
  /** Whom it lets in; everybody when left out. */
  readonly credentials?: { readonly user: string; readonly password: string };
  /** A host that it lets nobody through to. */
  readonly forbidden?: string;
}

/** How our own may behave besides. */
export interface SmallProxyOptions extends ProxyOptions {
  /** Leads every tunnel to this port of this machine. */
  readonly leadTo?: number;
  /** Answers every wish for a tunnel with this. */
  readonly status?: number;
  /** Takes the wish for a tunnel, and says nothing. */
  readonly isSilent?: boolean;
  /** Ends each tunnel with the first bytes that come back through it. */
  readonly breaksOff?: boolean;
}

/** A proxy that runs until the end of the test. */
export interface Proxy {
  /** Without user and password. */
  readonly url: string;
  readonly host: string;
  /** What it was asked to lead to: `host:port`. */
  asked(): Promise<readonly string[]>;
}

function basic({ user, password }: NonNullable<ProxyOptions["credentials"]>): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}`;
}

/** Starts our own. */
export async function startSmallProxy(options: SmallProxyOptions = {}): Promise<Proxy> {
  const asked: string[] = [];
  const sockets: Duplex[] = [];
  const statusFor = (url: string, authorization: string | undefined): number => {
    const { credentials, forbidden, status = 200 } = options;
    if (credentials !== undefined && authorization !== basic(credentials)) return 407;
    return forbidden !== undefined && url.startsWith(forbidden) ? 403 : status;
  };
  const server = createServer().on("connect", ({ url = "", headers }, client: Duplex) => {
    asked.push(url);
    sockets.push(client);
    client.on("error", () => undefined);
    if (options.isSilent) return;
    const status = statusFor(url, headers["proxy-authorization"]);
    if (status !== 200) {
      client.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const target = new URL(`tunnel://${url}`);
    const port = options.leadTo ?? Number(target.port);
    const upstream = connect(port, "127.0.0.1");
    sockets.push(upstream);
    upstream.once("connect", () => {
      client.write("HTTP/1.1 200 OK\r\n\r\n");
      client.pipe(upstream);
      if (options.breaksOff) upstream.once("data", () => client.destroy());
      else upstream.pipe(client);
    });
    upstream.on("error", () => client.end("HTTP/1.1 502 No\r\ncontent-length: 0\r\n\r\n"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closeAfterTest(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: `http://${host}`, host, asked: () => Promise.resolve(asked) };
}

/** A port that nobody listens at. Below those that the system hands out, so nobody is about to. */
async function freePort(): Promise<number> {
  const port = randomInt(10_000, 30_000);
  return (await isListening(port)) ? freePort() : port;
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  const answer = await Promise.race([
    once(socket, "connect").then(() => true),
    once(socket, "close").then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return answer;
}

/** Starts tinyproxy. */
async function startTinyproxy({ credentials, forbidden }: ProxyOptions = {}): Promise<Proxy> {
  const folder = await temporaryFolder();
  const port = await freePort();
  const settings = [
    `Port ${port}`,
    "Listen 127.0.0.1",
    "Allow 127.0.0.1",
    "LogLevel Connect",
    ...(credentials === undefined ? [] : [`BasicAuth ${credentials.user} ${credentials.password}`]),
    ...(forbidden === undefined ? [] : [`Filter "${join(folder, "forbidden")}"`]),
  ];
  await writeFile(join(folder, "settings"), `${settings.join("\n")}\n`);
  await writeFile(join(folder, "forbidden"), `${forbidden ?? ""}\n`);
  const child = spawn("tinyproxy", ["-d", "-c", join(folder, "settings")]);
  let log = "";
  child.stdout.on("data", (chunk: Buffer) => (log += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
  const ended = once(child, "close");
  closeAfterTest(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  while (!(await isListening(port))) {
    if (child.exitCode !== null) throw new Error(`tinyproxy ended: ${log}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    // What it does, it writes down soon after.
    async asked() {
      for (let waits = 0; waits < 50 && !log.includes("CONNECT "); waits += 1) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return [...log.matchAll(/CONNECT (\S+) HTTP/g)].map(([, target = ""]) => target);
    },
  };
}

const hasTinyproxy = spawnSync("tinyproxy", ["-v"]).status === 0;

/** Every proxy that there is here, by name. */
export const proxies: ReadonlyMap<string, (options?: ProxyOptions) => Promise<Proxy>> = new Map([
  ["a small proxy", startSmallProxy],
  ...(hasTinyproxy ? ([["tinyproxy", startTinyproxy]] as const) : []),
]);

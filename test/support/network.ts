// Every connection of a test goes to this machine: to loopback as it is, and to any other host only
// if the test says which local port stands in for it.

import { type NetConnectOpts, Socket } from "node:net";

type Connect = (this: Socket, ...args: unknown[]) => Socket;

const prototype = Socket.prototype as unknown as { connect: Connect };
const connect = prototype.connect;
const loopback = /^(localhost|127\.\d+\.\d+\.\d+|::1|)$/;
const standIns = new Map<string, number>();
const refusals = new Map<string, { code: string; message: string }>();
const silent = new Set<string>();
const refusedHosts: string[] = [];

/** Node passes options, or a list of options and callback that it has put in order before. */
function optionsOf([first]: unknown[]): NetConnectOpts | undefined {
  const options: unknown = Array.isArray(first) ? first[0] : first;
  return typeof options === "object" && options !== null ? (options as NetConnectOpts) : undefined;
}

function guarded(this: Socket, ...args: unknown[]): Socket {
  const options = optionsOf(args);
  if (options === undefined || ("path" in options && options.path))
    return connect.apply(this, args);
  const tcp = options as { host?: string; port: number };
  const host = tcp.host ?? "";
  if (loopback.test(host)) return connect.apply(this, args);
  const port = standIns.get(`${host}:${tcp.port}`);
  if (port !== undefined) {
    Object.assign(tcp, { host: "127.0.0.1", port });
    return connect.apply(this, args);
  }
  if (silent.has(host)) return this;
  refusedHosts.push(host);
  // As Node puts it for a host of several addresses, none of which answers: without a message.
  const { code, message } = refusals.get(host) ?? { code: "ECONNREFUSED", message: "" };
  process.nextTick(() => this.destroy(Object.assign(new AggregateError([], message), { code })));
  return this;
}

/** Lets nothing through but loopback, from now on. */
export function guardNetwork(): void {
  prototype.connect = guarded;
}

/** Ends the guard and forgets the stand-ins. */
export function unguardNetwork(): void {
  prototype.connect = connect;
  standIns.clear();
  refusals.clear();
  silent.clear();
  refusedHosts.length = 0;
}

/** Leads connections to a host to a local port, until the end of the test. */
export function standIn(host: string, hostPort: number, port: number): void {
  standIns.set(`${host}:${hostPort}`, port);
}

/** Lets connections to a host hang, until the end of the test. */
export function silence(host: string): void {
  silent.add(host);
}

/** Refuses connections to a host with an error, until the end of the test. */
export function refuse(host: string, code: string, message: string): void {
  refusals.set(host, { code, message });
}

/** The hosts that were asked for in this test and refused. */
export function hostsRefused(): readonly string[] {
  return [...refusedHosts];
}

// A server that answers whatever a test wants, for what no honest service would say.

import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { afterTests } from "./afterTests";
import { selfSigned, type Certificate } from "./certificate";
import { collectWarnings } from "./warnings";

/** A request as it came. */
export interface Captured {
  readonly method: string | undefined;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server that runs until the end of the test. */
export interface ScriptedServer {
  readonly url: string;
  readonly port: number;
  readonly captured: Captured[];
}

const closing: (() => Promise<void>)[] = [];

afterTests(() => Promise.all(closing.splice(0).map((close) => close())));

/** Has something closed when the test ends. */
export function closeAfterTest(close: () => Promise<void>): void {
  closing.push(close);
}

async function capture(request: IncomingMessage): Promise<Captured> {
  let body = "";
  for await (const chunk of request as AsyncIterable<Buffer>) body += chunk.toString("utf8");
  const { pathname, searchParams } = new URL(request.url ?? "", "http://localhost");
  const query = Object.fromEntries(searchParams);
  return { method: request.method, path: pathname, query, headers: request.headers, body };
}

/** What a scripted server answers. */
export type Answer = (captured: Captured, response: ServerResponse) => unknown;

/** Starts a server that answers each request as told. */
export function serveScript(answer: Answer): Promise<ScriptedServer> {
  return start(answer, (listener) => createServer(listener), "http");
}

/** The same with TLS. */
export function serveWith(certificate: Certificate, answer: Answer): Promise<ScriptedServer> {
  return start(answer, (listener) => createTlsServer({ ...certificate }, listener), "https");
}

/** The same with TLS, and this process trusting its certificate until the end of the test. */
export function serveTls(answer: Answer): Promise<ScriptedServer> {
  // Node warns of it; here it is meant.
  collectWarnings();
  process.env["NODE_TLS_REJECT_UNAUTHORIZED"] = "0";
  return serveWith(selfSigned(), answer);
}

async function start(
  answer: Answer,
  create: (listener: RequestListener) => Server,
  scheme: string,
): Promise<ScriptedServer> {
  const captured: Captured[] = [];
  const listener: RequestListener = (request, response) => {
    void capture(request).then((one) => {
      captured.push(one);
      return answer(one, response);
    });
  };
  const server = create(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  closeAfterTest(
    () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  );
  return { url: `${scheme}://127.0.0.1:${port}`, port, captured };
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

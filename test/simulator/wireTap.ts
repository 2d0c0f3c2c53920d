import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";

import type { Simulator } from "../../simulator";

/** What a client sends, byte by byte, to a host that writes it down and hangs up. */
export async function recordRequest(send: (host: string) => Promise<unknown>): Promise<Buffer> {
  const recorder = createServer();
  recorder.listen(0, "127.0.0.1");
  await once(recorder, "listening");
  const recorded = new Promise<Buffer>((resolve) => {
    recorder.on("connection", (socket) => {
      socket.once("data", (bytes: Buffer) => {
        socket.destroy();
        resolve(bytes);
      });
    });
  });

  // That the client fails is what hanging up leads to.
  const { port } = recorder.address() as AddressInfo;
  await Promise.allSettled([send(`127.0.0.1:${port}`)]);
  recorder.close();
  return await recorded;
}

/** Sends bytes as they are; the status and the error code of the answer. */
export async function replay(simulator: Simulator, bytes: Buffer): Promise<string> {
  const socket = connect(simulator.port, "127.0.0.1");
  let text = "";
  socket.on("data", (chunk: Buffer) => {
    text += chunk.toString();
    if (text.endsWith("}")) socket.destroy();
  });
  socket.write(bytes);
  await once(socket, "close");
  const [, status = ""] = /^HTTP\/1\.1 (\d+)/.exec(text) ?? [];
  const [, code = "good"] = /"Code":"([^"]+)"/.exec(text) ?? [];
  return `${status} ${code}`;
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { ConfigureRequest, InvokeRequest } from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Service } from "./task";

/** What one process of the plugin took. */
export interface PluginTimes {
  /** From the start of the process to the line with its port; to its end for Node alone. */
  readonly portMs: number;
  /** From there to the answer of getBackups: configured, all libraries loaded, one page read. */
  readonly answerMs: number;
}

async function askOnce(port: number, { host, ...keys }: Service): Promise<void> {
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  const settings = {
    endpoint: `http://${host}`,
    accessKey: keys.accessKeyId,
    secretKey: keys.accessKeySecret,
  };
  const configure = new ConfigureRequest();
  configure.setArgs(Struct.fromJavaScript(settings));
  const invoke = new InvokeRequest();
  invoke.setTok("computenest:index:getBackups");
  invoke.setArgs(Struct.fromJavaScript({ maxPages: 1 }));
  try {
    await new Promise<void>((resolve, reject) => {
      const done = (error: Error | null) => {
        if (error === null) resolve();
        else reject(error);
      };
      client.configure(configure, (error) => {
        if (error === null) client.invoke(invoke, done);
        else reject(error);
      });
    });
  } finally {
    client.close();
  }
}

/** Starts a plugin as the engine does and asks it once; without a file, `node -e 0`. */
export async function runPlugin(main: string | undefined, service: Service): Promise<PluginTimes> {
  // Nothing listens at the address: the plugin has nothing to say.
  const args = main === undefined ? ["-e", "0"] : [main, "127.0.0.1:9"];
  const startedAt = performance.now();
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, NODE_OPTIONS: "" },
  });
  const ended = once(child, "exit");
  if (main === undefined) {
    await ended;
    return { portMs: performance.now() - startedAt, answerMs: NaN };
  }
  try {
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const listensAt = performance.now();
    await askOnce(Number(line.toString()), service);
    return { portMs: listensAt - startedAt, answerMs: performance.now() - listensAt };
  } finally {
    child.kill("SIGINT");
    await ended;
  }
}

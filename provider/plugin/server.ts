// The engine's ResourceProvider service (pulumi/pulumi proto/pulumi/provider.proto), as far as this
// package needs it; what is not here answers UNIMPLEMENTED. Not built on the SDK's own provider
// server: that one passes on neither configuration nor previews nor cancellation.

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { ConfigurationError } from "../errors";
import { gateMethods } from "./gateMethods";
import { Session } from "./session";
import { javaScriptOf, structOf, unary } from "./protocol";
import { unwrap, wrap } from "./values";

/** A plugin that listens. */
export interface Listening {
  readonly port: number;
  close(): void;
}

/** Reads a file of the package. It lies beside bundled code, and two or three folders above other. */
async function packageFile(name: string): Promise<string> {
  const above = [[], ["..", ".."], ["..", "..", ".."]].map((up) => join(__dirname, ...up, name));
  // The nearest: further up there may be somebody else's.
  const [nearest = name] = above.filter((path) => existsSync(path));
  return readFile(nearest, "utf8");
}

async function version(): Promise<string> {
  return (JSON.parse(await packageFile("package.json")) as { version: string }).version;
}

function methodsOf(session: Session) {
  return {
    handshake: unary((request: proto.ProviderHandshakeRequest) => {
      session.connect(request.getEngineAddress());
      const response = new proto.ProviderHandshakeResponse();
      response.setAcceptSecrets(true);
      return response;
    }),

    attach: unary((request: { getAddress(): string }) => {
      session.connect(request.getAddress());
      return new Empty();
    }),

    getPluginInfo: unary(async () => {
      const response = new PluginInfo();
      response.setVersion(await version());
      return response;
    }),

    getSchema: unary(async () => {
      const response = new proto.GetSchemaResponse();
      response.setSchema(await packageFile("schema.json"));
      return response;
    }),

    checkConfig: unary((request: proto.CheckRequest) => {
      const news = javaScriptOf(request.getNews());
      const response = new proto.CheckResponse();
      response.setInputs(structOf(session.withSecrets(news)));
      try {
        session.checkConfiguration(news);
      } catch (error) {
        if (!(error instanceof ConfigurationError)) throw error;
        const failure = new proto.CheckFailure();
        failure.setReason(error.message);
        response.setFailuresList([failure]);
      }
      return response;
    }),

    // Another account or region matters to the next call; no gate is ever replaced for it.
    diffConfig: unary((request: proto.DiffRequest) => {
      const { value: olds } = unwrap(javaScriptOf(request.getOldInputs() ?? request.getOlds()));
      const { value: news } = unwrap(javaScriptOf(request.getNews()));
      const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
      const response = new proto.DiffResponse();
      response.setChanges(isDeepStrictEqual(olds, news) ? DIFF_NONE : DIFF_SOME);
      return response;
    }),

    configure: unary((request: proto.ConfigureRequest) => {
      session.configure(javaScriptOf(request.getArgs()), request.getName());
      const response = new proto.ConfigureResponse();
      // The odd spelling is the protocol library's.
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      return response;
    }),

    invoke: unary(async (request: proto.InvokeRequest) => {
      const { value: args, hasSecrets: areArgsSecret } = unwrap(javaScriptOf(request.getArgs()));
      const isPreview = request.getPreview();
      const result = await session.invoke(request.getTok(), { args, areArgsSecret, isPreview });
      const response = new proto.InvokeResponse();
      response.setReturn(structOf(wrap(result, areArgsSecret)));
      return response;
    }),

    ...gateMethods(session),

    cancel: unary(() => {
      session.cancel();
      return new Empty();
    }),
  };
}

/** Starts the plugin's server; `engineAddress` is where the engine takes messages, if it said. */
export async function listen(engineAddress: string | undefined): Promise<Listening> {
  const session = new Session();
  if (engineAddress !== undefined) session.connect(engineAddress);
  // As much as the SDK allows its own servers: a list of 100,000 backups has to go through.
  const megabytes400 = 400 * 1024 * 1024;
  const server = new Server({
    "grpc.max_receive_message_length": megabytes400,
    "grpc.max_send_message_length": megabytes400,
  });
  server.addService(ResourceProviderService, methodsOf(session));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return {
    port,
    close: () => {
      session.cancel();
      server.forceShutdown();
    },
  };
}

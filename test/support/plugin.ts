// The plugin as the engine sees it: over a real socket, with an engine that takes its messages.

import { promisify } from "node:util";
import {
  credentials,
  Server,
  ServerCredentials,
  status,
  type sendUnaryData,
  type ServerUnaryCall,
  type ServiceError,
} from "@grpc/grpc-js";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogSeverity, type LogRequest } from "@pulumi/pulumi/proto/engine_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { listen } from "../../provider/plugin/server";
import { closeAfterTest } from "./scriptedServer";
import type { Service } from "./service";

/** Values as they go over the wire. */
export type Values = Readonly<Record<string, unknown>>;

const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** Stands for a value that is not known yet. */
export const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** A value marked as a secret. */
export function secret(value: unknown): Values {
  return { [signatureKey]: secretSignature, value };
}

/** The urn of a gate. */
export function gateUrn(name = "gate"): string {
  return `urn:pulumi:dev::project::computenest:index:BackupGate::${name}`;
}

function structOf(values: Values): Struct {
  return Struct.fromJavaScript(values as Parameters<typeof Struct.fromJavaScript>[0]);
}

function valuesOf(struct: Struct | undefined): Values {
  return struct?.toJavaScript() ?? {};
}

const severities = new Map<LogSeverity, string>([
  [LogSeverity.WARNING, "warning"],
  [LogSeverity.INFO, "info"],
]);

/** An engine that only takes messages. */
export interface FakeEngine {
  readonly address: string;
  /** Each as `warning gate: …`, or `info status …` for one that the next replaces. */
  readonly told: string[];
}

/** Starts an engine that ends with the test; or, at an address, one that ended at once. */
export async function startEngine({
  address = "127.0.0.1:0",
  isGone = false,
} = {}): Promise<FakeEngine> {
  const told: string[] = [];
  const server = new Server();
  server.addService(EngineService, {
    log(call: ServerUnaryCall<LogRequest, Empty>, callback: sendUnaryData<Empty>) {
      const { severity, message, urn, ephemeral } = call.request.toObject();
      const about = urn.split("::").at(-1) ?? "";
      const isStatus = ephemeral ? " status" : "";
      told.push(`${severities.get(severity) ?? "?"}${isStatus} ${about}: ${message}`);
      callback(null, new Empty());
    },
  });
  const port = await call<number>((done) => {
    server.bindAsync(address, ServerCredentials.createInsecure(), (error, bound) => {
      done(error as ServiceError | null, bound);
    });
  });
  if (isGone) server.forceShutdown();
  closeAfterTest(() => {
    server.forceShutdown();
    return Promise.resolve();
  });
  return { address: `127.0.0.1:${port}`, told };
}

/** What a check said is wrong. */
export interface Failure {
  readonly property: string;
  readonly reason: string;
}

/** What a check of a gate or a configuration gave. */
export interface Checked {
  readonly inputs: Values;
  readonly failures: readonly Failure[];
}

/** How the engine calls a plugin. */
export interface Plugin {
  readonly client: ResourceProviderClient;
  readonly port: number;
  readonly handshake: (address: string) => Promise<proto.ProviderHandshakeResponse>;
  readonly checkConfig: (news: Values) => Promise<Checked>;
  readonly diffConfig: (
    olds: Values,
    news: Values,
    isLegacy?: boolean,
  ) => Promise<proto.DiffResponse>;
  /** As `pulumi do` does it; programs' providers have names. */
  readonly configure: (args: Values, name?: string) => Promise<proto.ConfigureResponse>;
  /** As the engine does it for a program: a check, then the same by the provider's name. */
  readonly configureForProgram: (args: Values) => Promise<void>;
  readonly invoke: (token: string, args: Values, isPreview?: boolean) => Promise<Values>;
  readonly check: (news: Values, olds?: Values, name?: string) => Promise<Checked>;
  /** Whether there is a difference; fails if anything is to be replaced. */
  readonly diff: (
    news: Values,
    olds: Values,
    name?: string,
    isLegacy?: boolean,
  ) => Promise<"none" | "some">;
  readonly create: (
    news: Values,
    isPreview?: boolean,
    name?: string,
  ) => Promise<{ id: string; state: Values }>;
  readonly update: (news: Values, isPreview?: boolean, name?: string) => Promise<Values>;
  readonly read: (
    id: string,
    state?: Values,
    inputs?: Values,
  ) => Promise<{ id: string; state: Values; inputs: Values }>;
  readonly delete: (name?: string) => Promise<void>;
  readonly cancel: () => Promise<void>;
}

/** Takes what a call comes to. */
export type Done<Response> = (error: ServiceError | null, response: Response) => void;

/** Makes a call. */
export function call<Response>(start: (done: Done<Response>) => unknown): Promise<Response> {
  return promisify(start)();
}

function checkedOf(response: proto.CheckResponse): Checked {
  return { inputs: valuesOf(response.getInputs()), failures: response.toObject().failuresList };
}

function wordOf(response: proto.DiffResponse): "none" | "some" {
  const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
  const isNone = response.getChanges() === DIFF_NONE;
  if (!isNone && response.getChanges() !== DIFF_SOME) throw new Error("neither none nor some");
  if (response.getReplacesList().length > 0) throw new Error("nothing may be replaced");
  if (response.getDeletebeforereplace()) throw new Error("nothing may be deleted");
  return isNone ? "none" : "some";
}

/** Calls a plugin that listens at a port. */
export function pluginAt(port: number): Plugin {
  const size = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };
  const client = new ResourceProviderClient(
    `127.0.0.1:${port}`,
    credentials.createInsecure(),
    size,
  );
  closeAfterTest(() => {
    client.close();
    return Promise.resolve();
  });
  const checkRequest = (news: Values, olds?: Values, urn = "") => {
    const request = new proto.CheckRequest();
    request.setUrn(urn);
    request.setNews(structOf(news));
    if (olds !== undefined) request.setOlds(structOf(olds));
    return request;
  };
  const plugin: Plugin = {
    client,
    port,
    handshake(address) {
      const request = new proto.ProviderHandshakeRequest();
      request.setEngineAddress(address);
      return call<proto.ProviderHandshakeResponse>((done) => client.handshake(request, done));
    },
    async checkConfig(news) {
      const request = checkRequest(news);
      return checkedOf(
        await call<proto.CheckResponse>((done) => client.checkConfig(request, done)),
      );
    },
    diffConfig(olds, news, isLegacy = false) {
      const request = new proto.DiffRequest();
      request.setOlds(structOf(olds));
      if (!isLegacy) request.setOldInputs(structOf(olds));
      request.setNews(structOf(news));
      return call<proto.DiffResponse>((done) => client.diffConfig(request, done));
    },
    configure(args, name = "") {
      const request = new proto.ConfigureRequest();
      request.setArgs(structOf(args));
      request.setName(name);
      return call<proto.ConfigureResponse>((done) => client.configure(request, done));
    },
    async configureForProgram(args) {
      const { inputs } = await plugin.checkConfig(args);
      await plugin.configure(inputs, "default");
    },
    async invoke(token, args, isPreview = false) {
      const request = new proto.InvokeRequest();
      request.setTok(token);
      request.setArgs(structOf(args));
      request.setPreview(isPreview);
      const response = await call<proto.InvokeResponse>((done) => client.invoke(request, done));
      return valuesOf(response.getReturn());
    },
    async check(news, olds, name) {
      const request = checkRequest(news, olds, gateUrn(name));
      return checkedOf(await call<proto.CheckResponse>((done) => client.check(request, done)));
    },
    async diff(news, olds, name, isLegacy = false) {
      const request = new proto.DiffRequest();
      request.setUrn(gateUrn(name));
      request.setOlds(structOf(olds));
      if (!isLegacy) request.setOldInputs(structOf(olds));
      request.setNews(structOf(news));
      return wordOf(await call<proto.DiffResponse>((done) => client.diff(request, done)));
    },
    async create(news, isPreview = false, name) {
      const request = new proto.CreateRequest();
      request.setUrn(gateUrn(name));
      request.setProperties(structOf(news));
      request.setPreview(isPreview);
      const response = await call<proto.CreateResponse>((done) => client.create(request, done));
      return { id: response.getId(), state: valuesOf(response.getProperties()) };
    },
    async update(news, isPreview = false, name) {
      const request = new proto.UpdateRequest();
      request.setUrn(gateUrn(name));
      request.setNews(structOf(news));
      request.setPreview(isPreview);
      const response = await call<proto.UpdateResponse>((done) => client.update(request, done));
      return valuesOf(response.getProperties());
    },
    async read(id, state, inputs) {
      const request = new proto.ReadRequest();
      request.setId(id);
      request.setUrn(gateUrn());
      if (state !== undefined) request.setProperties(structOf(state));
      if (inputs !== undefined) request.setInputs(structOf(inputs));
      const response = await call<proto.ReadResponse>((done) => client.read(request, done));
      return {
        id: response.getId(),
        state: valuesOf(response.getProperties()),
        inputs: valuesOf(response.getInputs()),
      };
    },
    async delete(name) {
      const request = new proto.DeleteRequest();
      request.setUrn(gateUrn(name));
      await call<Empty>((done) => client.delete(request, done));
    },
    async cancel() {
      await call<Empty>((done) => client.cancel(new Empty(), done));
    },
  };
  return plugin;
}

/** Starts a plugin that ends with the test. */
export async function startPlugin(engineAddress?: string): Promise<Plugin> {
  const listening = await listen(engineAddress);
  closeAfterTest(() => {
    listening.close();
    return Promise.resolve();
  });
  return pluginAt(listening.port);
}

/** The settings of a service as a provider's configuration. */
export function configOf({ settings }: Service, more: Values = {}): Values {
  const set = Object.entries(settings).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(set), ...more };
}

/** A plugin that is configured for a service. */
export async function pluginFor(service: Service, more: Values = {}): Promise<Plugin> {
  const plugin = await startPlugin();
  await plugin.configure(configOf(service, more));
  return plugin;
}

/** What a call that failed said, and the name of its status. */
export interface Refused {
  readonly code: string;
  readonly details: string;
}

/** Waits for a call to fail. */
export async function refusalOf(call: Promise<unknown>): Promise<Refused> {
  const outcome = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error: error as ServiceError }),
  );
  if ("value" in outcome) throw new Error(`did not fail: ${JSON.stringify(outcome.value)}`);
  const { code, details } = outcome.error;
  return { code: status[code], details };
}

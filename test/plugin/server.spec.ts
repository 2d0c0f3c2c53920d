import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Server } from "@grpc/grpc-js";
import { PluginAttach, type PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { listen } from "../../provider/plugin/server";
import { Session } from "../../provider/plugin/session";
import {
  call,
  configOf,
  pluginAt,
  type Done,
  refusalOf,
  startEngine,
  startPlugin,
} from "../support/plugin";
import { wireRow } from "../support/backups";
import { serve } from "../support/service";

const root = resolve(__dirname, "..", "..");
const busyOnce = { kind: "status", status: 503, times: 1 } as const;
const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;

describe("the plugin's service", () => {
  it("takes secrets, and sends messages to where a handshake says", async () => {
    const service = await serve({ backups: [wireRow()], faults: [busyOnce] });
    const engine = await startEngine();
    const plugin = await startPlugin();

    const response = await plugin.handshake(engine.address);
    await plugin.configureForProgram(configOf(service));
    await plugin.invoke("computenest:index:getBackups", {});

    assert.equal(response.getAcceptSecrets(), true);
    assert.equal(engine.told.length, 1);
    assert.match(engine.told[0]!, /^info status : ListBackups .*Asking again in /);
  });

  it("sends messages to the engine that attached last", async () => {
    const service = await serve({ backups: [wireRow()], faults: [busyOnce] });
    const [first, second] = [await startEngine(), await startEngine()];
    const plugin = await startPlugin(first.address);
    const attach = new PluginAttach();
    attach.setAddress(second.address);

    const { client } = plugin;
    await call<Empty>((done) => client.attach(attach, done));
    await plugin.configureForProgram(configOf(service));
    await plugin.invoke("computenest:index:getBackups", {});

    assert.deepEqual([first.told.length, second.told.length], [0, 1]);
  });

  it("has the version of the package", async () => {
    const { client } = await startPlugin();
    const text = await readFile(resolve(root, "package.json"), "utf8");

    const info = await call<PluginInfo>((done) => client.getPluginInfo(new Empty(), done));

    assert.equal(info.getVersion(), (JSON.parse(text) as { version: string }).version);
  });

  it("has the schema of the package", async () => {
    const { client } = await startPlugin();

    const response = await call<proto.GetSchemaResponse>((done) =>
      client.getSchema(new proto.GetSchemaRequest(), done),
    );

    assert.equal(response.getSchema(), await readFile(resolve(root, "schema.json"), "utf8"));
  });

  it("finds a difference between configurations, and replaces nothing for it", async () => {
    const { diffConfig } = await startPlugin();
    const [olds, news] = [
      { accessKey: "a", region: "r" },
      { accessKey: "b", region: "s" },
    ];

    for (const isLegacy of [false, true]) {
      const same = await diffConfig(olds, { ...olds }, isLegacy);
      const other = await diffConfig(olds, news, isLegacy);

      assert.equal(same.getChanges(), DIFF_NONE);
      assert.equal(other.getChanges(), DIFF_SOME);
      assert.deepEqual(other.getReplacesList(), []);
      assert.equal(other.getDeletebeforereplace(), false);
    }
  });

  it("takes secrets and previews when it is configured", async () => {
    const { configure } = await startPlugin();

    const response = await configure({});

    assert.equal(response.getAcceptsecrets(), true);
    assert.equal(response.getSupportspreview(), true);
  });

  it("leaves out what the package has no use for", async () => {
    const { client } = await startPlugin();
    const unimplemented = {
      parameterize: (callback: Done<unknown>) =>
        client.parameterize(new proto.ParameterizeRequest(), callback),
      call: (callback: Done<unknown>) => client.call(new proto.CallRequest(), callback),
      construct: (callback: Done<unknown>) =>
        client.construct(new proto.ConstructRequest(), callback),
      getMapping: (callback: Done<unknown>) =>
        client.getMapping(new proto.GetMappingRequest(), callback),
      getMappings: (callback: Done<unknown>) =>
        client.getMappings(new proto.GetMappingsRequest(), callback),
    };

    for (const [name, method] of Object.entries(unimplemented)) {
      const { code } = await refusalOf(call(method));
      assert.equal(code, "UNIMPLEMENTED", name);
    }
  });

  it("cannot be asked any more when it is closed", async () => {
    const listening = await listen(undefined);
    listening.close();

    const { code } = await refusalOf(pluginAt(listening.port).configure({}));

    assert.equal(code, "UNAVAILABLE");
  });

  it("tells a mistake of its own from a configuration that is wrong", async () => {
    const plugin = await startPlugin();
    const checkConfiguration: unknown = Reflect.get(Session.prototype, "checkConfiguration");
    Session.prototype.checkConfiguration = () => {
      throw new TypeError("a mistake");
    };
    try {
      const refusal = await refusalOf(plugin.checkConfig({}));
      assert.deepEqual(refusal, { code: "INTERNAL", details: "a mistake" });
    } finally {
      Object.assign(Session.prototype, { checkConfiguration });
    }
  });

  it("says why it cannot listen", async () => {
    const bindAsync: unknown = Reflect.get(Server.prototype, "bindAsync");
    Server.prototype.bindAsync = (_port, _credentials, callback) => {
      callback(new Error("no port is free"), 0);
    };
    try {
      await assert.rejects(listen(undefined), { message: "no port is free" });
    } finally {
      Object.assign(Server.prototype, { bindAsync });
    }
  });
});

import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import * as language from "@pulumi/pulumi/proto/language_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { appearance, isRunning } from "./fakePrograms";

// The SDK publishes no types for its gRPC clients.
type Reply<Response> = (error: Error | null, response: Response) => void;
interface Client {
  run(request: language.RunRequest, reply: Reply<language.RunResponse>): void;
  getRequiredPackages(
    request: language.GetRequiredPackagesRequest,
    reply: Reply<language.GetRequiredPackagesResponse>,
  ): void;
  cancel(request: Empty, reply: Reply<Empty>): void;
  close(): void;
}
const requireHere = createRequire(__filename);
const { LanguageRuntimeClient } = requireHere("@pulumi/pulumi/proto/language_grpc_pb") as {
  LanguageRuntimeClient: new (address: string, credentials: unknown) => Client;
};
const grpc = createRequire(requireHere.resolve("@pulumi/pulumi"))("@grpc/grpc-js") as {
  credentials: { createInsecure(): unknown };
};

const standIn = join(__dirname, "..", "..", "tools", "engine", "standin", "main.mjs");

/** In the place of the SDK's cmd/run: notes how it was called and ends as RUN_ENDS_WITH says. */
const fakeRunner = `
  const { PULUMI_CONFIG, PULUMI_CONFIG_SECRET_KEYS, PULUMI_NODEJS_TYPESCRIPT } = process.env;
  const noted = { pid: process.pid, flags: process.execArgv, args: process.argv.slice(2),
    PULUMI_CONFIG, PULUMI_CONFIG_SECRET_KEYS, PULUMI_NODEJS_TYPESCRIPT };
  require("node:fs").writeFileSync(require("node:path").join(__dirname, "noted"), JSON.stringify(noted));
  const end = process.env.RUN_ENDS_WITH;
  if (end === "never") setInterval(() => undefined, 1000);
  else process.exit(Number(end));`;

describe("tools/engine/standin", function () {
  this.timeout(60_000);

  let program: string;
  let host: ChildProcess;
  let client: Client;

  beforeEach(async () => {
    program = await realpath(await mkdtemp(join(tmpdir(), "computenest-standin-")));
    await writePackage("@pulumi/pulumi", {});
    await mkdir(join(program, "node_modules", "@pulumi", "pulumi", "cmd", "run"), {
      recursive: true,
    });
    await writeFile(inRunner("index.js"), fakeRunner);
  });

  afterEach(async () => {
    client.close();
    host.kill("SIGKILL");
    await rm(program, { recursive: true });
  });

  const inRunner = (name: string) =>
    join(program, "node_modules", "@pulumi", "pulumi", "cmd", "run", name);

  async function writePackage(name: string, manifest: object): Promise<void> {
    const directory = join(program, "node_modules", name);
    await mkdir(directory, { recursive: true });
    await writeFile(
      join(directory, "package.json"),
      JSON.stringify({ name, version: "1.2.3", ...manifest }),
    );
  }

  async function start(runEndsWith: string): Promise<string> {
    host = spawn(process.execPath, [standIn, "127.0.0.1:1"], {
      env: { ...process.env, RUN_ENDS_WITH: runEndsWith },
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [port] = (await once(createInterface({ input: host.stdout! }), "line")) as [string];
    client = new LanguageRuntimeClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    return port;
  }

  function programInfo(options: Record<string, JavaScriptValue> = {}): language.ProgramInfo {
    return new language.ProgramInfo()
      .setRootDirectory("/project/root")
      .setProgramDirectory(program)
      .setEntryPoint(".")
      .setOptions(Struct.fromJavaScript(options));
  }

  function run(options: Record<string, JavaScriptValue> = {}): Promise<language.RunResponse> {
    const request = new language.RunRequest()
      .setInfo(programInfo(options))
      .setProject("project")
      .setStack("stack")
      .setOrganization("org")
      .setMonitorAddress("127.0.0.1:2")
      .setParallel(16)
      .setDryrun(true)
      .setConfigsecretkeysList(["project:key"]);
    request.getConfigMap().set("project:key", "value");
    return call((reply) => {
      client.run(request, reply);
    });
  }

  function call<Response>(start: (reply: Reply<Response>) => void): Promise<Response> {
    return new Promise((resolve, reject) => {
      start((error, response) => {
        if (error) reject(error);
        else resolve(response);
      });
    });
  }

  async function noted(): Promise<Record<string, unknown>> {
    return JSON.parse(await appearance(inRunner("noted"))) as Record<string, unknown>;
  }

  it("prints its port and nothing else, and exits at once on SIGINT", async () => {
    let printed = "";
    const port = start("0");
    host.stdout!.on("data", (bytes: Buffer) => (printed += bytes.toString()));
    await port;
    const exit = once(host, "exit");
    host.kill("SIGINT");
    assert.deepEqual(await exit, [0, null]);
    assert.equal(printed, `${await port}\n`);
  });

  it("hands the program its place, its stack and its configuration", async () => {
    await start("0");
    const response = await run({ nodeargs: " --no-warnings  --trace-uncaught " });
    assert.deepEqual(response.toObject(), { error: "", bail: false });
    const { pid, ...call } = await noted();
    assert.equal(typeof pid, "number");
    assert.deepEqual(call, {
      flags: ["--no-warnings", "--trace-uncaught"],
      args: [
        ...["--monitor", "127.0.0.1:2", "--engine", "127.0.0.1:1", "--organization", "org"],
        ...["--project", "project", "--root-directory", "/project/root", "--stack", "stack"],
        ...["--pwd", program, "--parallel", "16", "--dry-run", "."],
      ],
      PULUMI_CONFIG: '{"project:key":"value"}',
      PULUMI_CONFIG_SECRET_KEYS: '["project:key"]',
      PULUMI_NODEJS_TYPESCRIPT: "true",
    });
  });

  it("leaves TypeScript out when the project says so", async () => {
    await start("0");
    await run({ typescript: false });
    assert.equal((await noted())["PULUMI_NODEJS_TYPESCRIPT"], undefined);
  });

  it("adds no words of its own when the program has told the user", async () => {
    await start("32");
    assert.deepEqual((await run()).toObject(), { error: "", bail: true });
  });

  it("names the exit code otherwise", async () => {
    await start("7");
    assert.equal((await run()).getError(), "Program exited with non-zero exit code: 7");
  });

  it("says that the SDK is not installed", async () => {
    await rm(join(program, "node_modules"), { recursive: true });
    await start("0");
    assert.equal(
      (await run()).getError(),
      "It looks like the Pulumi SDK has not been installed. Have you run pulumi install?",
    );
  });

  it("interrupts the program on Cancel", async () => {
    await start("never");
    const response = run();
    await noted();
    await call<Empty>((reply) => {
      client.cancel(new Empty(), reply);
    });
    assert.equal((await response).getError(), "Program exited with non-zero exit code: SIGINT");
  });

  it("takes the program along when it is told to exit", async () => {
    await start("never");
    void run().catch(() => undefined);
    const { pid } = await noted();
    const exit = once(host, "exit");
    host.kill("SIGTERM");
    await exit;
    assert.equal(isRunning(Number(pid)), false);
  });

  it("asks for the plugin of every package that says it has one", async () => {
    await writePackage("plain", {});
    await writePackage("trap", { pulumi: { resource: true } });
    await writePackage("off", { pulumi: { resource: false } });
    await writePackage("@pulumi/random", { pulumi: { resource: true } });
    await writePackage("@other/thing", {
      pulumi: { resource: true, name: "thing", version: "v4.5.6" },
    });
    await start("0");
    const request = new language.GetRequiredPackagesRequest().setInfo(programInfo());
    const response = await call<language.GetRequiredPackagesResponse>((reply) => {
      client.getRequiredPackages(request, reply);
    });
    const found = response
      .getPackagesList()
      .map((one) => [one.getName(), one.getKind(), one.getVersion()]);
    assert.deepEqual(found.sort(), [
      ["random", "resource", "v1.2.3"],
      ["thing", "resource", "v4.5.6"],
      ["trap", "resource", "v1.2.3"],
    ]);
    // The runner is not needed to answer.
    await assert.rejects(readFile(inRunner("noted")));
  });
});

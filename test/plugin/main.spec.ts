import assert from "node:assert/strict";
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { resolve, sep } from "node:path";
import { pluginAt, refusalOf } from "../support/plugin";
import { closeAfterTest } from "../support/scriptedServer";

const root = resolve(__dirname, "..", "..");
const getBackups = "computenest:index:getBackups";
const main = resolve(root, "provider", "plugin", "main.ts");

interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly output: { stdout: string; stderr: string };
}

function start(...args: string[]): Running {
  return startWith([], ...args);
}

/** The same, with modules of test/support that are loaded before. */
function startWith(modules: readonly string[], ...args: string[]): Running {
  const preloaded = modules.map((name) => resolve(root, "test", "support", name));
  const loader = ["ts-node/register/transpile-only", ...preloaded].flatMap((name) => ["-r", name]);
  const child = spawn(process.execPath, [...loader, main, ...args], { cwd: root });
  closeAfterTest(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  return { child, output };
}

async function portOf({ child, output }: Running): Promise<number> {
  while (!output.stdout.includes("\n")) {
    await Promise.race([once(child.stdout, "data"), once(child, "exit")]);
    assert.equal(child.exitCode, null, output.stderr);
  }
  return Number(output.stdout);
}

/** Ends it and gives what of node_modules it has loaded: packages, and of Pulumi's SDK its folders. */
async function loadedBy({ child, output }: Running): Promise<string[]> {
  child.kill("SIGINT");
  await once(child, "close");
  const files = (JSON.parse(output.stderr) as string[]).map((file) => file.replaceAll(sep, "/"));
  const packages = files.flatMap(
    (file) => /.*node_modules\/(@pulumi\/pulumi\/[^/]+|@[^/]+\/[^/]+|[^/]+)/.exec(file)?.[1] ?? [],
  );
  return [...new Set(packages)].sort();
}

describe("the plugin's program", function () {
  this.timeout(60_000);

  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    it(`prints where it listens and nothing else, and ends at once on ${signal}`, async () => {
      const running = start();
      const port = await portOf(running);
      await pluginAt(port).cancel();

      const startedAt = Date.now();
      running.child.kill(signal);
      const [code] = (await once(running.child, "close")) as [number | null];

      assert.ok(Date.now() - startedAt < 2000);
      assert.equal(code, 0);
      assert.deepEqual(running.output, { stdout: `${port}\n`, stderr: "" });
    });
  }

  it("has loaded the protocol's libraries when it listens; all else with the call that needs it", async () => {
    const protocol = [
      "@grpc/grpc-js",
      "@js-sdsl/ordered-map",
      "@pulumi/pulumi/proto",
      "google-protobuf",
    ];
    const engine = "127.0.0.1:1";
    const [fresh, configured, asked] = [1, 2, 3].map(() => startWith(["tellLoaded.ts"], engine));
    await portOf(fresh!);
    await pluginAt(await portOf(configured!)).configure({});
    await refusalOf(pluginAt(await portOf(asked!)).invoke(getBackups, { limit: 0 }));

    const [first, second, third] = await Promise.all([fresh!, configured!, asked!].map(loadedBy));

    assert.deepEqual(first, protocol);
    assert.deepEqual(second, [...protocol, "fastest-levenshtein", "zod"].sort());
    assert.ok(third!.includes("undici") && !third!.includes("@alicloud/credentials"));
    // The SDK as a whole would be its index.js.
    assert.deepEqual(
      third!.filter((name) => name.startsWith("@pulumi/")),
      ["@pulumi/pulumi/proto"],
    );
  });

  it("takes the engine's address and passes over its options", async () => {
    const tracing = ["--tracing", "http://127.0.0.1:2"];
    const running = start("--logtostderr", "-v=9", ...tracing, "127.0.0.1:1");
    const plugin = pluginAt(await portOf(running));

    const { code } = await refusalOf(plugin.invoke("computenest:index:nothing", {}));

    assert.equal(code, "INVALID_ARGUMENT");
    assert.equal(running.output.stderr, "");
  });

  it("says why it cannot start", async () => {
    const running = startWith(["noPort.ts"]);

    const [code] = (await once(running.child, "close")) as [number | null];

    assert.equal(code, 1);
    assert.deepEqual(running.output, {
      stdout: "",
      stderr: "pulumi-resource-computenest: no port is free\n",
    });
  });
});

import assert from "node:assert/strict";
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { pluginAt, refusalOf } from "../support/plugin";
import { closeAfterTest } from "../support/scriptedServer";

const root = resolve(__dirname, "..", "..");
const main = resolve(root, "provider", "plugin", "main.ts");

interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly output: { stdout: string; stderr: string };
}

function start(...args: string[]): Running {
  const loader = ["-r", "ts-node/register/transpile-only"];
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

  it("takes the engine's address and passes over its options", async () => {
    const tracing = ["--tracing", "http://127.0.0.1:2"];
    const running = start("--logtostderr", "-v=9", ...tracing, "127.0.0.1:1");
    const plugin = pluginAt(await portOf(running));

    const { code } = await refusalOf(plugin.invoke("computenest:index:nothing", {}));

    assert.equal(code, "INVALID_ARGUMENT");
    assert.equal(running.output.stderr, "");
  });

  it("says why it cannot start", async () => {
    const running = start("");

    const [code] = (await once(running.child, "close")) as [number | null];

    assert.equal(code, 1);
    assert.deepEqual(running.output, {
      stdout: "",
      stderr: 'pulumi-resource-computenest: Could not parse target name ""\n',
    });
  });
});

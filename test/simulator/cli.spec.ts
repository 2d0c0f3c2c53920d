import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import ts from "typescript";

import type { Simulator } from "../../simulator";
import { backups, simulate } from "./running";
import { signedCall } from "./signedCall";

const root = join(__dirname, "../..");

let installed = "";

/** The command as a user has it: compiled, beside the package's package.json. */
function install(): void {
  installed = mkdtempSync(join(tmpdir(), "simulator-cli-"));
  const bin = join(installed, "bin", "simulator");
  mkdirSync(bin, { recursive: true });
  copyFileSync(join(root, "package.json"), join(installed, "package.json"));
  for (const name of readdirSync(join(root, "simulator"))) {
    const source = readFileSync(join(root, "simulator", name), "utf8");
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 },
    });
    writeFileSync(join(bin, name.replace(/\.ts$/, ".js")), outputText);
  }
}

/** Starts the command as its own process, with nothing of this one's settings. */
function start(args: readonly string[], env: Record<string, string> = {}) {
  const command = [join(installed, "bin", "simulator", "cli.js"), ...args];
  const child = spawn(process.execPath, command, { cwd: installed, env });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  return { child, output, exited: once(child, "close") };
}

/** Runs the command to its end. */
async function run(args: readonly string[], env?: Record<string, string>) {
  const { output, exited } = start(args, env);
  const [exitCode] = (await exited) as [number | null];
  return { exitCode, ...output };
}

/** Runs the command until it listens, and then for as long as the work takes. */
async function serve(
  args: readonly string[],
  env: Record<string, string>,
  work: (stdout: string, host: string) => Promise<void>,
  signal: NodeJS.Signals = "SIGTERM",
) {
  const { child, output, exited } = start(args, env);
  try {
    while (!output.stdout.includes("COMPUTENEST_ENDPOINT=")) {
      await Promise.race([once(child.stdout, "data"), exited]);
      assert.equal(child.exitCode, null, output.stderr);
    }
    const [, host = ""] = /COMPUTENEST_ENDPOINT=http:\/\/(\S+)/.exec(output.stdout) ?? [];
    await work(output.stdout, host);
  } finally {
    child.kill(signal);
  }
  const [exitCode] = (await exited) as [number | null];
  return { exitCode, ...output };
}

/** As much of a simulator as a signed call needs. */
function remote(host: string, accessKeyId: string, accessKeySecret: string, token?: string) {
  const url = `http://${host}`;
  return { url, host, accessKeyId, accessKeySecret, securityToken: token } as Simulator;
}

describe("computenest-simulator", () => {
  before(install);
  after(() => {
    rmSync(installed, { recursive: true });
  });

  it("serves the sample set to the test key it prints, and ends quietly on SIGINT", async () => {
    const ended = await serve(
      [],
      {},
      async (stdout, host) => {
        const lines = stdout.split("\n");
        const [, id = ""] = /^export ALIBABA_CLOUD_ACCESS_KEY_ID=(.*)$/m.exec(stdout) ?? [];
        const [, secret = ""] = /^export ALIBABA_CLOUD_ACCESS_KEY_SECRET=(.*)$/m.exec(stdout) ?? [];

        const { json } = await signedCall(remote(host, id, secret));

        assert.equal(lines[0], `Compute Nest simulator at http://${host} (Ctrl+C ends it)`);
        assert.equal(lines[1], "321 backups and 0 restore tasks (sample set)");
        assert.match(lines[2] ?? "", /^ {2}si-[0-9a-f]{20}: 212$/);
        assert.equal(json?.["TotalCount"], 321);
      },
      "SIGINT",
    );

    assert.deepEqual([ended.exitCode, ended.stderr], [0, ""]);
  });

  it("serves a data file to the key of the environment, without printing its secrets", async () => {
    const file = join(installed, "backups.json");
    writeFileSync(file, JSON.stringify({ Backups: backups(3) }));
    const env = {
      ALIBABA_CLOUD_ACCESS_KEY_ID: "LTAImine",
      ALIBABA_CLOUD_ACCESS_KEY_SECRET: "my secret",
      ALIBABA_CLOUD_SECURITY_TOKEN: "my token",
    };

    const ended = await serve(["--data", file], env, async (stdout, host) => {
      const { json } = await signedCall(remote(host, "LTAImine", "my secret", "my token"));

      assert.deepEqual(json?.["Backups"], backups(3));
      assert.equal(
        stdout,
        `Compute Nest simulator at http://${host} (Ctrl+C ends it)\n` +
          `3 backups and 0 restore tasks (${file})\n` +
          "  si-1: 3\n\n" +
          "To point pulumi-computenest at it:\n" +
          `export COMPUTENEST_ENDPOINT=http://${host}\n` +
          "# ALIBABA_CLOUD_ACCESS_KEY_ID=LTAImine (from the environment)\n" +
          "# ALIBABA_CLOUD_ACCESS_KEY_SECRET (from the environment)\n" +
          "# ALIBABA_CLOUD_SECURITY_TOKEN (from the environment)\n",
      );
    });

    assert.deepEqual([ended.exitCode, ended.stderr], [0, ""]);
  });

  it("takes port and latency, and says in one line that the port is in use", async () => {
    const simulator = await simulate();
    const port = String(simulator.port);

    const { exitCode, stdout, stderr } = await run(["--port", port, "--latency", "5"]);

    assert.deepEqual([exitCode, stdout], [1, ""]);
    assert.equal(
      stderr,
      `computenest-simulator: port ${port} of 127.0.0.1 is in use; choose another --port\n`,
    );
  });

  it("prints its usage and the package's version", async () => {
    const manifest = readFileSync(join(root, "package.json"), "utf8");
    const { version } = JSON.parse(manifest) as { version: string };

    const [help, printed] = await Promise.all([run(["--help"]), run(["--version"])]);

    assert.equal(help.exitCode, 0);
    assert.match(help.stdout, /^Usage: computenest-simulator \[--port PORT\] \[--data FILE\] /);
    assert.deepEqual(printed, { exitCode: 0, stdout: `${version}\n`, stderr: "" });
  });

  it("says in one line what is wrong with its options or its file", async () => {
    const [option, file] = await Promise.all([
      run(["--prot", "1"]),
      run(["--data", "absent.json"]),
    ]);

    assert.deepEqual(option, {
      exitCode: 2,
      stdout: "",
      stderr: "computenest-simulator: Unknown option '--prot' (see --help)\n",
    });
    assert.deepEqual(file, {
      exitCode: 1,
      stdout: "",
      stderr: "computenest-simulator: ENOENT: no such file or directory, open 'absent.json'\n",
    });
  });
});

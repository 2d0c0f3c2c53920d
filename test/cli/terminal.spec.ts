import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { wireRow, wireRows } from "../support/backups";
import { serve } from "../support/service";
import { assertBuilt, command, ended, environmentOf, run, runInTerminal, start } from "./command";

/** Of a length as the service gives them. */
const row = wireRow({
  BackupId: "backup-0123456789abcdef0123",
  ServiceInstanceId: "si-0123456789abcdef0123",
  Status: "CreateFailed",
  StatusDetail: "Disk d-1 backup failed, error message: The operation timed out, try again later",
});

/** Starts a line anew and clears what is right of it: how progress is shown, and taken away. */
const anew = "\r";
const cleared = "\u001b[K";

/** What a terminal shows in the end, without colours. */
function shown(text: string): string {
  const lines = text.split("\n").map((line) => line.split(cleared).at(-1) ?? "");
  return stripVTControlCharacters(lines.join("\n"));
}

/** The progress that was shown in between. */
function progressIn(text: string): string[] {
  const parts = text.split(cleared).slice(0, -1);
  return parts.map((part) => part.split(anew).at(-1) ?? "");
}

async function assertGolden(name: string, text: string): Promise<void> {
  const file = join(__dirname, "golden", `${name}.txt`);
  if (process.env["UPDATE_GOLDEN"] === "1") await writeFile(file, text);
  assert.equal(text, await readFile(file, "utf8"));
}

describe("computenest-backups --help", function () {
  this.timeout(120_000);
  before(assertBuilt);

  for (const name of ["", "list", "check", "report"]) {
    it(`is as it was${name && ` for ${name}`}`, async () => {
      const { exitCode, stdout, stderr } = await run([...(name ? [name] : []), "--help"]);

      assert.deepEqual([exitCode, stderr], [0, ""]);
      await assertGolden(`help${name && `-${name}`}`, stdout);
    });
  }

  it("is what is shown when nothing is asked for, as a mistake", async () => {
    const { exitCode, stdout, stderr } = await run([]);

    assert.deepEqual([exitCode, stdout], [2, ""]);
    assert.match(stderr, /^Usage: computenest-backups /);
  });

  it("has the package's version", async () => {
    const manifest = await readFile(join(__dirname, "..", "..", "package.json"), "utf8");

    const { stdout } = await run(["--version"]);

    assert.equal(stdout, `${(JSON.parse(manifest) as { version: string }).version}\n`);
  });
});

// `script` of util-linux is what gives a process a terminal.
if (process.platform === "linux") {
  describe("computenest-backups in a terminal", function () {
    this.timeout(120_000);
    before(assertBuilt);

    it("colours statuses, unless NO_COLOR is set", async () => {
      const service = await serve({ backups: [row] });

      const coloured = await runInTerminal("list", service);
      const plain = await runInTerminal("list", service, 80, { NO_COLOR: "1" });

      assert.ok(coloured.stdout.includes("\u001b[31mCreateFailed\u001b[39m"));
      assert.equal(plain.stdout, stripVTControlCharacters(plain.stdout));
    });

    for (const columns of [80, 120, 200]) {
      it(`fits ${columns} columns`, async () => {
        const service = await serve({ backups: [row] });

        const { stdout } = await runInTerminal("list", service, columns);

        const [head = "", line = ""] = shown(stdout).split("\n");
        assert.ok(line.length <= columns, line);
        assert.equal(line.includes("si-0123456789abcdef0123"), columns > 80);
        assert.equal(line.includes("2026-01-01T00:00:00Z"), columns > 80);
        assert.equal(head.includes("DETAIL"), columns === 200);
      });
    }

    it("tells how a long list goes on, and takes that away", async () => {
      const service = await serve({ backups: wireRows(300), latencyMs: 800 });

      const { exitCode, stdout } = await runInTerminal("list --limit 1", service);

      assert.equal(exitCode, 0);
      assert.ok(progressIn(stdout).some((line) => /^[12]00 rows read \(\ds\)$/.test(line)));
      assert.match(shown(stdout), /^BACKUP +/);
    });

    it("tells what it waits for", async () => {
      const creating = wireRow({
        Status: "Creating",
        StartTime: new Date().toISOString(),
        EndTime: null,
      });
      const service = await serve({ backups: [creating] });
      const flags = "--service-instance si-1 --wait-timeout 3s --poll-interval 1s";

      const { exitCode, stdout } = await runInTerminal(`check ${flags}`, service);

      assert.equal(exitCode, 1);
      assert.ok(
        progressIn(stdout).some((line) => /^backup-1 Creating, \ds of 3s \(\ds\)$/.test(line)),
      );
    });
  });
}

describe("computenest-backups as a process", function () {
  this.timeout(120_000);
  before(assertBuilt);

  it("ends quietly with 130 on Ctrl-C", async () => {
    let asked = (): void => undefined;
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    const service = await serve({
      onRequest: () => {
        asked();
        return new Promise((resolve) => setTimeout(resolve, 1000));
      },
    });
    const child = start(["list"], await environmentOf(service));
    const ending = ended(child);
    await isAsked;

    child.kill("SIGINT");

    assert.deepEqual(await ending, { exitCode: 130, stdout: "", stderr: "" });
  });

  it("ends quietly with 141 when nobody reads on", async () => {
    const service = await serve({ backups: wireRows(3000) });
    const child = spawn(process.execPath, [command, "list", "--csv"], {
      env: await environmentOf(service),
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ending = once(child, "close");
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdout.once("data", () => child.stdout.destroy());

    const [exitCode] = (await ending) as [number];

    assert.deepEqual([exitCode, stderr], [141, ""]);
  });
});

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { open } from "node:fs/promises";
import { wireRow } from "../support/backups";
import { temporaryFile } from "../support/folder";
import { serve } from "../support/service";
import { ago } from "./ago";
import { assertBuilt, command, ended, environmentOf, run } from "./command";

const check = ["check", "--service-instance", "si-1"];
const fullDisk = "/dev/full";

/** Only Linux has a file that is always full. */
const itWhereDisksAreFull = existsSync(fullDisk) ? it : it.skip;

describe("a command that ends as nobody foresaw", function () {
  this.timeout(120_000);
  before(assertBuilt);

  const serveOne = () =>
    serve({ backups: [wireRow({ StartTime: ago(2), EndTime: ago(1), CreateTime: ago(2) })] });

  itWhereDisksAreFull("ends with 3, not with a verdict, when it cannot be written", async () => {
    const service = await serveOne();
    const full = await open(fullDisk, "w");
    const env = await environmentOf(service);

    const child = spawn(process.execPath, [command, ...check], {
      env,
      stdio: ["ignore", full.fd, "pipe"],
    });
    const { exitCode, stderr } = await ended(child);
    await full.close();

    assert.equal(exitCode, 3);
    assert.equal(
      stderr,
      "computenest-backups: what there is to say cannot be written: ENOSPC: no space left on device, " +
        "write.\n",
    );
  });

  for (const how of ["throw", "void Promise.reject"]) {
    it(`ends with 3, not with a verdict, for a mistake of its own: ${how}`, async () => {
      const mistake = await temporaryFile(`setImmediate(() => { ${how}(new Error("odd")); });`);

      const { exitCode, stderr } = await run(check, await serveOne(), {
        NODE_OPTIONS: `--require ${mistake}`,
      });

      assert.equal(exitCode, 3);
      assert.match(stderr, /^computenest-backups: Error: odd\n {4}at /);
    });
  }
});

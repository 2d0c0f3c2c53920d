import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { isRunning } from "./fakePrograms";

const standIn = join(__dirname, "..", "..", "tools", "engine", "standin", "main.mjs");

describe("tools/engine/standin, left behind by an engine that failed at once", function () {
  this.timeout(20_000);

  it("exits by itself", async () => {
    // The shell is gone before Node has even started.
    const script = `"${process.execPath}" "${standIn}" 127.0.0.1:1 >/dev/null 2>&1 & echo $!`;
    const { stdout } = await promisify(execFile)("sh", ["-c", script]);
    const pid = Number(stdout);

    for (let tries = 0; tries < 100 && isRunning(pid); tries += 1) await pause(100);

    const isLeft = isRunning(pid);
    if (isLeft) process.kill(pid, "SIGKILL");
    assert.equal(isLeft, false);
  });
});

// What the plugin leaves behind when it crashes. A dump of its memory is left out: keys are in there,
// as in that of every program that signs with them.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { wireRow } from "../support/backups";
import { temporaryFile, temporaryFolder } from "../support/folder";
import { repository } from "../support/packed";
import { pluginAt } from "../support/plugin";
import { serve } from "../support/service";
import { assertClean, secrets } from "./planted";

/** Loaded before the plugin: has it fail as nobody expected. */
const crashOnSignal = `process.on("SIGUSR2", () => setImmediate(() => {
  throw new Error("unexpected");
}));`;

// As compiled: ts-node catches what nobody else does.
describe("a plugin that crashes", function () {
  this.timeout(60_000);

  it("leaves no secret of its configuration in its last words, nor in Node's report", async () => {
    const { accessKey, secretKey, securityToken, externalId } = secrets;
    const service = await serve({
      accessKeyId: accessKey,
      accessKeySecret: secretKey,
      securityToken,
      backups: [wireRow()],
    });
    const reports = await temporaryFolder();
    const child = spawn(process.execPath, [
      "--report-uncaught-exception",
      `--report-directory=${reports}`,
      "-r",
      await temporaryFile(crashOnSignal),
      join(repository, "bin", "provider", "plugin", "main.js"),
    ]);
    const printed: string[] = [];
    child.stderr.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
    const closed = once(child, "close");
    const [port] = (await Promise.race([once(child.stdout, "data"), closed])) as [Buffer];
    const plugin = pluginAt(Number(port.toString()));
    const keys = { accessKey, secretKey, securityToken, region: "cn-hangzhou" };
    await plugin.configureForProgram({ ...keys, endpoint: service.url });
    await plugin.invoke("computenest:index:getBackups", {});
    const role = JSON.stringify({ roleArn: "acs:ram::1:role/r", externalId });
    await plugin.configureForProgram({ ...keys, assumeRole: role });

    child.kill("SIGUSR2");
    const [code] = (await closed) as [number | null];

    const [report = "none"] = await readdir(reports);
    const text = await readFile(join(reports, report), "utf8");
    assert.notEqual(code, 0);
    assert.match(printed.join(""), /Error: unexpected/);
    assert.ok(text.includes("unexpected"));
    assertClean({ end: undefined, told: [...printed, text] });
  });
});

import assert from "node:assert/strict";
import { start, type Started } from "./processes";
import type { ScriptReport } from "./script";

/** SOAK_BACKUPS makes it more: a million take a minute. */
const count = Number(process.env["SOAK_BACKUPS"] ?? 100_000);
const million = 1_000_000;

describe(`a list of ${count} backups`, () => {
  let service: Started | undefined;

  afterEach(async () => {
    service?.process.stdin.end();
    await service?.ended;
  });

  it("is read whole, with little memory where it is streamed, by a script that then ends", async function () {
    this.timeout(30_000 + count);
    service = start("hugeService.ts", [String(count)]);
    const url = await service.firstLine;
    const isShort = count <= 100_000;

    const script = start("script.ts", [url, String(count), isShort ? "list" : ""]);
    const report = JSON.parse(await script.firstLine) as ScriptReport;
    const code = await script.ended;
    const lingeredMs = Date.now() - report.doneAt;

    assert.equal(report.streamed, count);
    if (isShort) assert.equal(report.listed, count);
    // The ids, which tell a row that comes twice, and the tokens take some 80 bytes for each backup.
    assert.ok(report.grownMb < Math.max(8, (80 * count) / million), `${report.grownMb} MiB`);
    assert.equal(code, 0);
    assert.ok(lingeredMs < 2000, `ended ${lingeredMs} ms after its last call`);
  });
});

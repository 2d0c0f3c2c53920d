import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { JSDOM } from "jsdom";
import { temporaryFolder } from "../support/folder";
import { wireRow } from "../support/backups";
import { serve } from "../support/service";
import { ago } from "./ago";
import { assertBuilt, run } from "./command";

const textsIn = (page: string, selector: string) =>
  [...new JSDOM(page).window.document.querySelectorAll(selector)].map(({ textContent }) =>
    textContent.replaceAll(/\s+/g, " ").trim(),
  );

const backups = () => [
  wireRow({ BackupId: "backup-1", StartTime: ago(30.1), EndTime: ago(30) }),
  wireRow({ BackupId: "backup-2", StartTime: ago(40), EndTime: ago(39), Status: "CreateFailed" }),
];

describe("computenest-backups report", function () {
  this.timeout(120_000);
  before(assertBuilt);

  it("writes a page with a row for each service instance that was asked for", async () => {
    const service = await serve({ backups: backups() });
    const file = join(await temporaryFolder(), "report.html");
    const flags = ["--service-instance", "si-1", "si-9", "--max-age", "7d", "--gap", "24h"];

    const result = await run(["report", "--html", file, ...flags], service);

    const page = await readFile(file, "utf8");
    assert.deepEqual(result, {
      exitCode: 0,
      stdout: `${file}: 2 backups of 2 service instances\n`,
      stderr: "",
    });
    assert.deepEqual(textsIn(page, ".row h2"), ["si-1", "si-9"]);
    // Before the first of the 7 days, and after it; nothing at all of the other instance.
    assert.deepEqual(textsIn(page, ".words"), [
      "2 backups, Created 30h ago, 2 gaps",
      "no backups, 1 gap",
    ]);
    assert.deepEqual(textsIn(page, "code"), ["--service-instance si-1 si-9", "--max-age 7d"]);
    assert.deepEqual(textsIn(page, ".legend li").slice(0, 3), [
      "Creating 0",
      "Created 1",
      "CreateFailed 1",
    ]);
  });

  it("writes to standard output for -, and marks no gaps without Created backups", async () => {
    const service = await serve({ backups: backups() });

    const { stdout } = await run(["report", "--html", "-", "--status", "CreateFailed"], service);

    assert.deepEqual(textsIn(stdout, ".words"), ["1 backup, none Created"]);
    assert.equal(
      textsIn(stdout, ".legend li").at(-1),
      "Gaps are not marked: the filters leave Created backups out",
    );
  });

  const filters: [flags: string[], whose: string][] = [
    [["--id", "backup-1"], "--id"],
    [["--mode", "Manual"], "--mode"],
    [["--ended-after", ago(400), "--ended-before", ago(0)], "--ended-after, --ended-before"],
  ];
  for (const [flags, whose] of filters) {
    it(`marks no gaps with ${whose}, and says why`, async () => {
      const service = await serve({ backups: backups() });

      const { stdout } = await run(["report", "--html", "-", "--gap", "1h", ...flags], service);

      assert.ok(textsIn(stdout, ".words").every((words) => !words.includes("gap")));
      assert.equal(
        textsIn(stdout, ".legend li").at(-1),
        `Gaps are not marked: Created backups may be left out by ${whose}`,
      );
    });
  }

  it("ends the last gap where the filters end", async () => {
    const service = await serve({ backups: backups() });
    const flags = ["--started-after", ago(72), "--started-before", ago(20)];

    const { stdout } = await run(["report", "--html", "-", "--gap", "11h", ...flags], service);

    assert.deepEqual(textsIn(stdout, ".words"), ["2 backups, Created 30h ago, 1 gap"]);
  });

  it("ends with 2 for a file it cannot write, no file, or a gap that is no duration", async () => {
    const service = await serve();
    const file = join(await temporaryFolder(), "absent", "report.html");

    const [unwritten, missing, gap] = await Promise.all([
      run(["report", "--html", file], service),
      run(["report"], service),
      run(["report", "--html", "-", "--gap", "1x"], service),
    ]);

    assert.deepEqual([unwritten.exitCode, missing.exitCode, gap.exitCode], [2, 2, 2]);
    assert.equal(
      unwritten.stderr,
      "computenest-backups: --html cannot be written: ENOENT: no such file or directory, open " +
        `'${file}'.\n`,
    );
    assert.equal(
      missing.stderr,
      "computenest-backups: required option '--html <FILE>' not specified\n(see --help)\n",
    );
    assert.equal(
      gap.stderr,
      'computenest-backups: --gap is "1x": expected a duration such as 90m, 24h, 7d or P1DT12H.\n',
    );
  });
});

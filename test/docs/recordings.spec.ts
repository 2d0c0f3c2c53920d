// What the documents show of a terminal was recorded (npm run docs:output). What of it can be known
// without the engine is compared here.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getBackups } from "../../provider";
import { sampleBackups } from "../../simulator";
import { recordingsFolder, shownNow, steady } from "../../tools/docs/recordings";
import { serve } from "../support/service";

const demo = readFileSync(join(recordingsFolder, "demo.txt"), "utf8");

describe("recorded output", () => {
  it("is in the form that is recorded today", () => {
    assert.equal(demo, steady(demo, shownNow));
  });

  it("keeps a row that stands in a line of progress dots", () => {
    const shown = "@ updating...... +  a create\n@ updating....\n +  b create\n";

    assert.equal(steady(shown, shownNow), "+  a create\n +  b create\n");
  });

  it("has the ids and the counts that the demo's backups have", async () => {
    const { settings } = await serve({ backups: sampleBackups({ now: Date.now() }) });
    const [, serviceInstanceId = ""] = /^ {2}serviceInstanceId: (\S+)$/m.exec(demo) ?? [];
    const { ids, latest, statusCounts } = await getBackups({ serviceInstanceId }, { settings });

    assert.ok(demo.includes(`ids (${ids.length}):\n  ${ids.slice(0, 5).join("\n  ")}\n`));
    const [, shown = ""] = /^latest:\n((?: {2}.*\n)*)/m.exec(demo) ?? [];
    const fields = Array.from(shown.matchAll(/^ {2}(\w+):/gm), ([, name]) => name);
    assert.deepEqual(fields, Object.keys(latest ?? {}).toSorted());
    for (const [status, count] of Object.entries(statusCounts ?? {})) {
      assert.ok(demo.includes(`\n  ${status}: ${count}\n`), status);
    }
  });
});

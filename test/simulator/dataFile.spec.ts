import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { loadBackups } from "../../simulator";
import { simulate } from "./running";
import { signedCall } from "./signedCall";

const row = (id: string) => ({ BackupId: id, Status: "Created", Unheard: { of: [1] } });
const answer = (...ids: string[]) => ({
  TotalCount: 9,
  RequestId: "R",
  NextToken: "t",
  MaxResults: 2,
  Backups: ids.map(row),
});

describe("loadBackups", () => {
  it("reads one answer as it came", () => {
    assert.deepEqual(loadBackups(JSON.stringify(answer("a", "b"))), {
      backups: [row("a"), row("b")],
      restoreTasks: [],
    });
  });

  it("reads recorded pages, repeated rows included", () => {
    const { backups } = loadBackups(JSON.stringify([answer("a", "b"), answer("b", "c")]));

    assert.deepEqual(backups, ["a", "b", "b", "c"].map(row));
  });

  it("reads backups and restore tasks of one file", () => {
    const restoreTasks = [{ RestoreTaskId: "restore-1", BackupId: "a" }];

    const text = JSON.stringify({ Backups: [row("a")], RestoreTasks: restoreTasks });

    assert.deepEqual(loadBackups(text), { backups: [row("a")], restoreTasks });
  });

  it("reads more rows than a function has arguments", () => {
    const text = JSON.stringify({ Backups: Array.from({ length: 200_000 }, () => row("a")) });

    assert.equal(loadBackups(text).backups.length, 200_000);
  });

  it("gives what a simulator answers unchanged", async () => {
    const { backups } = loadBackups(JSON.stringify(answer("a", "b")));
    const simulator = await simulate({ backups });

    const { json } = await signedCall(simulator);

    assert.deepEqual(json?.["Backups"], answer("a", "b").Backups);
  });

  const refusals: [name: string, text: string, message: string][] = [
    ["broken JSON", '{"Backups":\n [}', "the JSON given:2:3: this is not JSON"],
    [
      "an object of another kind",
      '{"Code": "Throttling", "Message": "slow down"}',
      'the JSON given: expected an answer of ListBackups, {"Backups": […]}, or an array of them; ' +
        "found an object with Code, Message",
    ],
    [
      "an array of rows",
      '[{"BackupId": "a"}]',
      'the JSON given, page 1: expected an answer of ListBackups, {"Backups": […]}, or an array ' +
        "of them; found an object with BackupId",
    ],
    [
      "an array of anything else",
      "[1]",
      'the JSON given, page 1: expected an answer of ListBackups, {"Backups": […]}, or an array ' +
        "of them; found a number",
    ],
    ["no array", '{"Backups": null}', "the JSON given: Backups is null, not an array"],
    [
      "a row that is none",
      '[{"Backups": []}, {"Backups": [{"BackupId": "a"}, []]}]',
      "the JSON given, page 2, Backups row 2: expected an object, found an array",
    ],
    [
      "a row without an id",
      '{"Backups": [{"Status": "Created"}]}',
      "the JSON given, Backups row 1: BackupId is missing, not a text",
    ],
    [
      "an empty id",
      '{"Backups": [{"BackupId": ""}]}',
      "the JSON given, Backups row 1: BackupId is empty, not a text",
    ],
    [
      "a restore task without an id",
      '{"RestoreTasks": [{"RestoreTaskId": {}}]}',
      "the JSON given, RestoreTasks row 1: RestoreTaskId is an object without fields, not a text",
    ],
    [
      "a broken timeline",
      '{"Backups": [{"BackupId": "a", "timeline": [{"Status": "Created"}]}]}',
      "the JSON given, Backups row 1: timeline is not an array of objects with a number atMs",
    ],
  ];
  for (const [name, text, message] of refusals) {
    it(`refuses ${name}`, () => {
      assert.throws(() => loadBackups(text), { message });
    });
  }

  describe("from a file", () => {
    let folder = "";
    before(() => {
      folder = mkdtempSync(join(tmpdir(), "simulator-data-"));
    });
    after(() => {
      rmSync(folder, { recursive: true });
    });

    it("reads it, with a byte order mark too", () => {
      const file = join(folder, "backups.json");
      writeFileSync(file, `\uFEFF${JSON.stringify(answer("a"))}`);

      assert.deepEqual(loadBackups(file).backups, [row("a")]);
    });

    it("names it with line and column where it is not JSON", () => {
      const file = join(folder, "broken.json");
      writeFileSync(file, '{\n  "Backups": [\n    {"BackupId" "a"}\n  ]\n}\n');

      assert.throws(() => loadBackups(file), { message: `${file}:3:17: this is not JSON` });
    });

    it("says that it is not there", () => {
      const file = join(folder, "absent.json");

      assert.throws(() => loadBackups(file), {
        message: `ENOENT: no such file or directory, open '${file}'`,
      });
    });
  });
});

// What docs/reliability.md says cannot be noticed; if it can one day, it should say so no more.

import assert from "node:assert/strict";
import { getBackups, type Settings } from "../../provider";
import type { BackupRow } from "../../simulator";
import { collectWarnings } from "../support/warnings";
import { changing, type StartPeer } from "./peers";
import { backup, serviceInstanceId } from "./world";

const without = (rows: readonly BackupRow[], id: string) =>
  rows.filter(({ BackupId }) => BackupId !== id);

/** Which backups are there that a list lacks, and which are in it that are gone. */
async function differences(start: StartPeer, settings: Settings = {}) {
  const peer = await start();
  const { ids } = await getBackups(
    { serviceInstanceId },
    { settings: { ...peer.settings, ...settings } },
  );
  const there = peer.truth().map(({ BackupId }) => BackupId);
  return {
    lacking: there.filter((id) => !ids.includes(id)),
    gone: ids.filter((id) => !there.includes(id)),
  };
}

const shifted = { lacking: ["backup-101"], gone: ["backup-50"] };

describe("what cannot be noticed", () => {
  it("is a deletion while a list is read that has no TotalCount", async () => {
    const peer = changing((rows) => without(rows, "backup-50"), { omitTotalCount: true });

    assert.deepEqual(await differences(peer), shifted);
  });

  it('is only warned of with completeness "tokens"', async () => {
    const warnings = collectWarnings();
    const peer = changing((rows) => without(rows, "backup-50"));

    assert.deepEqual(await differences(peer, { completeness: "tokens" }), shifted);
    assert.deepEqual(warnings, [
      "computenest: ListBackups: TotalCount changed while the list was read, 249 at last, so some " +
        "of the 249 backups read may be gone and others passed over; taken as complete because of " +
        'the setting completeness "tokens".',
    ]);
  });

  it("is a deletion that something made at the other end makes up for", async () => {
    const peer = changing((rows) => [...without(rows, "backup-50"), backup("backup-0")]);

    assert.deepEqual(await differences(peer), shifted);
  });
});

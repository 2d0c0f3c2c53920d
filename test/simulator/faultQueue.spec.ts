import assert from "node:assert/strict";

import type { Fault } from "../../simulator";
import { createFaults, type FaultSubject } from "../../simulator/faultQueue";

const subject: FaultSubject = { action: "ListBackups", page: 1 };

/** The kinds of outcome that so many requests in a row meet. */
function outcomes(faults: readonly Fault[], subjects: readonly FaultSubject[]) {
  const { strike } = createFaults(faults);
  return subjects.map((each) => strike(each).outcome?.kind);
}

describe("createFaults", () => {
  it("strikes one request after the other, in the order added", () => {
    const faults: Fault[] = [
      { kind: "throttle", times: 2 },
      { kind: "emptyBody" },
      { kind: "nonceUsed" },
    ];

    assert.deepEqual(outcomes(faults, [subject, subject, subject, subject, subject]), [
      "throttle",
      "throttle",
      "emptyBody",
      "nonceUsed",
      undefined,
    ]);
  });

  it("never runs out of a fault of infinite times", () => {
    const { strike, faults } = createFaults([{ kind: "neverAnswer", times: Infinity }]);

    for (let n = 0; n < 100; n += 1) assert.equal(strike(subject).outcome?.kind, "neverAnswer");
    assert.equal(faults.pending.length, 1);
  });

  it("waits for the action and the page it is meant for", () => {
    const faults: Fault[] = [{ kind: "emptyBody", on: { action: "ListRestoreTasks", page: 2 } }];

    assert.deepEqual(
      outcomes(faults, [
        { action: "ListBackups", page: 2 },
        { action: "ListRestoreTasks", page: 1 },
        { action: "ListRestoreTasks", page: 2 },
        { action: "ListRestoreTasks", page: 2 },
      ]),
      [undefined, undefined, "emptyBody", undefined],
    );
  });

  it("counts the requests that match, those before another fault included", () => {
    const faults: Fault[] = [
      { kind: "throttle" },
      { kind: "emptyBody", times: 2, on: { page: 1, request: 3 } },
    ];

    assert.deepEqual(
      outcomes(faults, [subject, subject, { ...subject, page: 2 }, subject, subject, subject]),
      ["throttle", undefined, undefined, "emptyBody", "emptyBody", undefined],
    );
  });

  it("takes one of each group for a request", () => {
    const faults: Fault[] = [
      { kind: "duplicateRow" },
      { kind: "repeatToken" },
      { kind: "gzip" },
      { kind: "noDate" },
      { kind: "wrongDate", date: "soon" },
      { kind: "slowFirstByte", delayMs: 1 },
    ];
    const queue = createFaults(faults);

    const { outcome, gzip, date, content } = queue.strike(subject);

    assert.deepEqual(
      [outcome?.kind, gzip, date?.kind, content()?.kind],
      ["slowFirstByte", true, "noDate", "duplicateRow"],
    );
    assert.deepEqual(queue.faults.pending, [
      { kind: "repeatToken" },
      { kind: "wrongDate", date: "soon" },
    ]);
  });

  it("keeps a content fault for the next request if nobody takes it", () => {
    const queue = createFaults([{ kind: "duplicateRow" }]);

    queue.strike(subject);

    assert.equal(queue.strike(subject).content()?.kind, "duplicateRow");
    assert.equal(queue.strike(subject).content(), undefined);
  });

  it("drops all of them", () => {
    const queue = createFaults([{ kind: "throttle", times: Infinity }]);
    queue.faults.add({ kind: "gzip" });

    queue.faults.clear();

    assert.deepEqual(queue.faults.pending, []);
    assert.equal(queue.strike(subject).outcome, undefined);
  });
});

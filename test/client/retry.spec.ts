import assert from "node:assert/strict";
import fc from "fast-check";
import { createBudget, pauseAfter } from "../../provider/client/retry";

const budget = (totalMs: number, spentMs = 0) => ({ totalMs, spentMs });

describe("createBudget", () => {
  it("has spent nothing", () => {
    assert.deepEqual(createBudget(1000), { totalMs: 1000, spentMs: 0 });
  });
});

describe("pauseAfter", () => {
  const cases: [string, Parameters<typeof pauseAfter>, number | undefined][] = [
    ["gives up to 200 ms after the first attempt", [1, budget(120_000), undefined, 0.5], 100],
    ["doubles with every attempt", [4, budget(120_000), undefined, 0.5], 800],
    ["stays below 20 s", [50, budget(120_000), undefined, 0.5], 10_000],
    ["may be nothing at all", [3, budget(120_000), undefined, 0], 0],
    ["is no less than the service asks for", [1, budget(120_000), 5000, 0.5], 5000],
    ["may be longer than the service asks for", [8, budget(120_000), 5000, 0.5], 10_000],
    ["never goes beyond the budget", [50, budget(120_000, 119_990), undefined, 0.5], 10],
    ["takes the whole rest if the service asks for it", [1, budget(1000, 900), 100, 0], 100],
    [
      "gives up when the service asks for more than is left",
      [1, budget(1000, 900), 101, 0],
      undefined,
    ],
    ["gives up when the budget is spent", [1, budget(1000, 1000), undefined, 0], undefined],
    ["gives up when it is overspent", [1, budget(1000, 5000), undefined, 0], undefined],
  ];
  for (const [title, given, pause] of cases) {
    it(title, () => {
      assert.equal(pauseAfter(...given), pause);
    });
  }

  it("stays between the floor and the cap, and within the budget, for ever", () => {
    const attempts = fc.integer({ min: 1, max: 10_000 });
    const ms = fc.nat(200_000);
    const floor = fc.option(ms, { nil: undefined });
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(attempts, ms, ms, floor, chance, (attempt, total, spent, floorMs, random) => {
        const pause = pauseAfter(attempt, budget(total, spent), floorMs, random);

        if (pause === undefined) return;
        assert.ok(pause >= (floorMs ?? 0) && pause <= Math.max(floorMs ?? 0, 20_000));
        assert.ok(pause <= total - spent);
      }),
    );
  });
});

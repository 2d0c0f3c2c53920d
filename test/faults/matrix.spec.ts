import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { guardNetwork, unguardNetwork } from "../support/network";
import { sanitiseEnvironment } from "../support/sanitised";
import { expectedOf, frontsOf, tryOut } from "./cells";
import type { FaultCase, Family } from "./family";
import type { FrontEnd } from "./fronts";
import { families } from "./matrix";
import type { Outcome } from "./outcome";
import { renderReliability, reliabilityFile, type Seen } from "./report";
import { takeProcessWarnings } from "./warned";

const seen: Seen = new Map();

async function tryAll(fault: FaultCase): Promise<void> {
  const outcomes = new Map<string, Outcome>();
  seen.set(fault, outcomes);
  const tryOne = async (front: FrontEnd) => {
    outcomes.set(front.name, await tryOut(fault, front));
  };
  if (fault.isLarge !== true) await Promise.all(frontsOf(fault).map(tryOne));
  else for (const front of frontsOf(fault)) await tryOne(front);
}

/** Those that need little memory all together. */
async function tryFamily({ cases }: Family): Promise<void> {
  await Promise.all(cases.filter(({ isLarge }) => isLarge !== true).map(tryAll));
  for (const fault of cases.filter(({ isLarge }) => isLarge === true)) await tryAll(fault);
}

describe("faults", function () {
  this.timeout(300_000);

  for (const family of families) {
    describe(family.title, () => {
      const environment = { ...process.env };
      before(async () => {
        sanitiseEnvironment();
        guardNetwork();
        takeProcessWarnings();
        await tryFamily(family);
      });
      after(() => {
        unguardNetwork();
        Object.assign(process.env, environment);
      });

      for (const fault of family.cases) {
        it(fault.fault, () => {
          const outcomes = seen.get(fault);

          const wrong = frontsOf(fault)
            .map((front) => ({
              name: front.name,
              actual: outcomes?.get(front.name),
              expected: expectedOf(fault, front),
            }))
            .filter(({ actual, expected }) => !isDeepStrictEqual(actual, expected));
          assert.deepEqual(
            wrong.map(({ name, actual }) => [name, actual]),
            wrong.map(({ name, expected }) => [name, expected]),
          );
        });
      }
    });
  }

  // A suite of its own: a suite's own tests come before those of suites within it.
  describe("taken together", () => {
    it("come to what docs/reliability.md tells (npm run reliability)", async () => {
      const text = renderReliability(seen);
      if (process.env["UPDATE_RELIABILITY"] === "1") await writeFile(reliabilityFile, text);

      assert.equal(await readFile(reliabilityFile, "utf8"), text);
    });
  });
});

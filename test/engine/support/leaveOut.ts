/**
 * Leaves a suite out on a machine that cannot run it. With CI=true it fails instead: where the tests
 * are the gate, what was not run is not known to work.
 */
export function leaveOut(suite: Mocha.Context, what: string, reason: string): never {
  if (process.env["CI"] === "true") throw new Error(`${what}: ${reason}`);
  console.warn(`\n  NOT RUN: ${what}: ${reason}\n`);
  suite.skip();
}

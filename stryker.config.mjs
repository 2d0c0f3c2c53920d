// npm run mutants: changes the code where right and wrong are decided, mutant by mutant, and counts
// those that no test notices. What survives is explained in docs/mutation.md.

// Stryker itself loads the runner, too.
import "./test/mutation/endings.mjs";

/** The tests that the mutants have to face: those of the units, without sockets and engine. */
const testFiles = [
  ...["select", "qualify", "result", "timestamps", "durations", "completeness"],
  ...["client/paginate", "client/readAhead", "client/retry"],
].map((unit) => `test/${unit}.spec.ts`);

export default {
  mutate: [
    "provider/{select,qualify,timestamps,durations,completeness}.ts",
    "provider/client/{paginate,readAhead,retry}.ts",
  ],
  testRunner: "mocha",
  mochaOptions: { spec: testFiles },
  testRunnerNodeArgs: ["--import", "./test/mutation/endings.mjs"],
  coverageAnalysis: "perTest",
  // What only runs while a module loads takes a fresh process for every mutant.
  ignoreStatic: true,
  concurrency: 2,
  ignorePatterns: ["bin", "coverage", "dist", "bench", "examples", "tools", "docs", "test/engine"],
  reporters: ["clear-text", "html", "json"],
  htmlReporter: { fileName: "coverage/mutants.html" },
  jsonReporter: { fileName: "coverage/mutants.json" },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  tempDirName: "coverage/.stryker",
  allowConsoleColors: false,
  thresholds: { high: 95, low: 90, break: 90 },
};

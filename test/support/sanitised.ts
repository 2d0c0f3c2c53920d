// A root hook (.mocharc.json): no test of the package sees the developer's credentials or proxies,
// and none can reach anything but this machine. What a test changes is undone after it.

import type { Context, RootHookObject } from "mocha";
import { undoAll } from "./afterTests";
import { guardNetwork, unguardNetwork } from "./network";

const foreign =
  /^(ALICLOUD|ALIBABA_CLOUD|ALIBABACLOUD|COMPUTENEST|CLIENT|MAX_RETRY)_|^(https?|no|all)_proxy$/i;

/** Suites that run other programs, which need the environment and perhaps the network. */
const withEngine = /[\\/]test[\\/](engine|tools|examples)[\\/]/;

let original: NodeJS.ProcessEnv = {};

/** Leaves nothing of the developer's in the environment. */
export function sanitiseEnvironment(): void {
  for (const name of Object.keys(process.env)) {
    if (foreign.test(name)) Reflect.deleteProperty(process.env, name);
  }
  // The metadata service of an ECS instance is the last that the credentials chain asks.
  process.env["ALIBABA_CLOUD_ECS_METADATA_DISABLED"] = "true";
}

/** Mocha's hooks around every test. */
export const mochaHooks: RootHookObject = {
  beforeEach(this: Context) {
    original = { ...process.env };
    if (withEngine.test(this.currentTest?.file ?? "")) return;
    sanitiseEnvironment();
    guardNetwork();
  },
  async afterEach() {
    await undoAll();
    unguardNetwork();
    for (const name of Object.keys(process.env)) {
      if (!(name in original)) Reflect.deleteProperty(process.env, name);
    }
    Object.assign(process.env, original);
  },
};

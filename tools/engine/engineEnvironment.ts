import { delimiter, join } from "node:path";
import type { Engine } from "./engine";

/** What a child process needs in its environment to work with `engine`, and with nothing else. */
export function engineEnvironment(
  engine: Engine,
  environment: NodeJS.ProcessEnv = process.env,
): Record<string, string> {
  const path = [join(engine.root, "bin"), environment["PATH"]].filter(Boolean).join(delimiter);
  return {
    PATH: path,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // Without these two a missing plugin is looked for on the internet, five times over.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_DISABLE_REGISTRY_RESOLVE: "true",
  };
}

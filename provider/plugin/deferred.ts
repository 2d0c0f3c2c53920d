// The engine waits for the plugin to listen, so what that does not need is loaded later. In CommonJS
// with `require`: `import()` would be of ES modules.

import type * as configurationModule from "./configuration";
import type * as coreModule from "./core";
import type * as engineLogModule from "./engineLog";

/** Loads the core, all libraries with it. */
export function core(): typeof coreModule {
  return require("./core") as typeof coreModule;
}

/** Loads what reads a configuration, and the library for checks with it. */
export function configuration(): typeof configurationModule {
  return require("./configuration") as typeof configurationModule;
}

/** Loads what passes messages on to the engine. */
export function engineLog(): typeof engineLogModule {
  return require("./engineLog") as typeof engineLogModule;
}

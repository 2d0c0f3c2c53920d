// Most of what a program that imports this package ever does with it needs none of it: the engine runs
// the program for every preview, and for resources alone. So the libraries for checks, requests and
// keys are loaded with the first call that needs them. In CommonJS with `require`: `import()` would be
// of ES modules, and asynchronous.

import type * as callsModule from "./calls";
import type * as providerInputsModule from "./providerInputs";

/** Loads what the functions do, all libraries with it. */
export function calls(): typeof callsModule {
  return require("./calls") as typeof callsModule;
}

/** Loads what the resources are given, and the library for checks with it. */
export function providerInputs(): typeof providerInputsModule {
  return require("./providerInputs") as typeof providerInputsModule;
}

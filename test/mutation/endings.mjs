// Loaded into Stryker's processes. Its runner for mocha names mocha's files without their endings, as
// one could until mocha 11; those of mocha 12 end in .cjs, which Node only tries when told to.

import Module from "node:module";

Module._extensions[".cjs"] = Module._extensions[".js"];

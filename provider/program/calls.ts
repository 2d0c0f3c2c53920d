// What the functions do. Loaded with the first call.

export { getBackupLookup, getBackupsLookup } from "../lookups";
export { describe } from "../wording";
export { lookUp, lookUpOutput } from "./forms";
export { hookGate } from "./hookGate";
export { streamBackups } from "./streamBackups";

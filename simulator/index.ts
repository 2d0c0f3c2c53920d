export { type ActionName, actionNames, type AnswerJson } from "./actions";
export { loadBackups, type RecordedRows } from "./dataFile";
export type {
  ContentFault,
  DateFault,
  DeliveryFault,
  EncodingFault,
  Fault,
  FaultMatch,
  Faults,
  RefusalFault,
} from "./faults";
export type { RequestRecord } from "./requestLog";
export type { BackupRow, RestoreTaskRow, TimedRow, TimelineEntry } from "./rows";
export { sampleBackups, type SampleOptions } from "./sampleBackups";
export type { AccessDeniedDetail } from "./serviceError";
export {
  defaultAccessKeyId,
  defaultAccessKeySecret,
  type Simulator,
  type SimulatorOptions,
  startSimulator,
} from "./simulator";

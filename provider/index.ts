// What users call.
export { backupGate } from "./backupGate";
export { backupGateTransform } from "./backupGateTransform";
export { getBackup, getBackupOutput } from "./getBackup";
export { getBackups, getBackupsOutput } from "./getBackups";
export { listBackups } from "./listBackups";
export { BackupGate, Provider, type ProviderArgs } from "./resources";

// What they pass in and get back.
export type { Filter, FilterName, GetBackupsArgs, ListBackupsArgs } from "./args";
export type { Backup, BackupStatus } from "./backup";
export type { BackupGateArgsOf, BackupGateInputs, BackupGateOptions } from "./backupGate";
export type { GatedResource } from "./backupGateTransform";
export type { BackupGateArgs, BackupGateResourceArgs, GateOperation } from "./gateArgs";
export type { GetBackupArgs } from "./getBackupArgs";
export type { GetBackupOutputArgs } from "./getBackup";
export type { GetBackupsOutputArgs } from "./getBackups";
export type { ListBackupsOptions } from "./listBackups";
export type { ServiceRegion } from "./settings/region";
export type { GetBackupResult, GetBackupsResult } from "./result";
export type { BackupsInvokeOptions, BackupsInvokeOutputOptions } from "./program/route";
export type { AssumeRoleSettings, AssumeRoleWithOidcSettings, Settings } from "./settings/settings";

// What they may catch.
export {
  BackupsError,
  ConfigurationError,
  IncompleteListError,
  InvalidArgumentError,
  NoQualifyingBackupError,
  RequestError,
  ResponseError,
  WaitTimeoutError,
  type ArgumentProblem,
  type BackupsErrorCode,
  type RequestErrorDetails,
  type RequestErrorKind,
  type SeenBackup,
} from "./errors";

// What an error says, whichever way it came.

import { status } from "@grpc/grpc-js";
import { RequestError } from "../../provider";

/** The status with which an error of a class (and kind) goes over gRPC. */
const statuses: Readonly<Record<string, keyof typeof status>> = {
  ResponseError: "DATA_LOSS",
  IncompleteListError: "ABORTED",
  NoQualifyingBackupError: "NOT_FOUND",
  ConfigurationError: "FAILED_PRECONDITION",
  "RequestError denied": "PERMISSION_DENIED",
  "RequestError throttled": "RESOURCE_EXHAUSTED",
  "RequestError unavailable": "UNAVAILABLE",
  "RequestError rejected": "INVALID_ARGUMENT",
};

const classOfStatus = new Map(
  Object.entries(statuses).map(([name, code]) => [status[code] as number, name]),
);

/** The class, kind and message of an error, as it came or over gRPC. */
export function toldBy(error: unknown): { readonly error: string; readonly message: string } {
  if (!(error instanceof Error))
    return { error: "nothing that is an error", message: String(error) };
  const { code, details } = error as { code?: unknown; details?: unknown };
  if (typeof code === "number" && typeof details === "string") {
    return { error: classOfStatus.get(code) ?? `status ${code}`, message: details };
  }
  const kind = error instanceof RequestError ? ` ${error.kind}` : "";
  return { error: `${error.name}${kind}`, message: error.message };
}

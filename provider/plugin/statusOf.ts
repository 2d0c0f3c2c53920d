import { status } from "@grpc/grpc-js";
import {
  BackupsError,
  RequestError,
  type BackupsErrorCode,
  type RequestErrorKind,
} from "../errors";

/** The engine wanted a call to end. */
export class CancelledError extends Error {
  constructor() {
    super("The call was cancelled.");
  }
}

const byCode: Readonly<Record<Exclude<BackupsErrorCode, "Request">, status>> = {
  InvalidArgument: status.INVALID_ARGUMENT,
  Configuration: status.FAILED_PRECONDITION,
  Response: status.DATA_LOSS,
  IncompleteList: status.ABORTED,
  NoQualifyingBackup: status.NOT_FOUND,
  WaitTimeout: status.DEADLINE_EXCEEDED,
};

const byKind: Readonly<Record<RequestErrorKind, status>> = {
  denied: status.PERMISSION_DENIED,
  throttled: status.RESOURCE_EXHAUSTED,
  unavailable: status.UNAVAILABLE,
  rejected: status.INVALID_ARGUMENT,
};

function codeOf(error: unknown): status {
  if (error instanceof CancelledError) return status.CANCELLED;
  if (error instanceof RequestError) return byKind[error.kind];
  if (error instanceof BackupsError && error.code !== "Request") return byCode[error.code];
  return status.INTERNAL;
}

/** How an error goes over gRPC: a status for programs, the message alone for people. */
export function statusOf(error: unknown): { readonly code: status; readonly details: string } {
  const details = error instanceof Error ? error.message : String(error);
  return { code: codeOf(error), details };
}

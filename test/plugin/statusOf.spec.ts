import assert from "node:assert/strict";
import { status } from "@grpc/grpc-js";
import {
  ConfigurationError,
  IncompleteListError,
  InvalidArgumentError,
  NoQualifyingBackupError,
  RequestError,
  ResponseError,
  WaitTimeoutError,
  type RequestErrorKind,
} from "../../provider";
import { CancelledError, statusOf } from "../../provider/plugin/statusOf";

const request = (kind: RequestErrorKind) => new RequestError("m", { kind, attempts: 1 });
const counts = { readCount: 0, totalCount: 1 };

const errors: readonly [error: unknown, code: status, details?: string][] = [
  [new InvalidArgumentError("f", []), status.INVALID_ARGUMENT, "f was given invalid arguments: ."],
  [new ConfigurationError("m"), status.FAILED_PRECONDITION],
  [new ResponseError("m"), status.DATA_LOSS],
  [new IncompleteListError("m", counts), status.ABORTED],
  [new NoQualifyingBackupError("m", []), status.NOT_FOUND],
  [new WaitTimeoutError("m", []), status.DEADLINE_EXCEEDED],
  [request("denied"), status.PERMISSION_DENIED],
  [request("throttled"), status.RESOURCE_EXHAUSTED],
  [request("unavailable"), status.UNAVAILABLE],
  [request("rejected"), status.INVALID_ARGUMENT],
  [new CancelledError(), status.CANCELLED, "The call was cancelled."],
  [new TypeError("m"), status.INTERNAL],
  ["text", status.INTERNAL, "text"],
];

describe("the gRPC status of an error", () => {
  for (const [error, code, details = "m"] of errors) {
    const name = error instanceof RequestError ? `${error.name} (${error.kind})` : typeof error;
    it(`${name === "object" ? (error as Error).constructor.name : name}: ${status[code]}`, () => {
      assert.deepEqual(statusOf(error), { code, details });
    });
  }
});

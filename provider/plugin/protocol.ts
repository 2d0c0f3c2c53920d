import type { handleUnaryCall } from "@grpc/grpc-js";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { statusOf } from "./statusOf";

/** A method as an async function; what it throws becomes a gRPC status. */
export function unary<Request, Response>(
  answer: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return ({ request }, callback) => {
    Promise.resolve(request)
      .then(answer)
      .then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          callback(statusOf(error));
        },
      );
  };
}

/** A message's values as plain JavaScript. */
export function javaScriptOf(struct: Struct | undefined): object {
  return struct?.toJavaScript() ?? {};
}

/** Plain JavaScript as a message's values; nothing in it is undefined. */
export function structOf(values: object): Struct {
  return Struct.fromJavaScript(values as Readonly<Record<string, JavaScriptValue>>);
}

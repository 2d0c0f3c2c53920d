import { nonceUsed, tokenExpired } from "./authentication";
import type { Fault, RefusalFault } from "./faults";
import { rejectedToken } from "./pageRequest";
import { errorReply, type Reply, type ReplyContext } from "./reply";
import { ServiceError } from "./serviceError";

/** Texts the service gives with the codes it answers trouble of its own with. */
const troubles: Record<number, readonly [code: string, message: string]> = {
  500: ["InternalError", "The request processing has failed due to some unknown error."],
  503: ["ServiceUnavailable", "The request has failed due to a temporary failure of the server."],
};

const refusalKinds: readonly string[] = [
  "throttle",
  "status",
  "errorBody",
  "redirect",
  "rejectToken",
  "expiredToken",
  "nonceUsed",
] satisfies readonly RefusalFault["kind"][];

/** Whether a fault is a refusal. */
export function isRefusal(fault: Fault): fault is RefusalFault {
  return refusalKinds.includes(fault.kind);
}

/** The reply that a refusal fault puts in the place of the right one. */
export function refusalReply(fault: RefusalFault, context: ReplyContext): Reply {
  switch (fault.kind) {
    case "throttle": {
      const reply = errorReply(
        new ServiceError(
          fault.status ?? 400,
          fault.code ?? "Throttling.User",
          "Request was denied due to user flow control.",
        ),
        context,
      );
      if (fault.retryAfterMs === undefined) return reply;
      const headers = { ...reply.headers, "x-acs-retry-after": String(fault.retryAfterMs) };
      return { ...reply, headers };
    }
    case "status": {
      const [code, message] = troubles[fault.status] ?? ["UnknownError", "Unknown error."];
      const reply = errorReply(
        new ServiceError(fault.status, fault.code ?? code, fault.message ?? message),
        context,
      );
      if (fault.body === undefined) return reply;
      const headers = { "content-type": fault.contentType ?? "text/html" };
      return { ...reply, headers, body: fault.body };
    }
    case "errorBody":
      return errorReply(
        new ServiceError(
          200,
          fault.code ?? "NoPermission",
          fault.message ?? "You are not authorized to do this operation.",
        ),
        context,
      );
    case "redirect":
      return {
        status: fault.status ?? 302,
        headers: { location: fault.location },
        body: "",
        code: undefined,
      };
    case "rejectToken":
      return errorReply(rejectedToken(), context);
    case "expiredToken":
      return errorReply(tokenExpired(), context);
    case "nonceUsed":
      return errorReply(nonceUsed(), context);
  }
}

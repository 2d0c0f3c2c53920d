import type { AnswerJson } from "./actions";
import type { ServiceError } from "./serviceError";

/** An HTTP answer before it is sent. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The error code in the body; undefined for a good answer. */
  readonly code: string | undefined;
}

/** What every reply repeats of its request. */
export interface ReplyContext {
  readonly requestId: string;
  /** The Host header. */
  readonly host: string;
}

/** A good answer. */
export function goodReply(answer: AnswerJson, context: ReplyContext): Reply {
  return jsonReply(200, answer, context, undefined);
}

/** A refusal, in the gateway's form. */
export function errorReply(error: ServiceError, context: ReplyContext): Reply {
  const body = {
    RequestId: context.requestId,
    Message: error.message,
    Recommend: `https://error-center.aliyun.com/status/search?Keyword=${error.code}&source=PopGw`,
    HostId: context.host,
    Code: error.code,
    AccessDeniedDetail: error.detail,
  };
  return jsonReply(error.httpStatus, body, context, error.code);
}

function jsonReply(
  status: number,
  body: AnswerJson,
  context: ReplyContext,
  code: string | undefined,
): Reply {
  const headers = {
    "content-type": "application/json;charset=utf-8",
    "x-acs-request-id": context.requestId,
  };
  return { status, headers, body: JSON.stringify(body), code };
}

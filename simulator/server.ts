import { randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

import { type ActionName, answer, type ServiceState } from "./actions";
import { admittedAction, denied, refuseOtherForms } from "./admission";
import { createAuthenticator, type Credentials } from "./authentication";
import { deliver, isSilent, pause } from "./delivery";
import type { FaultSubject, Strike } from "./faultQueue";
import type { DateFault, DeliveryFault } from "./faults";
import { pageAsked } from "./pageRequest";
import { isRefusal, refusalReply } from "./refusals";
import { errorReply, goodReply, type Reply, type ReplyContext } from "./reply";
import { recordOf, type RequestRecord } from "./requestLog";
import { type AccessDeniedDetail, ServiceError } from "./serviceError";
import { spoil } from "./spoiling";
import { header, readRequest, type WireRequest } from "./wireRequest";

/** What the server needs to answer requests. */
export interface ServerParts {
  readonly state: ServiceState;
  readonly credentials: Credentials;
  readonly clock: () => number;
  readonly latencyMs: number;
  readonly deny: readonly string[];
  readonly accessDeniedDetail: Partial<AccessDeniedDetail>;
  readonly strike: (subject: FaultSubject) => Strike;
  readonly log: (record: RequestRecord) => void;
  readonly onRequest: ((record: RequestRecord) => unknown) | undefined;
}

/** What goes back, and how. */
interface Outcome {
  readonly reply: Reply;
  readonly delivery?: DeliveryFault | undefined;
  readonly date?: DateFault | undefined;
  readonly gzip?: boolean;
}

/** Returns the listener of the HTTP server. */
export function createRequestListener(parts: ServerParts): RequestListener {
  const { clock, state } = parts;
  const authenticate = createAuthenticator(parts.credentials, clock);

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    let request: WireRequest;
    try {
      request = await readRequest(incoming);
    } catch {
      // The client hung up: there is no request, and nobody to answer.
      return;
    }
    const record = recordOf(request, clock(), randomUUID().toUpperCase());
    parts.log(record);
    await pause(parts.latencyMs);

    const outcome = await decide(request, record);
    if (!isSilent(outcome.delivery)) {
      record.status = outcome.reply.status;
      record.code = outcome.reply.code;
    }
    response.sendDate = false;
    const date = dateIn(outcome, clock());
    if (date !== undefined) response.setHeader("date", date);
    await deliver(response, outcome.reply, outcome.gzip === true, outcome.delivery);
  }

  async function decide(request: WireRequest, record: RequestRecord): Promise<Outcome> {
    const context = { requestId: record.requestId, host: header(request, "host") ?? "" };
    let action: ActionName;
    try {
      refuseOtherForms(request);
      authenticate(request);
      action = admittedAction(request);
    } catch (error) {
      return { reply: refusalOf(error, context) };
    }

    record.page = pageAsked(action, request.parameters, state.tokens);
    await parts.onRequest?.(record);
    const { outcome, date, gzip, content } = parts.strike({ action, page: record.page });
    if (outcome !== undefined) record.faults.push(outcome.kind);
    if (date !== undefined) record.faults.push(date.kind);
    if (gzip) record.faults.push("gzip");
    if (outcome !== undefined && isRefusal(outcome)) {
      return { reply: refusalReply(outcome, context), date, gzip };
    }
    try {
      if (parts.deny.includes(action)) throw denied(action, parts.accessDeniedDetail);
      const answered = answer(action, request.parameters, state, clock());
      const good = { RequestId: record.requestId, ...answered.json };
      const fault = content();
      if (fault !== undefined) record.faults.push(fault.kind);
      const json = fault === undefined ? good : spoil(fault, good, answered.page, state.tokens);
      return { reply: goodReply(json, context), delivery: outcome, date, gzip };
    } catch (error) {
      return { reply: refusalOf(error, context), delivery: outcome, date, gzip };
    }
  }

  return (incoming, response) => {
    handle(incoming, response).catch((error: unknown) => {
      // A hook or a patch that throws is a mistake in a test: it ends as an unhandled rejection,
      // with its stack, and not as one more kind of refusal. The client is not left waiting.
      response.destroy();
      throw error;
    });
  };
}

/** The Date header, if there is to be one. */
function dateIn({ date }: Outcome, now: number): string | undefined {
  if (date === undefined) return new Date(now).toUTCString();
  return date.kind === "wrongDate" ? date.date : undefined;
}

function refusalOf(error: unknown, context: ReplyContext): Reply {
  if (error instanceof ServiceError) return errorReply(error, context);
  throw error;
}

import { createLane } from "../../provider/client/lane";
import { parsePage } from "../../provider/client/page";
import { createRequester } from "../../provider/client/requester";
import type { Transport, WireRequest } from "../../provider/client/transport";
import { createReader, type Reader } from "../../provider/reader";
import { connectionTo } from "../support/connection";
import { fakeClock } from "../support/fakeClock";

const connection = connectionTo("http://127.0.0.1:1");

/** A reader whose service answers with these texts; its pauses take no time. */
export function readerOf(answer: (request: WireRequest) => string): Reader {
  const clock = fakeClock({ now: Date.parse("2026-01-01T12:00:00Z") });
  const headers = { "content-type": "application/json" };
  const transport: Transport = {
    send: (request) => Promise.resolve({ status: 200, headers, body: answer(request) }),
  };
  const identity = { accessKeyId: "LTAI5tOfTheFuzzer", accessKeySecret: "s", securityToken: "t" };
  const identities = {
    key: "fuzzer",
    current: () => Promise.resolve({ ...identity, providerName: "static" }),
    forget: () => undefined,
  };
  const request = createRequester({
    ...{ connection, transport, identities, clock },
    lane: createLane(clock),
  });
  const silent = { warn: () => undefined, progress: () => undefined };
  const reader = createReader(connection, undefined, silent, clock);
  return {
    ...reader,
    api: {
      ...reader.api,
      async list(kind, query, token, number, context) {
        const parameters = token === undefined ? query : { ...query, NextToken: token };
        const answered = await request({ action: kind.action, query: parameters }, context);
        return parsePage(kind, answered, number);
      },
    },
  };
}

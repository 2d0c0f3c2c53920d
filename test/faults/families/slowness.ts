import type { Settings } from "../../../provider";
import type { Family } from "../family";
import { answers } from "../outcome";
import { simulator } from "../peers";
import { once } from "./strikes";
import { late, noAnswer } from "./words";

const shortRead: Settings = { clientReadTimeout: 300 };

export const slowness: Family = {
  title: "A slow peer",
  cases: [
    {
      fault: "the first byte comes late, but in time",
      peer: once({ kind: "slowFirstByte", delayMs: 200 }),
      outcome: answers(0),
    },
    {
      fault: "the body comes in pieces, in time",
      peer: once({ kind: "slowBody", bytes: 8000, delayMs: 20 }),
      outcome: answers(0),
    },
    {
      fault: "the first byte comes too late, once",
      peer: once({ kind: "slowFirstByte", delayMs: 5000 }),
      settings: { clientReadTimeout: 500 },
      outcome: answers(1),
    },
    {
      fault: "no answer, each time (on the first page)",
      peer: simulator([{ kind: "neverAnswer", times: Infinity }]),
      settings: shortRead,
      outcome: noAnswer("no answer within 300 ms (clientReadTimeout)"),
      openApi: { because: "late", outcome: late },
    },
    {
      fault: "a byte at a time, without end (on the first page)",
      peer: simulator([{ kind: "slowBody", bytes: 1, delayMs: 20, times: Infinity }]),
      settings: shortRead,
      outcome: noAnswer("the answer was not complete within 3000 ms"),
      openApi: { because: "late", outcome: late },
    },
    {
      fault: "half of the body, then silence (on the first page)",
      peer: simulator([{ kind: "slowBody", bytes: 10_000, delayMs: 60_000, times: Infinity }]),
      settings: shortRead,
      outcome: noAnswer("the answer stopped for 300 ms (clientReadTimeout)"),
      openApi: { because: "late", outcome: late },
    },
  ],
};

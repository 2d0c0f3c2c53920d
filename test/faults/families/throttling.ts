import { answers } from "../outcome";
import type { Family } from "../family";
import { always, once } from "./strikes";
import { gaveUp, throttled } from "./words";

export const throttling: Family = {
  title: "A busy service",
  cases: [
    {
      fault: "throttled once",
      peer: once({ kind: "throttle" }),
      outcome: answers(1),
    },
    {
      fault: "throttled twice",
      peer: once({ kind: "throttle", times: 2 }),
      outcome: answers(2),
    },
    {
      fault: "throttled once, and asked to wait for 300 ms (`x-acs-retry-after`)",
      peer: once({ kind: "throttle", retryAfterMs: 300 }),
      outcome: answers(1),
    },
    {
      fault: "throttled for as long as it is tried",
      peer: always({ kind: "throttle" }),
      outcome: throttled(`${gaveUp} `),
    },
    {
      fault: "throttled, and asked to wait for longer than may be tried",
      peer: always({ kind: "throttle", retryAfterMs: 60_000 }),
      outcome: throttled(`${gaveUp} The service asks for a pause of 60 s. `),
      openApi: { because: "pause", outcome: throttled(`${gaveUp} `) },
    },
  ],
};

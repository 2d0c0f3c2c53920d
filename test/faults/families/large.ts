import type { Family } from "../family";
import { answers } from "../outcome";
import { always, once } from "./strikes";
import { noAnswerAtAll, notJson } from "./words";

export const large: Family = {
  title: "Too much of an answer",
  cases: [
    {
      fault: "60 MB",
      peer: once({ kind: "hugeBody", bytes: 60_000_000 }),
      outcome: answers(),
      isLarge: true,
    },
    {
      fault: "200 MB",
      peer: always({ kind: "hugeBody", bytes: 200_000_000 }),
      outcome: noAnswerAtAll("the answer is larger than 64 MiB"),
      openApi: { because: "size", outcome: answers() },
      isLarge: true,
    },
    {
      fault: "70 MB, gzipped to 300 KB",
      peer: always({ kind: "gzipBomb", bytes: 70_000_000 }),
      outcome: noAnswerAtAll("the answer is larger than 64 MiB"),
      openApi: { because: "gzip", outcome: notJson },
      isLarge: true,
    },
    {
      fault: "a gzipped answer of the usual size",
      peer: once({ kind: "gzip" }),
      outcome: answers(),
      openApi: { because: "gzip", outcome: answers(1) },
    },
  ],
};

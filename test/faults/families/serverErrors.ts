import type { Family } from "../family";
import { answers } from "../outcome";
import { html } from "./bodies";
import { always, once } from "./strikes";
import { id, notJson, temporary, unavailable } from "./words";

const internal = unavailable(
  "InternalError, HTTP 500",
  "The request processing has failed due to some unknown error",
  ` ${id}`,
);
const gateway = (status: number) =>
  unavailable(`HTTP ${status}`, "text/html, which is not the service's JSON");

export const serverErrors: Family = {
  title: "A service, or something in front of it, in trouble",
  cases: [
    { fault: "500 once", peer: once({ kind: "status", status: 500 }), outcome: answers(1) },
    { fault: "503 once", peer: once({ kind: "status", status: 503 }), outcome: answers(1) },
    { fault: "502 once, a page of HTML", peer: once(html(502)), outcome: answers(1) },
    { fault: "504 once, a page of HTML", peer: once(html(504)), outcome: answers(1) },
    { fault: "500 each time", peer: always({ kind: "status", status: 500 }), outcome: internal },
    { fault: "503 each time", peer: always({ kind: "status", status: 503 }), outcome: temporary },
    {
      fault: "502 each time, a page of HTML",
      peer: always(html(502)),
      outcome: gateway(502),
      openApi: { because: "status", outcome: notJson },
    },
    {
      fault: "504 each time, a page of HTML",
      peer: always(html(504)),
      outcome: gateway(504),
      openApi: { because: "status", outcome: notJson },
    },
  ],
};

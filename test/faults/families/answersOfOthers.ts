import type { FaultCase, Family } from "../family";
import { answers, fails } from "../outcome";
import { leadingElsewhere } from "../peers";
import { html, xml } from "./bodies";
import { always, once } from "./strikes";
import { asked, gaveUp, id, malformed, noAnswer, notJson, refused } from "./words";

const denied = (
  facts: string,
  reason = "You are not authorized to do this operation",
  requestId?: string,
) =>
  refused(
    "denied",
    facts,
    reason,
    "The caller may not call computenest:ListBackups. Allow the action computenest:ListBackups on " +
      "resource * in RAM. ",
    requestId,
  );

const redirect = (fault: string, status: number): FaultCase => ({
  fault,
  peer: leadingElsewhere(status),
  outcome: fails(
    "RequestError rejected",
    `ListBackups was rejected (HTTP ${status}): a redirect, which is never followed. Check the ` +
      `endpoint, and proxies on the way. ${asked}`,
  ),
  openApi: { because: "redirect", outcome: notJson },
});

export const answersOfOthers: Family = {
  title: "An answer that is none",
  cases: [
    {
      fault: "JSON that breaks off, once",
      peer: once({ kind: "truncatedJson" }),
      outcome: answers(1),
    },
    { fault: "an empty body, once", peer: once({ kind: "emptyBody" }), outcome: answers(1) },
    {
      fault: "JSON that breaks off, each time",
      peer: always({ kind: "truncatedJson" }),
      outcome: malformed(
        "application/json, which is not the service's JSON",
        `${gaveUp} `,
        ` ${id}`,
      ),
      openApi: { because: "status", outcome: notJson },
    },
    {
      fault: "an empty body, each time",
      peer: always({ kind: "emptyBody" }),
      outcome: malformed("an empty body", `${gaveUp} `, ` ${id}`),
      openApi: { because: "status", outcome: notJson },
    },
    {
      fault: "a page of HTML as if all were well",
      peer: always(html(200)),
      outcome: malformed("text/html, which is not the service's JSON"),
      openApi: { because: "status", outcome: notJson },
    },
    {
      fault: "JSON that is no object",
      peer: always({ kind: "status", status: 200, body: "[]", contentType: "application/json" }),
      outcome: malformed("application/json, which is not the service's JSON", `${gaveUp} `),
      openApi: { because: "status", outcome: noAnswer("The value is not a object") },
    },
    {
      fault: "an error in a 200",
      peer: always({ kind: "errorBody" }),
      outcome: denied("NoPermission, HTTP 200"),
    },
    {
      fault: "an error in XML",
      peer: always({
        kind: "status",
        status: 403,
        body: xml("AccessDenied", "You may not."),
        contentType: "text/xml",
      }),
      outcome: denied("AccessDenied, HTTP 403", "You may not", ""),
      openApi: { because: "status", outcome: notJson },
    },
    redirect("a redirect to another host (302)", 302),
    redirect("a redirect to another host, with the request (307)", 307),
  ],
};

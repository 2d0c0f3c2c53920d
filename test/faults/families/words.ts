// What has to be said of faults, in the words that more than one of them comes to.

import { fails } from "../outcome";

export const asked = "Asked HOST as LTAI…Key (SETTINGS).";
export const gaveUp = "Given up after N attempts and N s (maxRetryTimeout is 1 s).";
export const id = "RequestId ID.";
const noPart = "No part of the list is returned in its place.";

export const noAnswer = (reason: string) =>
  fails(
    "RequestError unavailable",
    `ListBackups got no answer: ${reason}. Check the endpoint, the network and the proxy settings. ` +
      `${gaveUp} ${asked}`,
  );

export const noAnswerAtAll = (
  reason: string,
  advice = "Check the endpoint, the network and the proxy settings.",
) => fails("RequestError unavailable", `ListBackups got no answer: ${reason}. ${advice} ${asked}`);

export const late = noAnswer("no answer in time (clientConnectTimeout, clientReadTimeout)");
export const notJson = noAnswer("the answer is not JSON");

export const unavailable = (facts: string, reason: string, requestId = "") =>
  fails(
    "RequestError unavailable",
    `ListBackups got no answer (${facts}): ${reason}. ${gaveUp} ${asked}${requestId}`,
  );

export const temporary = unavailable(
  "ServiceUnavailable, HTTP 503",
  "The request has failed due to a temporary failure of the server",
  ` ${id}`,
);

export const malformed = (reason: string, effort = "", requestId = "") =>
  fails(
    "ResponseError",
    `ListBackups got an unusable answer (HTTP 200): ${reason}. Check the endpoint, and proxies ` +
      `on the way. ${effort}${asked}${requestId}`,
  );

export const unusable = (reason: string) =>
  fails("ResponseError", `Page 2 of ListBackups cannot be used: ${reason}. ${noPart} ${id}`);

export const endless = (reason: string) =>
  fails("ResponseError", `ListBackups does not come to an end: ${reason}. ${noPart} ${id}`);

const changedList = (read: number, reason: string, times: string, remedy: string) =>
  fails(
    "IncompleteListError",
    `The list of backups is not complete: ${read} different backups were read, but ${reason}. It ` +
      `was read ${times}; backups may be coming and going. ${remedy}`,
  );

/** The counts differ: the setting that does not count may help. */
export const incomplete = (read: number, reason: string, times = "3 times") =>
  changedList(
    read,
    reason,
    times,
    'Try again; if it stays so, the setting completeness "tokens" (COMPUTENEST_COMPLETENESS) trusts ' +
      "the last page's word instead of TotalCount.",
  );

/** A row came twice: no setting helps. */
export const repeated = (read: number, reason: string, times = "3 times") =>
  changedList(read, reason, times, "Try again.");

export const noneQualifies = (seen: string) =>
  fails(
    "NoQualifyingBackupError",
    `No backup of si-1 qualifies (Created, started within 24h). Seen 1: ${seen}. ${asked}`,
  );

export const refused = (
  kind: string,
  facts: string,
  reason: string,
  advice = "",
  requestId = ` ${id}`,
) =>
  fails(
    `RequestError ${kind}`,
    `ListBackups was ${kind} (${facts}): ${reason}. ${advice}${asked}${requestId}`,
  );

export const throttled = (effort: string) =>
  refused(
    "throttled",
    "Throttling.User, HTTP 400",
    "Request was denied due to user flow control",
    effort,
  );

export const deniedByRam = refused(
  "denied",
  "Forbidden.RAM, HTTP 403",
  "User not authorized to operate on the specified resource, or this API doesn't support RAM",
  "SubUser 212345678901234567 may not call computenest:ListBackups: no policy allows it. Allow " +
    "the action computenest:ListBackups on resource * in RAM. ",
);

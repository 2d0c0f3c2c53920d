// Every fault that the package is held to, and what has to come of it: the whole right answer, or the
// documented error. docs/reliability.md is made from what came of them in the last run.

import type { Settings } from "../../provider";
import type { Fault } from "../../simulator";
import { answers, fails, type Outcome } from "./outcome";
import {
  changing,
  leadingElsewhere,
  nobody,
  noSuchHost,
  noTls,
  service,
  simulator,
  withTemporaryKeys,
  wrongCertificate,
  type StartPeer,
} from "./peers";
import { backup, backups, hoursAgo, threePages } from "./world";

/** What Alibaba Cloud's own HTTP stack cannot do (README, Settings). */
export const openApiLimits = {
  pause: "It loses how long a throttle asks to wait.",
  status: "It loses the status of an answer that is not JSON, and asks again.",
  redirect: "It takes a redirect for broken JSON, and asks again.",
  gzip: "It takes a packed answer for broken JSON, and asks again.",
  size: "It reads whatever comes, however much.",
  words: "It words what is wrong with a connection in its own way.",
  late: "It tells in one of three ways that something was late, by chance.",
} as const;

/** Where the openapi-client transport comes to something else. */
export interface OpenApiException {
  readonly because: keyof typeof openApiLimits;
  readonly outcome: Outcome;
}

/** One way in which a peer misbehaves. */
export interface FaultCase {
  readonly fault: string;
  readonly peer: StartPeer;
  readonly settings?: Settings;
  /** What comes of it, whoever asks. */
  readonly outcome: Outcome;
  /** What comes of it for `listBackups`, which cannot take back what it has handed out. */
  readonly listBackups?: Outcome;
  /** What comes of it for getBackup and both kinds of gates. */
  readonly gates?: Outcome;
  readonly openApi?: OpenApiException;
  /** Whether the front ends are to be tried one after the other: it takes much memory. */
  readonly isLarge?: boolean;
}

/** Faults of a kind. */
export interface Family {
  readonly title: string;
  readonly cases: readonly FaultCase[];
}

const asked = "Asked HOST as LTAI…Key (SETTINGS).";
const gaveUp = "Given up after N attempts and N s (maxRetryTimeout is 1 s).";
const id = "RequestId ID.";
const noPart = "No part of the list is returned in its place.";

const onPage2 = { page: 2 } as const;

/** Strikes the second of three pages, once. */
function once(fault: Fault): StartPeer {
  return simulator([{ on: onPage2, ...fault }]);
}

/** Strikes the second of three pages, each time it is asked for. */
function always(fault: Fault): StartPeer {
  return once({ times: Infinity, ...fault });
}

/** The second page, its fields replaced, each time. */
function page2(patch: Record<string, unknown>): StartPeer {
  return always({ kind: "page", patch });
}

/** The second page with something put in front of its rows, each time. */
function page2With(row: unknown): StartPeer {
  return always({
    kind: "page",
    patch: (answer) => ({
      ...answer,
      Backups: [row, ...(answer["Backups"] as unknown[]).slice(1)],
    }),
  });
}

const noAnswer = (reason: string) =>
  fails(
    "RequestError unavailable",
    `ListBackups got no answer: ${reason}. Check the endpoint, the network and the proxy settings. ` +
      `${gaveUp} ${asked}`,
  );

const noAnswerAtAll = (
  reason: string,
  advice = "Check the endpoint, the network and the proxy settings.",
) => fails("RequestError unavailable", `ListBackups got no answer: ${reason}. ${advice} ${asked}`);

const late = noAnswer("no answer in time (clientConnectTimeout, clientReadTimeout)");
const notJson = noAnswer("the answer is not JSON");

const unavailable = (facts: string, reason: string, requestId = "") =>
  fails(
    "RequestError unavailable",
    `ListBackups got no answer (${facts}): ${reason}. ${gaveUp} ${asked}${requestId}`,
  );

const malformed = (reason: string, effort = "", requestId = "") =>
  fails(
    "ResponseError",
    `ListBackups got an unusable answer (HTTP 200): ${reason}. Check the endpoint, and proxies ` +
      `on the way. ${effort}${asked}${requestId}`,
  );

const unusable = (reason: string) =>
  fails("ResponseError", `Page 2 of ListBackups cannot be used: ${reason}. ${noPart} ${id}`);

const endless = (reason: string) =>
  fails("ResponseError", `ListBackups does not come to an end: ${reason}. ${noPart} ${id}`);

const changedList = (read: number, reason: string, times: string, remedy: string) =>
  fails(
    "IncompleteListError",
    `The list of backups is not complete: ${read} different backups were read, but ${reason}. It ` +
      `was read ${times}; backups may be coming and going. ${remedy}`,
  );

/** The counts differ: the setting that does not count may help. */
const incomplete = (read: number, reason: string, times = "3 times") =>
  changedList(
    read,
    reason,
    times,
    'Try again; if it stays so, the setting completeness "tokens" (COMPUTENEST_COMPLETENESS) trusts ' +
      "the last page's word instead of TotalCount.",
  );

/** A row came twice: no setting helps. */
const repeated = (read: number, reason: string, times = "3 times") =>
  changedList(read, reason, times, "Try again.");

const noneQualifies = (seen: string) =>
  fails(
    "NoQualifyingBackupError",
    `No backup of si-1 qualifies (Created, started within 24h). Seen 1: ${seen}. ${asked}`,
  );

const refused = (kind: string, facts: string, reason: string, advice = "", requestId = ` ${id}`) =>
  fails(
    `RequestError ${kind}`,
    `ListBackups was ${kind} (${facts}): ${reason}. ${advice}${asked}${requestId}`,
  );

const throttled = (effort: string) =>
  refused(
    "throttled",
    "Throttling.User, HTTP 400",
    "Request was denied due to user flow control",
    effort,
  );

const html = (status: number): Fault => ({
  kind: "status",
  status,
  body: "<html><body><h1>Bad Gateway</h1></body></html>",
  contentType: "text/html",
});

const xml = (code: string, message: string) =>
  `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;

const throttling: Family = {
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

const internal = unavailable(
  "InternalError, HTTP 500",
  "The request processing has failed due to some unknown error",
  ` ${id}`,
);
const temporary = unavailable(
  "ServiceUnavailable, HTTP 503",
  "The request has failed due to a temporary failure of the server",
  ` ${id}`,
);
const gateway = (status: number) =>
  unavailable(`HTTP ${status}`, "text/html, which is not the service's JSON");

const serverErrors: Family = {
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

const connections: Family = {
  title: "A network that breaks",
  cases: [
    {
      fault: "connection reset before the answer, once",
      peer: once({ kind: "resetBeforeHeaders" }),
      outcome: answers(1),
    },
    {
      fault: "connection ends within the headers, once",
      peer: once({ kind: "resetDuringHeaders" }),
      outcome: answers(1),
    },
    {
      fault: "connection ends within the body, once",
      peer: once({ kind: "resetDuringBody" }),
      outcome: answers(1),
    },
    {
      fault: "connection reset before the answer, each time",
      peer: always({ kind: "resetBeforeHeaders" }),
      outcome: noAnswer("read ECONNRESET"),
    },
    {
      fault: "connection ends within the headers, each time",
      peer: always({ kind: "resetDuringHeaders" }),
      outcome: noAnswer("other side closed"),
      openApi: { because: "words", outcome: noAnswer("socket hang up") },
    },
    {
      fault: "connection ends within the body, each time",
      peer: always({ kind: "resetDuringBody" }),
      outcome: noAnswer("other side closed"),
      openApi: { because: "words", outcome: noAnswer("aborted") },
    },
    {
      fault: "nobody listens there",
      peer: nobody,
      outcome: noAnswer("connect ECONNREFUSED HOST"),
    },
    {
      fault: "the host name does not exist",
      peer: noSuchHost,
      outcome: noAnswerAtAll("getaddrinfo ENOTFOUND HOST"),
    },
    {
      fault: "a certificate that nobody vouches for",
      peer: wrongCertificate,
      outcome: noAnswerAtAll(
        "self-signed certificate",
        "Nobody this machine trusts has signed it. If HOST is to be trusted, as with a company's " +
          "proxy that reads along, set NODE_EXTRA_CA_CERTS to the file (PEM) of the authority that " +
          "signed it, in the environment that pulumi is started from.",
      ),
    },
    {
      fault: "no TLS where it has to be",
      peer: noTls,
      outcome: noAnswerAtAll(
        "no TLS connection: wrong version number",
        "Check the endpoint, and whether a proxy on the way answers for HOST.",
      ),
    },
  ],
};

const shortRead: Settings = { clientReadTimeout: 300 };

const slowness: Family = {
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

const answersOfOthers: Family = {
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
    {
      fault: "a redirect to another host (302)",
      peer: leadingElsewhere(302),
      outcome: fails(
        "RequestError rejected",
        "ListBackups was rejected (HTTP 302): a redirect, which is never followed. Check the " +
          `endpoint, and proxies on the way. ${asked}`,
      ),
      openApi: { because: "redirect", outcome: notJson },
    },
    {
      fault: "a redirect to another host, with the request (307)",
      peer: leadingElsewhere(307),
      outcome: fails(
        "RequestError rejected",
        "ListBackups was rejected (HTTP 307): a redirect, which is never followed. Check the " +
          `endpoint, and proxies on the way. ${asked}`,
      ),
      openApi: { because: "redirect", outcome: notJson },
    },
  ],
};

const pages: Family = {
  title: "A page that is none",
  cases: [
    {
      fault: "`Backups` is null",
      peer: page2({ Backups: null }),
      outcome: unusable("it has no list Backups"),
    },
    {
      fault: "`Backups` is missing",
      peer: page2({ Backups: undefined }),
      outcome: unusable("it has no list Backups"),
    },
    {
      fault: "`Backups` is an object",
      peer: page2({ Backups: { Backup: [] } }),
      outcome: unusable("Backups: invalid input: expected array, received object"),
    },
    {
      fault: "a row is no object",
      peer: page2With("backup-101"),
      outcome: unusable("Backups[0]: invalid input: expected object, received string"),
    },
    {
      fault: "a row is null",
      peer: page2With(null),
      outcome: unusable("Backups[0]: invalid input: expected object, received null"),
    },
    {
      fault: "a row lacks `BackupId`",
      peer: page2With(backup(undefined as never)),
      outcome: unusable("Backups[0].BackupId: invalid input: expected string, received undefined"),
    },
    {
      fault: "a row of wrong types",
      peer: page2With({ ...backup("backup-101"), Status: 7, StartTime: 7, RetentionDays: "soon" }),
      outcome: unusable(
        "Backups[0].Status: invalid input: expected string, received number; " +
          "Backups[0].RetentionDays: expected a number of days; " +
          "Backups[0].StartTime: invalid input: expected string, received number",
      ),
    },
    {
      fault: "`TotalCount` is no number",
      peer: page2({ TotalCount: "many" }),
      outcome: unusable("TotalCount: expected a number of backups"),
    },
    {
      fault: "`NextToken` is no text",
      peer: page2({ NextToken: 3 }),
      outcome: unusable("NextToken: invalid input: expected string, received number"),
    },
  ],
};

const unreadable = (StartTime: string | null, seen: string): Omit<FaultCase, "fault"> => ({
  peer: service(backup("backup-1", { StartTime })),
  outcome: answers(),
  gates: noneQualifies(seen),
});

const rows: Family = {
  title: "A backup that cannot be understood",
  cases: [
    {
      fault: "an unknown status",
      peer: service(backup("backup-1", { Status: "Archived" })),
      outcome: answers(),
      gates: noneQualifies("backup-1 Archived, 2h old"),
    },
    {
      fault: "an unknown status of the newest of several",
      peer: service(
        backup("backup-0", { Status: "Archived", StartTime: hoursAgo(1) }),
        ...backups(3),
      ),
      outcome: answers(),
    },
    {
      fault: "a start that is no time",
      ...unreadable(
        "yesterday",
        'backup-1 Created, of unknown age: its start time "yesterday" cannot be read',
      ),
    },
    {
      fault: "no start",
      ...unreadable(null, "backup-1 Created, of unknown age: it has no start time"),
    },
    {
      fault: "a start without an offset, within 24 h in one reading only",
      ...unreadable(hoursAgo(18).slice(0, -1), "backup-1 Created, 26h old: 2h too old"),
    },
    {
      fault: "a start in the far future",
      ...unreadable(
        "9999-12-31T23:59:59Z",
        "backup-1 Created, not begun: its start is N d in the future",
      ),
    },
    {
      fault: "a start before 1970",
      ...unreadable("1969-12-31T23:59:59Z", "backup-1 Created, N d old: N d too old"),
    },
  ],
};

const tokens = { completeness: "tokens" } as const;
const newer = (list: readonly ReturnType<typeof backup>[]) => [
  backup("backup-0", { StartTime: hoursAgo(1) }),
  ...list,
];
const without50 = (list: readonly ReturnType<typeof backup>[]) =>
  list.filter(({ BackupId }) => BackupId !== "backup-50");

const lists: Family = {
  title: "A list that does not add up",
  cases: [
    {
      fault: "the token of a page leads to the page itself",
      peer: always({ kind: "repeatToken" }),
      outcome: endless("a NextToken came again (page 2)"),
    },
    {
      fault: "the tokens lead in a circle",
      peer: simulator([{ kind: "tokenCycle", length: 3, times: Infinity }]),
      outcome: endless("a NextToken came again (page 4)"),
    },
    {
      fault: "fresh tokens and no rows, without end",
      peer: always({ kind: "endlessEmptyPages" }),
      outcome: endless("11 empty pages in a row, each with a next one (page 12)"),
    },
    {
      fault: "a token is rejected midway, once",
      peer: once({ kind: "rejectToken" }),
      outcome: answers(2),
    },
    {
      fault: "a token is rejected midway, each time",
      peer: always({ kind: "rejectToken" }),
      outcome: refused(
        "rejected",
        "InvalidParameter.NextToken, HTTP 400",
        "The specified parameter is not valid: NextToken is not one that this query was given",
      ),
    },
    {
      fault: "a row stands on a page twice, once",
      peer: once({ kind: "duplicateRow" }),
      outcome: answers(),
    },
    {
      fault: "a row stands on a page twice in the place of another, once",
      peer: once({
        kind: "page",
        patch: (answer) => {
          const [first, , ...rest] = answer["Backups"] as unknown[];
          return { ...answer, Backups: [first, first, ...rest] };
        },
      }),
      outcome: answers(3),
      listBackups: repeated(249, "TotalCount is 250", "once"),
    },
    {
      fault: "a row stands on two pages in the place of another, each time",
      peer: page2With(threePages[0]),
      outcome: repeated(249, "TotalCount is 250"),
      listBackups: repeated(249, "TotalCount is 250", "once"),
    },
    {
      fault: "a backup is made while the list is read",
      peer: changing(newer),
      outcome: answers(3),
      listBackups: repeated(250, "TotalCount changed from page to page, 251 at last", "once"),
    },
    {
      fault: "a backup is deleted while the list is read",
      peer: changing(without50),
      outcome: answers(3),
      listBackups: incomplete(249, "TotalCount changed from page to page, 249 at last", "once"),
    },
    {
      fault: "`TotalCount` is too high, each time",
      peer: simulator([{ kind: "page", patch: { TotalCount: 251 }, times: Infinity }]),
      outcome: incomplete(250, "TotalCount is 251"),
      listBackups: incomplete(250, "TotalCount is 251", "once"),
    },
    {
      fault: "`TotalCount` is too low, each time",
      peer: simulator([{ kind: "page", patch: { TotalCount: 249 }, times: Infinity }]),
      outcome: incomplete(250, "TotalCount is 249"),
      listBackups: incomplete(250, "TotalCount is 249", "once"),
    },
    {
      fault: "`TotalCount` changes from page to page, once",
      peer: once({ kind: "page", patch: { TotalCount: 251 } }),
      outcome: answers(3),
      listBackups: incomplete(250, "TotalCount changed from page to page, 250 at last", "once"),
    },
    {
      fault: "`TotalCount` changes from page to page, each time",
      peer: page2({ TotalCount: 251 }),
      outcome: incomplete(250, "TotalCount changed from page to page, 250 at last"),
      listBackups: incomplete(250, "TotalCount changed from page to page, 250 at last", "once"),
    },
    {
      fault: "no `TotalCount`",
      peer: simulator([], { omitTotalCount: true }),
      outcome: answers(),
    },
    {
      fault: "no `TotalCount`, and a backup is made while the list is read",
      peer: changing(newer, { omitTotalCount: true }),
      outcome: answers(3),
      listBackups: repeated(
        250,
        "a backup came twice, so others may have been passed over",
        "once",
      ),
    },
    {
      fault: 'with `completeness: "tokens"`, `TotalCount` is too high',
      peer: simulator([{ kind: "page", patch: { TotalCount: 251 }, times: Infinity }]),
      settings: tokens,
      outcome: answers(),
    },
    {
      fault: 'with `completeness: "tokens"`, a backup is made while the list is read',
      peer: changing(newer),
      settings: tokens,
      outcome: answers(3),
      listBackups: repeated(
        250,
        "a backup came twice, so others may have been passed over",
        "once",
      ),
    },
  ],
};

const large: Family = {
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

const identity: Family = {
  title: "An identity that is not accepted",
  cases: [
    { fault: "the nonce was used, once", peer: once({ kind: "nonceUsed" }), outcome: answers(1) },
    {
      fault: "the nonce was used, each time",
      peer: always({ kind: "nonceUsed" }),
      outcome: refused(
        "rejected",
        "SignatureNonceUsed, HTTP 400",
        "Specified signature nonce was used already",
        `${gaveUp} `,
      ),
    },
    {
      fault: "the STS token expired, and there is a new one",
      peer: withTemporaryKeys([{ kind: "expiredToken", on: onPage2 }], 2),
      outcome: answers(1),
    },
    {
      fault: "the STS token expired, and so has the new one",
      peer: withTemporaryKeys([{ kind: "expiredToken", on: onPage2, times: Infinity }], 2),
      outcome: refused(
        "denied",
        "InvalidSecurityToken.Expired, HTTP 400",
        "Specified SecurityToken is expired",
        "The temporary credentials have expired; get new ones. ",
      ),
    },
    {
      fault: "this machine's clock is 20 minutes slow",
      peer: simulator([], { clock: () => Date.now() + 20 * 60_000 }),
      outcome: refused(
        "rejected",
        "InvalidTimeStamp.Expired, HTTP 400",
        "Specified time stamp or date value is expired",
        "Set this machine's clock: it may be at most 15 minutes off. ",
      ),
    },
    {
      fault: "this machine's clock is 20 minutes fast",
      peer: simulator([], { clock: () => Date.now() - 20 * 60_000 }),
      outcome: refused(
        "rejected",
        "InvalidTimeStamp.Expired, HTTP 400",
        "Specified time stamp or date value is expired",
        "Set this machine's clock: it may be at most 15 minutes off. ",
      ),
    },
    {
      fault: "the secret key is another one",
      peer: simulator([], { accessKeySecret: "anotherSecretKey" }),
      settings: { secretKey: "notTheSecretKey" },
      outcome: refused(
        "denied",
        "SignatureDoesNotMatch, HTTP 400",
        "Specified signature does not match our calculation. (the rest is not shown, as it repeats secrets)",
        "Check that the secret key belongs to the access key. ",
      ),
    },
    {
      fault: "RAM denies the action",
      peer: simulator([], { deny: ["ListBackups"] }),
      outcome: refused(
        "denied",
        "Forbidden.RAM, HTTP 403",
        "User not authorized to operate on the specified resource, or this API doesn't support RAM",
        "SubUser 212345678901234567 may not call computenest:ListBackups: no policy allows it. Allow " +
          "the action computenest:ListBackups on resource * in RAM. ",
      ),
    },
  ],
};

const hostility: Family = {
  title: "A peer that means harm",
  cases: [
    {
      fault: "an error of a million characters, with some that a terminal obeys",
      peer: always({
        kind: "status",
        status: 400,
        code: "Odd\u001b[2J",
        message: `\u001b[31mNo.\u202e${" ".repeat(1_000_000)}Or?`,
      }),
      outcome: refused("rejected", "Odd [2J, HTTP 400", "[31mNo"),
    },
    {
      fault: "a request id that a terminal obeys, on a page that is none",
      peer: page2({ Backups: null, RequestId: "\u001b[2J" }),
      outcome: unusable("it has no list Backups"),
    },
    {
      fault: "a backup whose words a terminal obeys",
      peer: service(
        backup("backup-1", { Status: "CreateFailed", StatusDetail: "\u001b[2Jgone\u202e\u0007" }),
      ),
      outcome: answers(),
      gates: noneQualifies("backup-1 CreateFailed, 2h old: [2Jgone"),
    },
    {
      fault: "a page of 200,000 rows that are none",
      peer: page2({ Backups: Array.from({ length: 200_000 }, () => ({})) }),
      outcome: unusable("Backups has 200000 rows, where a page has at most 100"),
      isLarge: true,
    },
  ],
};

/** All of them. */
export const families: readonly Family[] = [
  { title: "No fault", cases: [{ fault: "none", peer: simulator([]), outcome: answers() }] },
  throttling,
  serverErrors,
  connections,
  slowness,
  answersOfOthers,
  pages,
  rows,
  lists,
  large,
  identity,
  hostility,
];

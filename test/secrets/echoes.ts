// Peers that repeat all they were told, in every place that an answer has.

import type { ServerResponse } from "node:http";
import type { Captured } from "../support/scriptedServer";

/** The request as one text: the headers, with key, token and signature, and the parameters. */
function heard({ path, query, headers, body }: Captured): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${String(value)}`);
  return [path, JSON.stringify(query), ...lines, body].join(" ");
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

/** What a signature error of the service looks like: with the text that was to be signed. */
function stringToSign(captured: Captured): string {
  return (
    "Specified signature is not matched with our calculation. server string to sign is:" +
    `ACS3-HMAC-SHA256\n${heard(captured)}`
  );
}

/** Answers, each of which repeats the request somewhere. */
export const echoes: Readonly<Record<string, (request: Captured, to: ServerResponse) => unknown>> =
  {
    "the string to sign": (request, to) => {
      json(to, 400, { Code: "SignatureDoesNotMatch", Message: stringToSign(request) });
    },
    "a message": (request, to) => {
      json(to, 403, { Code: "Forbidden.RAM", Message: heard(request), RequestId: "R-1" });
    },
    "a code": (request, to) => {
      json(to, 400, { Code: heard(request), Message: "no" });
    },
    "a request id": (request, to) => {
      json(to, 400, { Code: "InvalidParameter", Message: "no", RequestId: heard(request) });
    },
    "the details of a denial": (request, to) => {
      const text = heard(request);
      const AccessDeniedDetail = {
        AuthAction: text,
        AuthPrincipalDisplayName: text,
        AuthPrincipalType: text,
        NoPermissionType: text,
      };
      json(to, 403, { Code: "NoPermission", Message: text, AccessDeniedDetail });
    },
    "an error that may pass": (request, to) => {
      json(to, 503, { Code: "ServiceUnavailable", Message: heard(request) });
    },
    "an error of status 200": (request, to) => {
      json(to, 200, { Code: "Unknown", Message: heard(request), Success: false });
    },
    XML: (request, to) => {
      const text = heard(request).replaceAll("<", " ").slice(0, 480);
      to.writeHead(400, { "content-type": "text/xml" });
      to.end(`<Error><Code>Bad</Code><Message>${text}</Message></Error>`);
    },
    HTML: (request, to) => {
      to.writeHead(200, { "content-type": "text/html" }).end(`<html>${heard(request)}</html>`);
    },
    "JSON that breaks off": (request, to) => {
      to.writeHead(200, { "content-type": "application/json" });
      to.end(`{"Backups": ${JSON.stringify(heard(request))}`);
    },
    "a content type": (request, to) => {
      to.writeHead(200, { "content-type": heard(request).replaceAll(/[^\x20-\x7e]/g, "") });
      to.end("no JSON");
    },
    "a header with the request id": (request, to) => {
      to.writeHead(500, { "x-acs-request-id": heard(request).replaceAll(/[^\x20-\x7e]/g, "") });
      to.end();
    },
    "an address elsewhere": (request, to) => {
      to.writeHead(302, { location: `https://a.example/?${encodeURIComponent(heard(request))}` });
      to.end();
    },
    "an encoding": (request, to) => {
      to.writeHead(200, {
        "content-encoding": heard(request).replaceAll(/[^\x20-\x7e]/g, ""),
      }).end("{}");
    },
    "a page that is none": (request, to) => {
      json(to, 200, { Backups: heard(request), TotalCount: 1 });
    },
    "a row that is none": (request, to) => {
      json(to, 200, { Backups: [heard(request)], TotalCount: 1 });
    },
    "fields of a row": (request, to) => {
      const text = heard(request);
      const row = {
        BackupId: "",
        ServiceInstanceId: { text },
        Status: [text],
        RetentionDays: text,
      };
      json(to, 200, { Backups: [row], TotalCount: 1 });
    },
    "a count": (request, to) => {
      json(to, 200, { Backups: [], TotalCount: heard(request) });
    },
    "a token": (request, to) => {
      json(to, 200, { Backups: [], NextToken: heard(request) });
    },
  };

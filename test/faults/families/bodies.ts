// Bodies that are not the service's JSON.

import type { Fault } from "../../../simulator";

export const html = (status: number): Fault => ({
  kind: "status",
  status,
  body: "<html><body><h1>Bad Gateway</h1></body></html>",
  contentType: "text/html",
});

export const xml = (code: string, message: string) =>
  `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;

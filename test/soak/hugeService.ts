// A list too long to hold, in a process of its own so that its memory does not count: pages are made
// as they are asked for. Says its address, and ends with its standard input.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const count = Number(process.argv[2]);
const pageSize = 100;
const newest = Date.parse("2026-06-01T00:00:00Z");

function rowAt(at: number): string {
  const start = new Date(newest - at * 60_000).toISOString().replace(".000", "");
  return (
    `{"BackupId":"backup-4e13aa8ca6a3${String(at).padStart(8, "0")}",` +
    `"ServiceInstanceId":"si-${at % 1000}","Status":"Created","BackupMode":"Manual",` +
    `"StartTime":"${start}","EndTime":"${start}","CreateTime":"${start}","RetentionDays":7}`
  );
}

const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? "/", "http://localhost");
  const from = Number(searchParams.get("NextToken") ?? 0);
  const to = Math.min(from + pageSize, count);
  const rows = Array.from({ length: to - from }, (_, i) => rowAt(from + i));
  const token = to < count ? String(to) : "";
  response.writeHead(200, { "content-type": "application/json" });
  response.end(`{"TotalCount":${count},"NextToken":"${token}","Backups":[${rows.join()}]}`);
  request.resume();
});

server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`http://127.0.0.1:${port}\n`);
});
process.stdin.on("end", () => process.exit()).resume();

// A service that answers whoever asks: no signatures, no filters, and pages that are made when they
// are asked for, so that a list may be longer than memory. For the floor, and for long lists.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Service } from "../task";

const pages = Number(process.argv[2]);
const sizeOfPage = 100;
const newest = Date.parse("2026-06-01T00:00:00Z");
const statuses = ["Created", "Created", "Created", "Deleted", "CreateFailed"];

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}

/** As the service writes them: some in UTC, some in China's time. */
function utc(instant: number): string {
  return new Date(instant).toISOString().replace(/\.\d+/, "");
}

function inChina(instant: number): string {
  return utc(instant + 8 * 3_600_000).replace("Z", "+08:00");
}

function rowOf(number: number) {
  const start = newest - number * 600_000;
  return {
    BackupId: `backup-${hex(Math.imul(number, 0x9e3779b1) >>> 0, 8)}${hex(number, 12)}`,
    ServiceInstanceId: `si-${hex(number % 500, 20)}`,
    Status: statuses[number % statuses.length],
    Description: "before the upgrade",
    BackupMode: "Manual",
    RetentionDays: 30,
    StartTime: utc(start),
    EndTime: utc(start + 900_000),
    CreateTime: inChina(start - 20_000),
    ModifiedTime: inChina(start + 900_000),
  };
}

function pageOf(number: number): string {
  const rows = Array.from({ length: sizeOfPage }, (_, i) => rowOf(number * sizeOfPage + i));
  return JSON.stringify({
    RequestId: "00000000-0000-0000-0000-000000000000",
    TotalCount: pages * sizeOfPage,
    MaxResults: sizeOfPage,
    NextToken: number + 1 < pages ? `page-${number + 1}` : "",
    Backups: rows,
  });
}

/** The last pages: many processes ask for the same first ones. */
const made = new Map<number, string>();

const server = createServer((request, response) => {
  const { searchParams } = new URL(request.url ?? "", "http://localhost");
  const number = Number(/\d+$/.exec(searchParams.get("NextToken") ?? "page-0")?.[0]);
  const body = made.get(number) ?? pageOf(number);
  if (number < 1000) made.set(number, body);
  request.resume();
  response.writeHead(200, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
});

server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  const service: Service = {
    host: `127.0.0.1:${port}`,
    accessKeyId: "LTAI5tBenchmarkAccessKey",
    accessKeySecret: "benchmarkAccessKeySecret00000",
  };
  process.stdout.write(`${JSON.stringify(service)}\n`);
  process.stdin.on("end", () => process.exit()).resume();
});

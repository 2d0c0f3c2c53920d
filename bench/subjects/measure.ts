// The inside of a measured process. Loaded by every subject, so it must load nothing itself.

import type { MemoryResult, PagesResult, Service, StartResult, Task } from "../task";

/**
 * Reads the whole list in pages of 100, and calls back after the last row of each page; stops when
 * that returns false.
 */
export type Read = (service: Service, onPage: () => boolean) => Promise<void>;

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function measurePages(
  read: Read,
  { service, warmUp, pages }: Extract<Task, { kind: "pages" }>,
): Promise<PagesResult> {
  let page = 0;
  let cpu = 0;
  let wall = 0;
  await read(service, () => {
    page += 1;
    if (page === warmUp) {
      cpu = -cpuMs();
      wall = -performance.now();
    }
    if (page < warmUp + pages) return true;
    cpu += cpuMs();
    wall += performance.now();
    return false;
  });
  if (page < warmUp + pages) throw new Error(`the list ended after ${page} pages`);
  return { cpuMsPerPage: cpu / pages, wallMsPerPage: wall / pages };
}

async function measureStart(read: Read, service: Service): Promise<StartResult> {
  let cpu = 0;
  await read(service, () => {
    cpu = cpuMs();
    return false;
  });
  return { cpuMs: cpu };
}

const mebibyte = 1024 * 1024;

/** MiB that are reachable. */
function reachable(): number {
  if (globalThis.gc === undefined) throw new Error("run with --expose-gc");
  // The second one frees what finalizers of the first let go.
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed / mebibyte;
}

async function measureMemory(
  read: Read,
  { service, looks }: Extract<Task, { kind: "memory" }>,
): Promise<MemoryResult> {
  const heap: number[] = [];
  let page = 0;
  await read(service, () => {
    page += 1;
    if (looks.includes(page)) heap.push(reachable());
    return heap.length < looks.length;
  });
  if (heap.length < looks.length) throw new Error(`the list ended after ${page} pages`);
  // maxRSS is in KiB.
  return { heap, peak: process.resourceUsage().maxRSS / 1024 };
}

async function perform(read: Read, task: Task): Promise<PagesResult | StartResult | MemoryResult> {
  switch (task.kind) {
    case "pages":
      return measurePages(read, task);
    case "start":
      return measureStart(read, task.service);
    case "memory":
      return measureMemory(read, task);
  }
}

/** Does what the first argument asks for, prints the result as JSON, and ends the process. */
export async function measure(read: Read): Promise<void> {
  const result = await perform(read, JSON.parse(process.argv[2] ?? "") as Task);
  // Connections that are kept alive would keep the process alive, too.
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit());
}

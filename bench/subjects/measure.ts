// The inside of a measured process. Loaded by every subject, so it must load nothing itself.

import type {
  ListResult,
  MemoryResult,
  OnceResult,
  PagesResult,
  Service,
  StartResult,
  Task,
} from "../task";

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
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / mebibyte;
}

async function measureMemory(
  read: Read,
  { service, looks }: Extract<Task, { kind: "memory" }>,
): Promise<MemoryResult> {
  const found: number[] = [];
  let page = 0;
  await read(service, () => {
    page += 1;
    if (looks.includes(page)) found.push(reachable());
    return found.length < looks.length;
  });
  if (found.length < looks.length) throw new Error(`the list ended after ${page} pages`);
  return { reachable: found, peak: peak() };
}

/** The most MiB the process ever had; maxRSS is in KiB. */
function peak(): number {
  return process.resourceUsage().maxRSS / 1024;
}

/** What a list takes that is read and kept, after a page that loads all that there is to load. */
export async function measureList(
  read: (service: Service, maxPages?: number) => Promise<unknown>,
): Promise<void> {
  const { service } = taskOf("list");
  await read(service, 1);
  const before = reachable();
  const list = await read(service);
  const result: ListResult = { held: reachable() - before, peak: peak() };
  // Still in use, so that nothing of it was let go before.
  if (list === undefined) throw new Error("no list");
  finish(result);
}

/** Time and CPU of something that is done once. */
export async function measureOnce(work: () => unknown): Promise<OnceResult> {
  const before = cpuMs();
  const startedAt = performance.now();
  await work();
  return { wallMs: performance.now() - startedAt, cpuMs: cpuMs() - before };
}

/** Looks many service instances up, each for itself, after one more that opens the connection. */
export async function measureLookups(
  prepare: (service: Service) => (instances: readonly string[]) => Promise<readonly number[]>,
): Promise<void> {
  const { service, instances } = taskOf("lookups");
  const lookUp = prepare(service);
  await lookUp(["si-warm-up"]);
  const result = await measureOnce(async () => {
    const found = await lookUp(instances);
    if (found.some((count) => count === 0)) throw new Error("an instance without backups");
  });
  finish(result);
}

/** The task in the first argument. */
function taskOf<Kind extends Task["kind"]>(kind: Kind): Extract<Task, { kind: Kind }> {
  const task = JSON.parse(process.argv[2] ?? "") as Task;
  if (task.kind !== kind) throw new Error(`this subject cannot do ${task.kind}`);
  return task as Extract<Task, { kind: Kind }>;
}

/** Prints a result as JSON, and ends the process: connections that are kept alive would keep it. */
export function finish(result: unknown): void {
  process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit());
}

async function perform(read: Read, task: Task): Promise<PagesResult | StartResult | MemoryResult> {
  switch (task.kind) {
    case "pages":
      return measurePages(read, task);
    case "start":
      return measureStart(read, task.service);
    case "memory":
      return measureMemory(read, task);
    default:
      throw new Error(`this subject cannot do ${task.kind}`);
  }
}

/** Does what the first argument asks for, prints the result as JSON, and ends the process. */
export async function measure(read: Read): Promise<void> {
  finish(await perform(read, JSON.parse(process.argv[2] ?? "") as Task));
}

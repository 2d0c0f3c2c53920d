import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Two empty directories: one to fill, one for whatever the filling leaves lying about. */
export interface Staging {
  readonly root: string;
  readonly scratch: string;
}

const marker = ".partial-";

/**
 * Lets `fill` make a directory and moves it to `target` in one step, so that `target` is never
 * half-made. Nothing stays behind when `fill` throws.
 */
export async function intoPlace<Made>(
  target: string,
  fill: (staging: Staging) => Promise<Made>,
): Promise<Made> {
  await mkdir(dirname(target), { recursive: true });
  const directory = await mkdtemp(target + marker);
  try {
    const staging = { root: join(directory, "root"), scratch: join(directory, "scratch") };
    await mkdir(staging.root);
    await mkdir(staging.scratch);
    const made = await fill(staging);
    await replace(target, staging.root, join(directory, "old"));
    return made;
  } finally {
    await remove(directory);
  }
}

/** Removes what killed processes left beside `target`. Only for the holder of its lock. */
export async function sweep(target: string): Promise<void> {
  const parent = dirname(target);
  for (const name of await readdir(parent)) {
    if (name.startsWith(basename(target) + marker)) await remove(join(parent, name));
  }
}

async function replace(target: string, source: string, old: string): Promise<void> {
  await rename(target, old).catch(unlessAbsent);
  await rename(source, target);
}

function unlessAbsent(error: unknown): void {
  if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
}

async function remove(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true, maxRetries: 3 });
}

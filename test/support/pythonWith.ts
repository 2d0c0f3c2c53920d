import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** An interpreter that has certain packages, or the reason why there is none. */
export type PythonWithPackages = { readonly python: string } | { readonly reason: string };

/**
 * Finds Python, and makes a virtual environment with the packages of a requirements file in the
 * user's cache unless one is there already. Takes a minute or two the first time.
 */
export async function pythonWith(requirements: string): Promise<PythonWithPackages> {
  const found = await findPython();
  if (found === undefined) return { reason: "there is no python3 >= 3.8 with venv" };

  // Another Python or other requirements make another environment.
  const hash = createHash("sha256").update(found.version).update(readFileSync(requirements));
  const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  const folder = join(cache, "pulumi-computenest", `python-${hash.digest("hex").slice(0, 12)}`);
  const python = join(folder, "bin", "python");
  if (existsSync(folder)) return { python };

  // Made aside and moved into place whole: an interrupted one is never taken for a good one, and two
  // at a time do not meet. It is used through its own bin/python only, which survives the move.
  const aside = `${folder}.${process.pid}.partial`;
  try {
    mkdirSync(join(cache, "pulumi-computenest"), { recursive: true });
    removeAbandoned(folder);
    await run(found.python, ["-m", "venv", aside]);
    const quiet = ["--quiet", "--no-input", "--disable-pip-version-check"];
    const pip = ["-m", "pip", "install", ...quiet, "-r", requirements];
    await run(join(aside, "bin", "python"), pip);
    renameSync(aside, folder);
  } catch (error) {
    if (existsSync(folder)) return { python };
    return { reason: `its packages could not be installed: ${(error as Error).message}` };
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return { python };
}

/** Removes what a run that was killed had begun to make. */
function removeAbandoned(folder: string): void {
  for (const name of readdirSync(dirname(folder))) {
    const [, pid] = /^python-.*\.(\d+)\.partial$/.exec(name) ?? [];
    if (pid === undefined || isRunning(Number(pid))) continue;
    rmSync(join(dirname(folder), name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function findPython(): Promise<{ python: string; version: string } | undefined> {
  const probe =
    "import ensurepip, sys, venv; assert sys.version_info >= (3, 8); print(sys.version, sys.prefix)";
  for (const python of ["python3", "python"]) {
    try {
      const { stdout } = await run(python, ["-c", probe]);
      return { python, version: stdout };
    } catch {
      // Not there, too old or without venv: the next one may do.
    }
  }
  return undefined;
}

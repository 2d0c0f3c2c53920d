import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";

// The engine itself looks for its plugins with these two endings on Windows.
const extensions = process.platform === "win32" ? [".exe", ".cmd"] : [""];

/** Whether `path` is a file that may be run. */
export async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    // Absent, unreadable or not executable: the answer is the same.
    return false;
  }
}

/** Whether `directory` holds a program called `name`. */
export async function holdsProgram(directory: string, name: string): Promise<boolean> {
  const found = await Promise.all(
    extensions.map((extension) => isExecutable(join(directory, name + extension))),
  );
  return found.includes(true);
}

/** Every program called `name` on PATH, in PATH's order. */
export async function findOnPath(name: string, environment: NodeJS.ProcessEnv): Promise<string[]> {
  const directories = (environment["PATH"] ?? "").split(delimiter).filter(Boolean);
  const candidates = [...new Set(directories.map((directory) => resolve(directory)))].flatMap(
    (directory) => extensions.map((extension) => join(directory, name + extension)),
  );
  const usable = await Promise.all(candidates.map(isExecutable));
  return candidates.filter((_, index) => usable[index]);
}

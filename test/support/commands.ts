import { execFile } from "node:child_process";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Runs a program to its end; an Error with all it printed when it fails. */
export async function run(
  cwd: string,
  program: string,
  args: readonly string[],
  env = process.env,
): Promise<string> {
  try {
    return (await execute(program, args, { cwd, env, maxBuffer: 2 ** 26 })).stdout;
  } catch (error) {
    const { stdout, stderr, message } = error as Error & { stdout?: string; stderr?: string };
    throw new Error([message, stdout, stderr].join("\n"), { cause: error });
  }
}

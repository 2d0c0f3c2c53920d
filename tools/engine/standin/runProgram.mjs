import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { clearTimeout, setTimeout } from "node:timers";
import { language } from "./sdk.mjs";

// cmd/run ends with this code when the user has been told everything already (its index.ts).
const loggedEverything = 32;

// What the real host grants a program between SIGINT and SIGKILL.
const graceMs = 5000;

const programs = new Set();

/** Runs the program of a RunRequest to its end. */
export async function runProgram(request, engineAddress) {
  const info = request.getInfo();
  const options = info.getOptions()?.toJavaScript() ?? {};
  const runner = findRunner(info.getProgramDirectory());
  if (runner === undefined) {
    return new language.RunResponse().setError(
      "It looks like the Pulumi SDK has not been installed. Have you run pulumi install?",
    );
  }
  // Without a shell's rules: no example needs a quoted flag.
  const nodeFlags = options.nodeargs?.split(/\s+/).filter(Boolean) ?? [];
  const program = spawn("node", [...nodeFlags, runner, ...argumentsOf(request, engineAddress)], {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...environmentOf(request, options) },
  });
  programs.add(program);
  try {
    const [code, signal] = await once(program, "exit");
    return responseTo(code, signal);
  } finally {
    programs.delete(program);
  }
}

/** Asks the running programs to end, and makes them after a while; resolves when they have. */
export async function interruptPrograms() {
  await Promise.all(
    [...programs].map(async (program) => {
      const ended = once(program, "exit");
      program.kill("SIGINT");
      const kill = setTimeout(() => program.kill("SIGKILL"), graceMs);
      await ended;
      clearTimeout(kill);
    }),
  );
}

/** The program's own SDK, not this repository's: both ends of a run have to fit together. */
function findRunner(programDirectory) {
  try {
    return createRequire(join(programDirectory, "program.js")).resolve("@pulumi/pulumi/cmd/run");
  } catch {
    return undefined;
  }
}

function argumentsOf(request, engineAddress) {
  const info = request.getInfo();
  const flags = {
    monitor: request.getMonitorAddress(),
    engine: engineAddress,
    organization: request.getOrganization(),
    project: request.getProject(),
    "root-directory": info.getRootDirectory(),
    stack: request.getStack(),
    pwd: info.getProgramDirectory(),
    parallel: String(request.getParallel()),
  };
  return [
    ...Object.entries(flags).flatMap(([name, value]) => (value ? [`--${name}`, value] : [])),
    ...(request.getDryrun() ? ["--dry-run"] : []),
    info.getEntryPoint(),
    ...request.getArgsList(),
  ];
}

function environmentOf(request, options) {
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    ...(options.typescript !== false && { PULUMI_NODEJS_TYPESCRIPT: "true" }),
    ...(options.tsconfig && { PULUMI_NODEJS_TSCONFIG_PATH: options.tsconfig }),
  };
}

function responseTo(code, signal) {
  const response = new language.RunResponse();
  if (code === 0) return response;
  if (code === loggedEverything) return response.setBail(true);
  return response.setError(`Program exited with non-zero exit code: ${code ?? signal}`);
}

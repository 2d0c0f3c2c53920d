// Shell scripts in the place of pulumi, go and the network, so that tools/engine is tested as the
// set of processes it is. Each script looks for its own tools in the system's directories; PATH as
// tools/engine sees it holds nothing but fakes.
import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

export interface Sandbox {
  readonly directory: string;
  /** The only directory on PATH. */
  readonly path: string;
  /** Where the engine is kept once it was got. */
  readonly kept: string;
  readonly environment: NodeJS.ProcessEnv;
}

export async function createSandbox(): Promise<Sandbox> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), "computenest-engine-")));
  const path = join(directory, "path", "bin");
  await mkdir(path, { recursive: true });
  const environment = {
    PATH: path,
    HOME: directory,
    COMPUTENEST_ENGINE_HOME: join(directory, "home"),
    COMPUTENEST_ENGINE_DOWNLOAD: "0",
  };
  return { directory, path, kept: join(directory, "home", "versions", "3.259.0"), environment };
}

export async function removeSandbox({ directory }: Sandbox): Promise<void> {
  await rm(directory, { recursive: true });
}

export async function writeProgram(path: string, ...lines: string[]): Promise<void> {
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, ["#!/bin/sh", "PATH=/usr/bin:/bin", ...lines, ""].join("\n"), {
    mode: 0o755,
  });
}

export async function writePulumi(path: string, version: string): Promise<void> {
  await writeProgram(path, `echo v${version}`);
}

/** What a release brings, as far as tools/engine looks; `without` names programs to leave out. */
export async function writeRelease(
  root: string,
  version = "3.259.0",
  without: readonly string[] = [],
): Promise<void> {
  const names = ["pulumi", "pulumi-language-yaml", "pulumi-language-nodejs"];
  for (const name of names.filter((candidate) => !without.includes(candidate))) {
    await writePulumi(join(root, "bin", name), version);
  }
}

/** A `go` that counts its builds, runs `before` and then writes what a build consists of. */
export async function writeGo(sandbox: Sandbox, ...before: string[]): Promise<void> {
  await writeProgram(
    join(sandbox.path, "go"),
    'if [ "$1" = version ]; then echo "go version go1.26.8 linux/amd64"; exit; fi',
    `echo build >> "${sandbox.directory}/builds"`,
    'for argument; do [ "$last" = -o ] && out=$argument; last=$argument; done',
    ...before,
    'mkdir -p "$out"',
    "for name in pulumi pulumi-language-yaml sdkgen; do",
    '  printf "#!/bin/sh\\necho v3.259.0\\n" > "$out$name"; chmod +x "$out$name"',
    "done",
  );
}

/** How often the fake `go` was asked to build. */
export async function countBuilds(sandbox: Sandbox): Promise<number> {
  const text = await readFile(join(sandbox.directory, "builds"), "utf8").catch(() => "");
  return text.split("\n").length - 1;
}

/** Settings under which the official installer's `fetch` runs the given body instead. */
export async function withFetch(sandbox: Sandbox, body: string): Promise<NodeJS.ProcessEnv> {
  const script = join(sandbox.directory, "fetch.cjs");
  await writeFile(script, `globalThis.fetch = async (url) => {\n${body}\n};\n`);
  return {
    ...sandbox.environment,
    COMPUTENEST_ENGINE_DOWNLOAD: "1",
    NODE_OPTIONS: `--require ${script}`,
  };
}

/** Answers the request for the install script with one that installs what a release brings. */
export const installsRelease = `
  if (url !== "https://get.pulumi.com/install.sh") throw new Error("not expected: " + url);
  return new Response(\`
    while [ "$#" -gt 0 ]; do case "$1" in
      --install-root) root=$2; shift 2;; --version) version=$2; shift 2;; *) shift;;
    esac; done
    echo noise; echo more noise >&2
    PATH=/usr/bin:/bin; mkdir -p "$root/bin"
    for name in pulumi pulumi-language-yaml pulumi-language-nodejs; do
      printf "#!/bin/sh\\\\necho v$version\\\\n" > "$root/bin/$name"; chmod +x "$root/bin/$name"
    done\`);`;

/** Never answers, and keeps the process alive, as a firewall that drops packets would. */
export const neverAnswers = "return new Promise(() => setInterval(() => undefined, 1000));";

export const refuses = 'throw new TypeError("fetch failed");';

/** Starts tools/engine/cli.ts with the sandbox's settings. */
export function startCli(environment: NodeJS.ProcessEnv): ChildProcess {
  const repository = join(__dirname, "..", "..");
  return spawn(
    process.execPath,
    ["-r", "ts-node/register/transpile-only", join(repository, "tools", "engine", "cli.ts")],
    { cwd: repository, env: environment, stdio: ["ignore", "pipe", "pipe"] },
  );
}

/** Resolves once `path` exists, and to its text. */
export async function appearance(path: string): Promise<string> {
  for (;;) {
    const text = await readFile(path, "utf8").catch(() => "");
    if (text !== "") return text;
    await pause(20);
  }
}

/** The processes whose ids are in the file `path` and that live on after being killed. */
export async function survivors(path: string): Promise<number[]> {
  const pids = (await readFile(path, "utf8")).split(/\s+/).filter(Boolean).map(Number);
  // A signal takes effect a little after it was sent.
  for (let tries = 0; tries < 50 && pids.some(isRunning); tries += 1) await pause(20);
  return pids.filter(isRunning);
}

/** Whether a process of this id is running. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== "linux") return true;
    // A dead orphan keeps its id until the system's first process takes note, if that ever does.
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    // No such process.
    return false;
  }
}

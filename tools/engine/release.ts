import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { completeCli } from "./engineCache";
import { EngineError } from "./engineError";
import { runInGroup } from "./processGroup";
import { withProgress } from "./progress";
import { pinnedVersion, type MakeOptions, type PulumiCli } from "./pulumiCli";
import { intoPlace, type Staging } from "./staging";

const source = "get.pulumi.com";
const checkMs = 250;

/** How long a download may go without a byte: until the first one, and between two. */
const patience = { contactMs: 8_000, stalledMs: 60_000 };

/** Installs the official release as `target`, unless there is no network that leads to it. */
export async function installRelease(
  target: string,
  options: MakeOptions,
  limits = patience,
): Promise<PulumiCli> {
  if (["0", "false"].includes(options.environment["COMPUTENEST_ENGINE_DOWNLOAD"] ?? "")) {
    throw new EngineError("switched off by COMPUTENEST_ENGINE_DOWNLOAD");
  }
  options.report(`Downloading Pulumi ${pinnedVersion} from ${source}.`);
  return intoPlace(target, async (staging) => {
    await download(staging, options, limits);
    const cli = await completeCli(staging.root, "release", options.environment);
    return { ...cli, root: target };
  });
}

async function download(
  staging: Staging,
  options: MakeOptions,
  limits: typeof patience,
): Promise<void> {
  const lines: string[] = [];
  const watch = watchGrowth([staging.root, staging.scratch], limits);
  const { scratch } = staging;
  const run = () =>
    runInGroup(
      process.execPath,
      [join(__dirname, "installRelease.mjs"), staging.root, pinnedVersion],
      {
        // The install script keeps its archive in TMPDIR and unpacks it in the current directory.
        environment: { ...options.environment, TMPDIR: scratch, TMP: scratch, TEMP: scratch },
        directory: scratch,
        signal: AbortSignal.any([options.signal, watch.signal]),
        onLine: (line) => {
          if (line === "ready") watch.start();
          else if (line.trim() !== "") lines.push(line.trim());
        },
      },
    );
  try {
    const ending = await withProgress(
      options,
      () => `Downloading Pulumi ${pinnedVersion}: ${Math.round(watch.bytes() / 1e6)} MB`,
      run,
    );
    if (ending !== 0) throw new EngineError(lines.slice(-3).join(" / "));
  } finally {
    watch.stop();
  }
}

/** Aborts its signal once the directories have not grown for too long. */
function watchGrowth(directories: readonly string[], limits: typeof patience) {
  const controller = new AbortController();
  let bytes = 0;
  let deadline = 0;
  let timer: NodeJS.Timeout | undefined;
  const check = async () => {
    const sizes = await Promise.all(directories.map(sizeOf));
    const now = sizes.reduce((sum, size) => sum + size, 0);
    if (now !== bytes) deadline = Date.now() + limits.stalledMs;
    bytes = now;
    if (Date.now() > deadline) controller.abort(new EngineError(whyGivenUp(bytes, limits)));
  };
  return {
    signal: controller.signal,
    bytes: () => bytes,
    start: () => {
      deadline = Date.now() + limits.contactMs;
      timer = setInterval(() => void check(), checkMs);
    },
    stop: () => {
      clearInterval(timer);
    },
  };
}

function whyGivenUp(bytes: number, limits: typeof patience): string {
  return bytes === 0
    ? `no contact with ${source} within ${limits.contactMs / 1000} s`
    : `the download stood still for ${limits.stalledMs / 1000} s`;
}

async function sizeOf(directory: string): Promise<number> {
  // Files come and go while the script works; one that is gone counts nothing.
  const names = await readdir(directory, { recursive: true }).catch(() => []);
  const sizes = names.map((name) =>
    stat(join(directory, name)).then(
      (entry) => (entry.isFile() ? entry.size : 0),
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

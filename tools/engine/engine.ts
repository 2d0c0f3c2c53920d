// Finds a Pulumi CLI for the tests, the demo and the examples, or gets one: see getEngine.
import { cachedCli, cachedRoot } from "./engineCache";
import { EngineError } from "./engineError";
import { withLock } from "./engineLock";
import { buildWithGo } from "./goBuild";
import type { Reporter } from "./progress";
import { oldestVersion, type Origin, type PulumiCli } from "./pulumiCli";
import { installRelease } from "./release";
import { hasNodeHost, rootWithStandIn } from "./standInRoot";
import { sweep } from "./staging";
import { cliOnPath, explicitCli } from "./usersCli";

export { EngineError } from "./engineError";
export { engineEnvironment } from "./engineEnvironment";

/** A Pulumi CLI that can run Node programs. */
export interface Engine {
  /** The directory that holds `bin/pulumi`; what `PulumiCommand.get({ root })` takes. */
  readonly root: string;
  readonly version: string;
  readonly origin: Origin;
  /** Whether Node programs run under the stand-in of tools/engine/standin. */
  readonly standInHost: boolean;
}

/** Where {@link findEngine} looks. */
export interface FindOptions {
  /** Where settings and PATH are read. @default process.env */
  readonly environment?: NodeJS.ProcessEnv | undefined;
}

/** Where {@link getEngine} looks, whom it tells of its progress, and what ends it. */
export interface GetOptions extends FindOptions, Reporter {
  /** Ends everything that was started, removes what is half-made and rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * The CLI that is here already: the one PULUMI_ROOT names, else one on PATH, else the one kept by
 * an earlier getEngine. Downloads and builds nothing. A PULUMI_ROOT that is wrong is an EngineError.
 */
export async function findEngine(options: FindOptions = {}): Promise<Engine | undefined> {
  const { environment = process.env } = options;
  const cli = await look(environment, []);
  return cli && engineOf(cli, environment);
}

/**
 * The CLI that findEngine finds, else the official release, else one built with Go. Both are kept
 * for later runs. An EngineError tells which ways were tried and why each was closed.
 */
export async function getEngine(options: GetOptions): Promise<Engine> {
  const { environment = process.env, report, signal } = options;
  signal?.throwIfAborted();
  const misses: string[] = [];
  const cli =
    (await look(environment, misses)) ?? (await make({ ...options, environment }, misses));
  const engine = await engineOf(cli, environment);
  report(`Pulumi ${engine.version} ${whence[engine.origin]} ${cli.root}.`);
  if (engine.standInHost) {
    report("It brings no language host for Node; the stand-in of tools/engine/standin is used.");
  }
  return engine;
}

const whence: Record<Origin, string> = {
  explicit: "named by PULUMI_ROOT:",
  path: "found on PATH:",
  cached: "kept from an earlier run:",
  release: "downloaded:",
  built: "built:",
};

async function look(
  environment: NodeJS.ProcessEnv,
  misses: string[],
): Promise<PulumiCli | undefined> {
  const explicit = environment["PULUMI_ROOT"];
  if (explicit) return explicitCli(explicit, environment);
  misses.push("PULUMI_ROOT: not set");
  return (
    (await attempt("PATH", misses, () => cliOnPath(environment))) ??
    (await attempt(cachedRoot(environment), misses, () => cachedCli(environment)))
  );
}

async function make(
  options: GetOptions & { readonly environment: NodeJS.ProcessEnv },
  misses: string[],
): Promise<PulumiCli> {
  const { environment, report } = options;
  const target = cachedRoot(environment);
  report(`No Pulumi CLI is here. ${misses.join("; ")}.`);
  return withLock(target, options, async (signal) => {
    await sweep(target);
    const own = { ...options, environment, signal };
    // Another process may have made it while this one waited for the lock.
    const others = await attempt(target, [], () => cachedCli(environment));
    if (others) return others;
    const release = await attempt("Official release", misses, () => installRelease(target, own));
    if (release) return release;
    signal.throwIfAborted();
    report(`${misses.at(-1)}.`);
    const built = await attempt("Build with Go", misses, () => buildWithGo(target, own));
    if (built) return built;
    signal.throwIfAborted();
    throw new EngineError(unavailable(misses));
  });
}

/** Runs one way to a CLI; a way that is closed adds its reason to `misses`. */
async function attempt(
  way: string,
  misses: string[],
  get: () => Promise<PulumiCli>,
): Promise<PulumiCli | undefined> {
  try {
    return await get();
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    misses.push(`${way}: ${error.message}`);
    return undefined;
  }
}

function unavailable(misses: readonly string[]): string {
  return [
    "No Pulumi CLI could be found or made. In this order was tried:",
    ...misses.map((miss) => `  - ${miss}`),
    `Install Pulumi ${oldestVersion} or newer (https://www.pulumi.com/docs/install/), or Go 1.25 or ` +
      "newer (https://go.dev/dl/), and run this again.",
  ].join("\n");
}

async function engineOf(cli: PulumiCli, environment: NodeJS.ProcessEnv): Promise<Engine> {
  const { version, origin } = cli;
  if (await hasNodeHost(cli, environment)) {
    return { root: cli.root, version, origin, standInHost: false };
  }
  return { root: await rootWithStandIn(cli), version, origin, standInHost: true };
}

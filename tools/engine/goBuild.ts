import { join } from "node:path";
import { completeCli } from "./engineCache";
import { EngineError } from "./engineError";
import { runInGroup } from "./processGroup";
import { withProgress } from "./progress";
import { pinnedVersion, type MakeOptions, type PulumiCli } from "./pulumiCli";
import { findOnPath } from "./searchPath";
import { intoPlace, type Staging } from "./staging";

// `go list -deps tool ./sdkgen | wc -l`; only shown, so it may drift a little with Go's versions.
const packagesInAll = 1_730;
const linesShown = 12;

/** What go.mod asks for; an older Go fetches this toolchain by itself if it can. */
const neededGo = "1.25.11";

/** Builds the CLI, its YAML host and sdkgen from this directory's go.mod, as `target`. */
export async function buildWithGo(target: string, options: MakeOptions): Promise<PulumiCli> {
  const [go] = await findOnPath("go", options.environment);
  if (go === undefined) throw new EngineError("no go on PATH");
  return intoPlace(target, async (staging) => {
    const version = await goVersion(go, staging, options);
    options.report(
      `Building Pulumi ${pinnedVersion} with ${version}: about 10 minutes on 2 cores and 3 GB in ` +
        "Go's caches, once. Later runs start at once.",
    );
    await build(go, version, staging, options);
    const cli = await completeCli(staging.root, "built", options.environment);
    return { ...cli, root: target };
  });
}

async function goVersion(go: string, staging: Staging, options: MakeOptions): Promise<string> {
  const lines: string[] = [];
  const ending = await runInGroup(go, ["version"], {
    // Otherwise an old Go would fetch the newer toolchain just to tell its version.
    environment: { ...options.environment, GOTOOLCHAIN: "local" },
    directory: staging.scratch,
    signal: options.signal,
    onLine: (line) => lines.push(line),
  });
  const version = /\bgo\d\S*/.exec(lines.join("\n"))?.[0];
  if (ending !== 0 || version === undefined) {
    throw new EngineError(`"${go} version" told no version: ${lines.join(" / ")}`);
  }
  return version.replace(/^go/, "Go ");
}

async function build(
  go: string,
  version: string,
  staging: Staging,
  options: MakeOptions,
): Promise<void> {
  const output = readOutput();
  const ending = await withProgress(
    options,
    () => `Building Pulumi ${pinnedVersion}: ${output.state()}`,
    () =>
      runInGroup(go, buildArguments(join(staging.root, "bin")), {
        // A go.work above the repository would shut this module out.
        environment: { ...options.environment, GOTMPDIR: staging.scratch, GOWORK: "off" },
        directory: __dirname,
        signal: options.signal,
        onLine: output.read,
      }),
  );
  if (ending !== 0) {
    throw new EngineError(
      [`${version} could not build it (${ending}); its last words:`, ...output.tail()].join(
        "\n      ",
      ) + adviceFor(version),
    );
  }
}

function buildArguments(directory: string): string[] {
  const version = `github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${pinnedVersion}`;
  return [
    ...["build", "-v", "-trimpath"],
    // Stamping asks git, which refuses in a clone that belongs to another user.
    "-buildvcs=false",
    // The tags of the official release.
    ...["-tags", "osusergo,grpcnotrace"],
    ...["-ldflags", `-s -w -X ${version}`],
    // With the trailing separator every program is written under its own name.
    ...["-o", join(directory, "/"), "tool", "./sdkgen"],
  ];
}

/** Counts what `go build -v` tells line by line, and keeps the last lines that tell more. */
function readOutput() {
  let downloaded = 0;
  let compiled = 0;
  const words: string[] = [];
  return {
    read: (line: string) => {
      if (line.startsWith("go: downloading ")) downloaded += 1;
      else if (/^[^\s:#]+$/.test(line)) compiled += 1;
      else words.push(line);
    },
    state: () => {
      if (compiled > 0) return `compiled ${compiled} of about ${packagesInAll} packages`;
      return downloaded > 0 ? `downloaded ${downloaded} modules` : "starting";
    },
    tail: () => words.slice(-linesShown),
  };
}

function adviceFor(version: string): string {
  const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(version) ?? []).map(Number);
  const [neededMajor = 0, neededMinor = 0] = neededGo.split(".").map(Number);
  if (major > neededMajor || (major === neededMajor && minor >= neededMinor)) return "";
  return `\n      Go ${neededGo} is needed; an older one fetches it by itself only where it may.`;
}

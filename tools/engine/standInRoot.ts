// The engine looks for its language hosts on PATH and beside the CLI. One on PATH alone earns a
// warning in every preview and up ("using pulumi-language-nodejs from $PATH"), and one installed
// beside the CLI would tie a cache shared by all clones to the clone that put it there. So a CLI
// that brings no Node host is linked into this clone's own node_modules, beside the stand-in.
import { createHash } from "node:crypto";
import * as fs from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { pulumiIn, type PulumiCli } from "./pulumiCli";
import { findOnPath, holdsProgram, isExecutable } from "./searchPath";
import { intoPlace } from "./staging";

const hostName = "pulumi-language-nodejs";
const repository = resolve(__dirname, "..", "..");
const windows = process.platform === "win32";

/** Whether the engine will find a Node language host for `cli` without help. */
export async function hasNodeHost(
  cli: PulumiCli,
  environment: NodeJS.ProcessEnv,
): Promise<boolean> {
  const beside = [join(cli.root, "bin"), await programs(cli)];
  const held = await Promise.all(beside.map((directory) => holdsProgram(directory, hostName)));
  if (held.includes(true)) return true;
  // A host on PATH belongs to the CLI on PATH, which may just have been found too old.
  return cli.origin === "path" && (await findOnPath(hostName, environment)).length > 0;
}

/** A root with the programs of `cli` and the stand-in host, made unless it is there already. */
export async function rootWithStandIn(cli: PulumiCli): Promise<string> {
  const origin = createHash("sha256").update(cli.root).digest("hex").slice(0, 8);
  const cache = join(repository, "node_modules", ".cache", "pulumi-computenest", "engine");
  const root = join(cache, `${cli.version}-${origin}`);
  if (await isCurrent(root, cli)) return root;
  try {
    await intoPlace(root, (staging) => fill(join(staging.root, "bin"), cli));
  } catch (error) {
    // Another process may have put the same thing there in the meantime.
    if (!(await isCurrent(root, cli))) throw error;
  }
  return root;
}

async function fill(bin: string, cli: PulumiCli): Promise<void> {
  await fs.mkdir(bin);
  for (const [name, source] of await programsOf(cli)) await linkOrCopy(source, join(bin, name));
  await fs.writeFile(join(bin, launcher.name), launcher.text, { mode: 0o755 });
}

// A file with the address of the stand-in rather than a link to it: the engine warns about a host
// on PATH whose real path is not beside the CLI, and Git on Windows may not know links.
const standIn = join(__dirname, "standin", "main.mjs");
const launcher = windows
  ? { name: `${hostName}.cmd`, text: `@node "${standIn}" %*\r\n` }
  : {
      name: hostName,
      text: `#!/usr/bin/env node\nimport(${JSON.stringify(pathToFileURL(standIn).href)});\n`,
    };

async function isCurrent(root: string, cli: PulumiCli): Promise<boolean> {
  const bin = join(root, "bin");
  try {
    if ((await fs.readFile(join(bin, launcher.name), "utf8")) !== launcher.text) return false;
    const same = (await programsOf(cli)).map(([name, source]) => sameFile(source, join(bin, name)));
    return (await Promise.all(same)).every(Boolean);
  } catch {
    // Whatever is missing or unreadable there, making it anew mends it.
    return false;
  }
}

/** The real directory of the CLI's programs: the engine resolves links before it looks around. */
async function programs(cli: PulumiCli): Promise<string> {
  return dirname(await fs.realpath(pulumiIn(cli.root)));
}

async function programsOf(cli: PulumiCli): Promise<[name: string, source: string][]> {
  const directory = await programs(cli);
  // A CLI on PATH may share its directory with all of /usr/bin.
  const names = (await fs.readdir(directory)).filter((name) => /^(pulumi|sdkgen)\b/.test(name));
  const found: [name: string, source: string][] = [];
  for (const name of names) {
    const source = join(directory, name);
    if (await isExecutable(source)) found.push([name, await fs.realpath(source)]);
  }
  return found;
}

async function linkOrCopy(source: string, target: string): Promise<void> {
  try {
    await fs.link(source, target);
  } catch {
    // Another file system, or one without hard links, or a file that is not ours to link.
    await fs.copyFile(source, target);
    const { atime, mtime } = await fs.stat(source);
    await fs.utimes(target, atime, mtime);
  }
}

async function sameFile(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([fs.stat(one), fs.stat(other)]);
  return a.size === b.size && a.mtime.getTime() === b.mtime.getTime();
}

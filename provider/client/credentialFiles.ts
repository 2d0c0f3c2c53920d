// Files with keys in them that others on this machine may read.

import { statSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { credentialsFileOf } from "../settings/environment";
import type { CredentialBase } from "../settings/connection";

/** Where the Alibaba Cloud CLI keeps its profiles, or the file that was named in its place. */
export function profileFile(file: string | undefined): string {
  return file?.replace(/^~(?=\/|$)/, homedir()) ?? join(homedir(), ".aliyun", "config.json");
}

/** The files in which keys are looked for; those of the chain as `@alicloud/credentials` has them. */
function filesOf(base: CredentialBase): readonly string[] {
  if (base.kind === "profile") return [profileFile(base.file)];
  if (base.kind !== "chain") return [];
  const iniFile = credentialsFileOf() ?? join(homedir(), ".alibabacloud", "credentials");
  return [profileFile(undefined), iniFile];
}

/** Who may do what with a file; nobody anything where that cannot be told. */
function modeOf(file: string): number {
  try {
    return statSync(file).mode;
  } catch {
    // Whoever reads the file will say what is wrong with it.
    return 0;
  }
}

const groupOrOthersRead = 0o044;

/** A path as a shell takes it. */
function quoted(path: string): string {
  return /^[\w./~-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

const warnedOf = new Set<string>();

/**
 * Warns, once for each file, of credentials that others may read. Windows is left out: its modes say
 * nothing of who may.
 */
export function warnOfOpenFiles(
  base: CredentialBase,
  warn: (message: string) => void,
  platform: NodeJS.Platform = process.platform,
): void {
  if (platform === "win32") return;
  for (const file of filesOf(base)) {
    const mode = modeOf(file);
    if ((mode & groupOrOthersRead) === 0 || warnedOf.has(file)) continue;
    warnedOf.add(file);
    const shown = (mode & 0o777).toString(8);
    warn(
      `The file ${file} holds credentials that others than its owner can read (mode ${shown}). ` +
        `Keep it to its owner: chmod 600 ${quoted(file)}`,
    );
  }
}

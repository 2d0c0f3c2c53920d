// The declarations, as compilers of the last years read them.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../support/commands";
import { pack } from "../support/packed";
import { npmInstall, sdk, writeProject } from "./consumer";

const versions = ["4.7", "4.9", "5.0", "5.4", "5.9", "6.0"];

/** Each line that has to be wrong shows that what it uses is no `any`. */
const program = `import * as pulumi from "@pulumi/pulumi";
import {
  backupGate, BackupGate, getBackup, getBackups, getBackupsOutput, listBackups, Provider,
  NoQualifyingBackupError, RequestError,
  type Backup, type GetBackupsResult,
} from "pulumi-computenest";
import { startSimulator, type Simulator } from "pulumi-computenest/simulator";

export const ids: pulumi.Output<string[]> = getBackupsOutput({ serviceInstanceId: "si" }).ids;
export const hooks: pulumi.ResourceHookBinding = backupGate("g", { serviceInstanceId: "si", maxAge: "1d" });
export async function read(): Promise<GetBackupsResult> {
  const streamed: Backup[] = [];
  for await (const backup of listBackups({ maxResults: 10 })) streamed.push(backup);
  const { qualifies }: { readonly qualifies: boolean } = await getBackup({ backupId: "b" });
  // @ts-expect-error
  await getBackup({ backupId: 1 });
  // @ts-expect-error
  await getBackups({ status: "created" });
  // @ts-expect-error
  streamed.push(qualifies);
  // @ts-expect-error
  new BackupGate("gate", { serviceInstanceId: "si" }, { provider: new Provider("p") });
  const simulator: Simulator = await startSimulator();
  // @ts-expect-error
  simulator.url = "no";
  return getBackups();
}
export function why(error: unknown): string | number {
  if (error instanceof RequestError) return error.kind;
  return error instanceof NoQualifyingBackupError ? error.seen.length : 0;
}
`;

const options = {
  strict: true,
  noEmit: true,
  target: "es2020",
  module: "node16",
  moduleResolution: "node16",
  types: ["node"],
};

describe("the declarations", function () {
  this.timeout(300_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "computenest-compilers-"));
    const { tarball } = await pack(folder);
    const tsconfig = JSON.stringify({ compilerOptions: options, files: ["index.ts"] });
    await writeProject(folder, { "index.ts": program, "tsconfig.json": tsconfig });
    const compilers = versions.map(
      (version) => `typescript-${version}@npm:typescript@~${version}.0`,
    );
    await npmInstall(folder, tarball, sdk, ...compilers);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const version of versions) {
    for (const skipLibCheck of ["true", "false"]) {
      it(`are read by TypeScript ${version}, skipLibCheck ${skipLibCheck}`, async () => {
        const tsc = join(folder, "node_modules", `typescript-${version}`, "lib", "tsc.js");
        const args = [tsc, "-p", folder, "--skipLibCheck", skipLibCheck, "--pretty", "false"];

        const said = await run(folder, process.execPath, args).catch(
          (error: unknown) => (error as Error).message,
        );

        // Other packages' declarations may be too new for an old compiler: what is ours may not.
        const ours = said
          .split("\n")
          .filter((line) => /^index\.ts|pulumi-computenest\//.test(line));
        assert.deepEqual(ours, []);
      });
    }
  }
});

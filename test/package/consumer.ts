// Projects of users, in which the packed package is installed.

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../support/commands";

/** The SDK that the package is developed against, which runs on every Node that it supports. */
export const sdk = "@pulumi/pulumi@3.248.0";

const quietly = ["--no-audit", "--no-fund", "--prefer-offline", "--ignore-scripts"];

/** Writes a project. */
export async function writeProject(
  folder: string,
  files: Readonly<Record<string, string>>,
  manifest: object = {},
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const all = { "package.json": JSON.stringify({ name: "user", private: true, ...manifest }) };
  for (const [name, text] of Object.entries({ ...all, ...files })) {
    await writeFile(join(folder, name), text);
  }
}

/** Installs packages in a project, without any of their scripts. */
export function npmInstall(folder: string, ...packages: readonly string[]): Promise<string> {
  return run(folder, "npm", ["install", "--prefix", folder, ...quietly, ...packages]);
}

const check = `
  const simulator = await startSimulator({ backups: sampleBackups({ now: Date.now(), count: 7 }) });
  const settings = {
    region: "cn-hangzhou",
    endpoint: simulator.url,
    accessKey: simulator.accessKeyId,
    secretKey: simulator.accessKeySecret,
  };
  const { ids } = await getBackups({}, { settings });
  await simulator.close();
  const refused = await getBackups({ limit: 0 }).catch((error) => error);
  console.log(ids.length, refused instanceof InvalidArgumentError);
`;

/** Programs that read backups of a simulator: with `import`, and with `require`. */
export const programs: Readonly<Record<string, string>> = {
  "module.mjs": `
    import { getBackups, InvalidArgumentError } from "pulumi-computenest";
    import { sampleBackups, startSimulator } from "pulumi-computenest/simulator";
    ${check}`,
  "script.cjs": `
    const { getBackups, InvalidArgumentError } = require("pulumi-computenest");
    const { sampleBackups, startSimulator } = require("pulumi-computenest/simulator");
    (async () => {${check}})();`,
};

/** What each of them prints. */
export const printed = "7 true\n";

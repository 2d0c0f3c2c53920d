// The package as npm, pnpm and both yarns install it, without any script of anyone.

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../support/commands";
import { pack } from "../support/packed";
import { npmInstall, printed, programs, sdk, writeProject } from "./consumer";

interface Installer {
  readonly name: string;
  /** Where its program is among the installed tools; npm is there already. */
  readonly program?: string;
  readonly commands: readonly (readonly string[])[];
  readonly files?: Readonly<Record<string, string>>;
  /** How it starts Node, where Node alone would not find the packages. */
  readonly node?: readonly string[];
}

const berry = "@yarnpkg/cli-dist/bin/yarn.js";
const settingsOf = (linker: string) => ({
  ".yarnrc.yml": `nodeLinker: ${linker}\nenableScripts: false\nenableTelemetry: false\n`,
  "yarn.lock": "",
});
const installers: readonly Installer[] = [
  {
    name: "npm, and then npm ci",
    commands: [
      ["install", "--ignore-scripts"],
      ["ci", "--ignore-scripts"],
    ],
  },
  {
    name: "pnpm",
    program: "pnpm/bin/pnpm.cjs",
    commands: [["install", "--ignore-scripts"]],
  },
  {
    name: "yarn 1",
    program: "yarn/bin/yarn.js",
    commands: [["install", "--ignore-scripts", "--non-interactive"]],
  },
  {
    name: "yarn 4 with node_modules",
    program: berry,
    files: settingsOf("node-modules"),
    commands: [["install", "--no-immutable"]],
  },
  {
    name: "yarn 4 with Plug'n'Play",
    program: berry,
    files: settingsOf("pnp"),
    commands: [["install", "--no-immutable"]],
    node: ["node"],
  },
];

describe("the package", function () {
  this.timeout(300_000);
  let folder: string;
  let tarball: string;
  let env: NodeJS.ProcessEnv;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "computenest-installers-"));
    ({ tarball } = await pack(folder));
    await writeProject(join(folder, "tools"), {});
    await npmInstall(join(folder, "tools"), "pnpm@10", "yarn@1", "@yarnpkg/cli-dist@4");
    // All from where npm installs from.
    const registry = (await run(folder, "npm", ["config", "get", "registry"])).trim();
    env = { ...process.env, YARN_NPM_REGISTRY_SERVER: registry, npm_config_registry: registry };
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const { name, program, commands, files, node } of installers) {
    it(`works as ${name} installs it`, async () => {
      const project = join(folder, name.replaceAll(/\W+/g, "-"));
      const [sdkName = "", sdkVersion = ""] = sdk.split(/(?<=.)@/);
      const dependencies = { "pulumi-computenest": `file:${tarball}`, [sdkName]: sdkVersion };
      await writeProject(project, { ...programs, ...files }, { dependencies });
      const [command, before] =
        program === undefined
          ? ["npm", []]
          : [process.execPath, [join(folder, "tools", "node_modules", program)]];
      for (const args of commands) await run(project, command, [...before, ...args], env);

      for (const file of Object.keys(programs)) {
        const said =
          node === undefined
            ? await run(project, process.execPath, [file], env)
            : await run(project, command, [...before, ...node, file], env);
        assert.equal(said, printed);
      }
    });
  }
});

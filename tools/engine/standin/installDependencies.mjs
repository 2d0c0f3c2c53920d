import { spawn } from "node:child_process";
import { grpc, language } from "./sdk.mjs";

/** Runs `npm install` in the program's directory and passes on what it prints. */
export function installDependencies(call) {
  const npm = spawn("npm", ["install", "--loglevel=error", "--no-audit", "--no-fund"], {
    cwd: call.request.getInfo().getProgramDirectory(),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const fail = (details) => call.emit("error", { code: grpc.status.UNKNOWN, details });
  npm.stdout.on("data", (bytes) => {
    call.write(new language.InstallDependenciesResponse().setStdout(new Uint8Array(bytes)));
  });
  npm.stderr.on("data", (bytes) => {
    call.write(new language.InstallDependenciesResponse().setStderr(new Uint8Array(bytes)));
  });
  npm.on("error", (error) => fail(`npm cannot be started: ${error.message}`));
  npm.on("close", (code) => {
    if (code === 0) call.end();
    else fail(`npm install ended with ${code}`);
  });
}

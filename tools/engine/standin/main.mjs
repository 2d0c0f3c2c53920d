// A stand-in for pulumi-language-nodejs, for tests only: used where the Pulumi CLI was built from
// Go modules, among which the real host is not. It speaks the same protocol, starts the program
// with the SDK's own cmd/run and leaves out what the tests never ask for (policy packs, code
// generation, debuggers).
//
// The engine starts it with its own address and reads the port from the first line of stdout.
import { isOrphan } from "./engineProcess.mjs";
import { setInterval } from "node:timers";
import { installDependencies } from "./installDependencies.mjs";
import { runPlugin } from "./runPlugin.mjs";
import { interruptPrograms, runProgram } from "./runProgram.mjs";
import { requiredPackages } from "./requiredPackages.mjs";
import { Empty, LanguageRuntimeService, grpc, language, plugin, sdkVersion } from "./sdk.mjs";

let engineAddress = process.argv.slice(2).find((argument) => !argument.startsWith("-")) ?? "";

/** Turns a function of the request into a handler; what it throws becomes the call's error. */
function unary(answer) {
  return (call, reply) => {
    Promise.resolve(call.request)
      .then(answer)
      .then(
        (response) => reply(null, response),
        (error) => reply({ code: grpc.status.UNKNOWN, details: error.message }),
      );
  };
}

const service = {
  handshake: unary((request) => {
    engineAddress = request.getEngineAddress() || engineAddress;
    return new language.LanguageHandshakeResponse();
  }),
  getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(sdkVersion)),
  getRequiredPackages: unary((request) => requiredPackages(request.getInfo())),
  run: unary((request) => runProgram(request, engineAddress)),
  runPlugin,
  cancel: unary(() => {
    interruptPrograms();
    return new Empty();
  }),
  installDependencies,
  about: unary(() =>
    new language.AboutResponse().setExecutable(process.execPath).setVersion(process.version),
  ),
  getProgramDependencies: unary(() => new language.GetProgramDependenciesResponse()),
  runtimeOptionsPrompts: unary(() => new language.RuntimeOptionsResponse()),
};

async function exit() {
  await interruptPrograms();
  process.exit(0);
}

// The engine ends its plugins with SIGINT after every run.
process.once("SIGINT", exit);
process.once("SIGTERM", exit);

// A killed engine cannot say so.
setInterval(() => {
  if (isOrphan()) void exit();
}, 1000).unref();

// The engine's own limit; the default of 4 MB is too small for a large configuration.
const server = new grpc.Server({ "grpc.max_receive_message_length": 400 * 1024 * 1024 });
server.addService(LanguageRuntimeService, service);
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  console.log(String(port));
});

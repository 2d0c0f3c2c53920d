// The SDK of this repository, and the libraries it brings, taken from where it finds them itself:
// messages of a second copy of google-protobuf would not be recognised.
import { createRequire } from "node:module";

const sdkPath = createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json");
const fromSdk = createRequire(sdkPath);

export const grpc = fromSdk("@grpc/grpc-js");
export const language = fromSdk("./proto/language_pb");
export const plugin = fromSdk("./proto/plugin_pb");
export const { LanguageRuntimeService } = fromSdk("./proto/language_grpc_pb");
export const { Empty } = fromSdk("google-protobuf/google/protobuf/empty_pb");
export const sdkVersion = fromSdk(sdkPath).version;

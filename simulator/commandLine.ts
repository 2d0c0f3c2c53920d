import { parseArgs } from "node:util";

import { defaultAccessKeyId, defaultAccessKeySecret } from "./simulator";

/** What --help prints. */
export const usage = `Usage: computenest-simulator [--port PORT] [--data FILE] [--latency MS]

A Compute Nest service in miniature on 127.0.0.1: lists backups, and refuses what the service
refuses. Without --data it serves a sample set.

  --port PORT    listen there (default: any free port)
  --data FILE    serve these backups: recorded answers of ListBackups, as JSON
  --latency MS   wait so long before every answer (default: 0)
  --help         print this
  --version      print the version

It accepts the access key ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA_CLOUD_ACCESS_KEY_SECRET and
ALIBABA_CLOUD_SECURITY_TOKEN name, or a test key that it prints if they are not set.
`;

/** A mistake on the command line or around it, told in one line. */
export class CommandError extends Error {
  readonly exitCode: number;

  constructor(exitCode: number, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Reads the command line; throws a {@link CommandError} where it cannot. */
export function parseOptions(args: readonly string[]) {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        port: { type: "string", default: "0" },
        data: { type: "string" },
        latency: { type: "string", default: "0" },
        help: { type: "boolean", default: false },
        version: { type: "boolean", default: false },
      },
    }));
  } catch (error) {
    // Node explains at length how to pass arguments that begin with a dash; there are none here.
    const [reason] = (error as Error).message.split(/\.\s/);
    throw new CommandError(2, `${reason ?? ""} (see --help)`);
  }
  return {
    ...values,
    port: wholeNumber("--port", values.port, 65_535),
    latencyMs: wholeNumber("--latency", values.latency, 600_000),
  };
}

function wholeNumber(option: string, text: string, max: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Infinity;
  if (value > max) {
    throw new CommandError(2, `${option} is a whole number from 0 to ${max}, not "${text}"`);
  }
  return value;
}

/** The identity to accept, and the lines that tell the user how to use it. */
export function credentialsFrom(env: NodeJS.ProcessEnv) {
  const accessKeyId = env["ALIBABA_CLOUD_ACCESS_KEY_ID"] ?? "";
  const accessKeySecret = env["ALIBABA_CLOUD_ACCESS_KEY_SECRET"] ?? "";
  const securityToken = env["ALIBABA_CLOUD_SECURITY_TOKEN"] ?? "";
  if (accessKeyId === "" && accessKeySecret === "") {
    return {
      credentials: {},
      exports: [
        `export ALIBABA_CLOUD_ACCESS_KEY_ID=${defaultAccessKeyId}`,
        `export ALIBABA_CLOUD_ACCESS_KEY_SECRET=${defaultAccessKeySecret}`,
      ],
    };
  }
  if (accessKeyId === "" || accessKeySecret === "") {
    const [set, unset] = accessKeyId === "" ? ["SECRET", "ID"] : ["ID", "SECRET"];
    throw new CommandError(
      2,
      `ALIBABA_CLOUD_ACCESS_KEY_${set} is set but ALIBABA_CLOUD_ACCESS_KEY_${unset} is not`,
    );
  }
  const hasToken = securityToken !== "";
  return {
    credentials: { accessKeyId, accessKeySecret, ...(hasToken ? { securityToken } : {}) },
    exports: [
      `# ALIBABA_CLOUD_ACCESS_KEY_ID=${accessKeyId} (from the environment)`,
      "# ALIBABA_CLOUD_ACCESS_KEY_SECRET (from the environment)",
      ...(hasToken ? ["# ALIBABA_CLOUD_SECURITY_TOKEN (from the environment)"] : []),
    ],
  };
}

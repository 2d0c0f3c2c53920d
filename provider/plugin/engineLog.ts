import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import type { Reporter } from "../listing";

/** Messages about a resource, or about none. */
export type ReporterFor = (urn: string) => Reporter;

/** Says nothing: nobody listens yet. */
export const silence: ReporterFor = () => ({ warn: () => undefined, progress: () => undefined });

/**
 * Messages to the engine at an address: a status line that the next one replaces, or a warning that
 * stays. Where the engine cannot be reached a message is lost, and nothing else.
 */
export function engineLog(address: string): ReporterFor {
  const client = new EngineClient(address, credentials.createInsecure());
  const send = (severity: LogSeverity, message: string, urn: string, isEphemeral: boolean) => {
    const request = new LogRequest();
    request.setSeverity(severity);
    request.setMessage(message);
    request.setUrn(urn);
    request.setEphemeral(isEphemeral);
    client.log(request, () => undefined);
  };
  return (urn) => ({
    warn: (message) => {
      send(LogSeverity.WARNING, message, urn, false);
    },
    progress: (message) => {
      send(LogSeverity.INFO, message, urn, true);
    },
  });
}

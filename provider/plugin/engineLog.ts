import { credentials, Metadata } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";
import type { Reporter } from "../reader";

/** The way messages take to the engine. */
export interface EngineLog {
  /** Messages about a resource, or about none. */
  readonly about: (urn: string) => Reporter;
  /** Waits for all that was sent: after the last answer, the engine may be gone. */
  readonly delivered: () => Promise<unknown>;
}

/** Says nothing: nobody listens. */
const silence: EngineLog = {
  about: () => ({ warn: () => undefined, progress: () => undefined }),
  delivered: () => Promise.resolve(),
};

const longestDeliveryMs = 1000;

/**
 * Messages to the engine at an address: a status line that the next one replaces, or a warning that
 * stays. Where the engine cannot be reached a message is lost, and nothing else.
 */
export function engineLog(address: string | undefined): EngineLog {
  if (address === undefined || address === "") return silence;
  const client = new EngineClient(address, credentials.createInsecure(), {
    // An attached plugin outlives engines: one that listens where another has been is not to be
    // taken for dead.
    "grpc.use_local_subchannel_pool": 1,
  });
  const underWay = new Set<Promise<void>>();
  const send = (severity: LogSeverity, message: string, urn: string, isEphemeral: boolean) => {
    const request = new LogRequest();
    request.setSeverity(severity);
    request.setMessage(message);
    request.setUrn(urn);
    request.setEphemeral(isEphemeral);
    const sent = new Promise<void>((resolve) => {
      const options = { deadline: Date.now() + longestDeliveryMs };
      client.log(request, new Metadata(), options, () => {
        underWay.delete(sent);
        resolve();
      });
    });
    underWay.add(sent);
  };
  return {
    about: (urn) => ({
      warn: (message) => {
        send(LogSeverity.WARNING, message, urn, false);
      },
      progress: (message) => {
        send(LogSeverity.INFO, message, urn, true);
      },
    }),
    delivered: () => Promise.all(underWay),
  };
}

// The engine's calls about resources, of which there is one kind: BackupGate.

import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { InvalidArgumentError } from "../errors";
import type { GateInputs } from "./gates";
import { javaScriptOf, structOf, unary } from "./protocol";
import { core } from "./deferred";
import type { Session } from "./session";
import { unknownText, unwrap, wrap } from "./values";

function inputsOf(struct: Struct | undefined): GateInputs {
  const sent = javaScriptOf(struct) as { readonly triggers?: unknown };
  const { value, hasSecrets } = unwrap(sent);
  // Nobody is asked by triggers: a backup can be looked for before they are known.
  const { triggers, ...asked } = sent;
  return { value: value as object, hasSecrets, hasUnknowns: unwrap(asked).hasUnknowns };
}

/** What a gate has to show before it has passed. */
const unknownOutputs = { backup: unknownText, backupId: unknownText, passedAt: unknownText };

/** The state of a gate: its inputs as they were sent, and what it found. */
function stateOf(news: Struct | undefined, outputs: object, areSecret: boolean): Struct {
  return structOf({ ...javaScriptOf(news), ...wrap(outputs, areSecret) });
}

/** The methods of the service that are about gates. */
export function gateMethods(session: Session) {
  /** Decides a gate that is new, or due again. */
  async function decide(
    urn: string,
    news: Struct | undefined,
    isPreview: boolean,
  ): Promise<Struct> {
    const inputs = inputsOf(news);
    return session.run(urn, async (readerFor, reporter) => {
      if (isPreview) {
        await session.gates.preview(urn, inputs, readerFor, reporter);
        return stateOf(news, unknownOutputs, false);
      }
      const passed = await session.gates.pass(inputs, readerFor);
      return stateOf(news, passed, inputs.hasSecrets);
    });
  }

  return {
    check: unary(async (request: proto.CheckRequest) => {
      const urn = request.getUrn();
      const news = inputsOf(request.getNews());
      const given = inputsOf(request.getOlds());
      // A new resource has none; some engines send an empty message instead.
      const olds = Object.keys(given.value).length === 0 ? undefined : given;
      const response = new proto.CheckResponse();
      response.setInputs(request.getNews());
      const problems = core().gateProblems(news);
      if (problems.length > 0) {
        const failures = problems.map(({ property, reason }) => {
          const failure = new proto.CheckFailure();
          failure.setProperty(property);
          failure.setReason(reason);
          return failure;
        });
        response.setFailuresList(failures);
        return response;
      }
      await session.run(urn, (readerFor) => session.gates.check(urn, olds, news, readerFor));
      return response;
    }),

    diff: unary((request: proto.DiffRequest) => {
      const olds = inputsOf(request.getOldInputs() ?? request.getOlds());
      const isDue = session.gates.isDue(request.getUrn(), olds, inputsOf(request.getNews()));
      const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
      const response = new proto.DiffResponse();
      response.setChanges(isDue ? DIFF_SOME : DIFF_NONE);
      return response;
    }),

    create: unary(async (request: proto.CreateRequest) => {
      const urn = request.getUrn();
      const isPreview = request.getPreview();
      const response = new proto.CreateResponse();
      response.setProperties(await decide(urn, request.getProperties(), isPreview));
      response.setId(isPreview ? "" : urn.slice(urn.lastIndexOf("::") + 2));
      return response;
    }),

    update: unary(async (request: proto.UpdateRequest) => {
      const response = new proto.UpdateResponse();
      response.setProperties(
        await decide(request.getUrn(), request.getNews(), request.getPreview()),
      );
      return response;
    }),

    read: unary((request: proto.ReadRequest) => {
      if (Object.keys(javaScriptOf(request.getProperties())).length === 0) {
        throw new InvalidArgumentError("BackupGate", [
          { property: "id", reason: "cannot be imported: a gate is nothing that the service has" },
        ]);
      }
      const response = new proto.ReadResponse();
      response.setId(request.getId());
      response.setProperties(request.getProperties());
      response.setInputs(request.getInputs());
      return response;
    }),

    delete: unary(() => new Empty()),
  };
}

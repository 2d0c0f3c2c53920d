// Variants of the gate that are wrong in one place, nearly all of them too lenient: each must fail at
// least one trial of a small battery.

import assert from "node:assert/strict";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import type * as GateMethodsModule from "../../provider/plugin/gateMethods";
import type * as GatesModule from "../../provider/plugin/gates";
import { readerOf } from "../../provider/plugin/core";
import { readConfiguration } from "../../provider/plugin/configuration";
import type { ReaderFor, Session } from "../../provider/plugin/session";
import type { Reporter } from "../../provider/reader";
import { wireRow } from "../support/backups";
import { ago } from "../support/gateTimes";
import { load, mutated, type Mutation } from "../support/mutants";
import { configOf, gateUrn, unknownText, type Values } from "../support/plugin";
import { serve, type Service } from "../support/service";

const files = ["gates.ts", "gateMethods.ts"] as const;
type File = (typeof files)[number];

type Unary = (
  call: { request: unknown },
  callback: (error: { details: string } | null, response?: unknown) => void,
) => void;

type Modules = typeof GatesModule & typeof GateMethodsModule;

/** The two modules, with a text in one of them replaced. */
function loadWith(changes: Partial<Record<File, string>>): Modules {
  const modules = files.map((file) => load(`plugin/${file}`, changes[file]) as object);
  return Object.assign({}, ...modules) as Modules;
}

/** A gate made of perhaps wrong modules, and the service that it asks. */
class Trial {
  readonly #methods: Readonly<Record<string, Unary>>;
  readonly service: Service;
  readonly warnings: string[] = [];

  constructor(service: Service, { Gates, gateMethods }: Modules) {
    this.service = service;
    const { layer } = readConfiguration(configOf(service));
    const reporter: Reporter = {
      warn: (message) => this.warnings.push(message),
      progress: () => undefined,
    };
    const { signal } = new AbortController();
    const readerFor: ReaderFor = (region) => readerOf({ layer, signal, reporter }, region);
    const session = {
      gates: new Gates(),
      run: <T>(_: string, work: (prepare: ReaderFor, told: Reporter) => Promise<T>) =>
        work(readerFor, reporter),
    };
    this.#methods = gateMethods(session as unknown as Session) as unknown as Record<string, Unary>;
  }

  #call<Response>(name: string, request: unknown): Promise<Response> {
    return new Promise((resolve, reject) => {
      this.#methods[name]?.({ request }, (error, response) => {
        if (error === null) resolve(response as Response);
        else reject(new Error(error.details));
      });
    });
  }

  async check(news: Values, olds?: Values): Promise<number> {
    const request = new proto.CheckRequest();
    request.setUrn(gateUrn());
    request.setNews(structOf(news));
    if (olds !== undefined) request.setOlds(structOf(olds));
    const response = await this.#call<proto.CheckResponse>("check", request);
    return response.getFailuresList().length;
  }

  async isDifferent(news: Values, olds: Values): Promise<boolean> {
    const request = new proto.DiffRequest();
    request.setUrn(gateUrn());
    request.setOldInputs(structOf(olds));
    request.setNews(structOf(news));
    const response = await this.#call<proto.DiffResponse>("diff", request);
    return response.getChanges() === proto.DiffResponse.DiffChanges.DIFF_SOME;
  }

  /** Whether it passes, and what it shows then. */
  async decide(
    verb: "create" | "update",
    news: Values,
    isPreview: boolean,
  ): Promise<Values | undefined> {
    const request = verb === "create" ? new proto.CreateRequest() : new proto.UpdateRequest();
    request.setUrn(gateUrn());
    request.setPreview(isPreview);
    if (request instanceof proto.CreateRequest) request.setProperties(structOf(news));
    else request.setNews(structOf(news));
    try {
      const response = await this.#call<proto.CreateResponse>(verb, request);
      return response.getProperties()?.toJavaScript();
    } catch {
      return undefined;
    }
  }
}

function structOf(values: Values): Struct {
  return Struct.fromJavaScript(values as Parameters<typeof Struct.fromJavaScript>[0]);
}

const recent = (fields: Parameters<typeof wireRow>[0] = {}) =>
  wireRow({ StartTime: ago(2), EndTime: ago(1), CreateTime: ago(2), ...fields });
const good = [recent()];
const bad = [recent({ Status: "CreateFailed" })];
const creating = [recent({ Status: "Creating", StartTime: ago(0.01) })];
const gate = { serviceInstanceId: "si-1", maxAge: "24h" };
const waiting = { ...gate, waitTimeout: "1m", pollInterval: "10s" };

/** Things a gate must do; each says whether it did. */
const battery: Readonly<Record<string, (trial: Trial) => Promise<boolean>>> = {
  "wrong inputs are refused": async (trial) =>
    (await trial.check({ serviceInstanceId: "si-1" })) === 1,
  "right ones are not": async (trial) => (await trial.check(gate)) === 0,
  "a closed gate is due": async (trial) => {
    trial.service.setBackups(bad);
    await trial.check(gate, gate);
    return trial.isDifferent(gate, gate);
  },
  "a gate that has to wait is due": async (trial) => {
    trial.service.setBackups(creating);
    await trial.check(waiting, waiting);
    return trial.isDifferent(waiting, waiting);
  },
  "a gate that could not be asked is due": async (trial) => {
    trial.service.faults.add({ kind: "status", status: 403, code: "Forbidden.RAM" });
    await trial.check(gate, gate);
    return trial.isDifferent(gate, gate);
  },
  "an open gate is not due": async (trial) => {
    await trial.check(gate, gate);
    return !(await trial.isDifferent(gate, gate));
  },
  "a changed gate is due": async (trial) => {
    const news = { ...gate, triggers: { a: "1" }, evaluate: "onTriggers" };
    const olds = { ...news, triggers: { a: "0" } };
    await trial.check(news, olds);
    return trial.service.requests.length === 1 && trial.isDifferent(news, olds);
  },
  "an unchanged gate on triggers asks nothing": async (trial) => {
    const news = { ...gate, evaluate: "onTriggers" };
    await trial.check(news, news);
    return trial.service.requests.length === 0;
  },
  "a refresh finds no difference": async (trial) => {
    trial.service.setBackups(bad);
    return !(await trial.isDifferent(gate, gate));
  },
  "an old decision does not count": async (trial) => {
    await trial.check(gate, gate);
    trial.service.setBackups(bad);
    await trial.check({ ...gate, serviceInstanceId: unknownText }, gate);
    return (await trial.decide("create", gate, true)) === undefined;
  },
  "a new closed gate stops a preview": async (trial) => {
    trial.service.setBackups(bad);
    await trial.check(gate);
    return (await trial.decide("create", gate, true)) === undefined;
  },
  "a gate that could not be asked stops a preview": async (trial) => {
    trial.service.faults.add({ kind: "status", status: 403, code: "Forbidden.RAM" });
    await trial.check(gate);
    return (await trial.decide("update", gate, true)) === undefined;
  },
  "a preview warns, if told to": async (trial) => {
    trial.service.setBackups(bad);
    const shown = await trial.decide("create", { ...gate, onPreview: "warn" }, true);
    return shown?.["backupId"] === unknownText && trial.warnings.length === 1;
  },
  "a preview asks though triggers are not known": async (trial) => {
    trial.service.setBackups(bad);
    const news = { ...gate, triggers: { a: unknownText } };
    await trial.check(news);
    return (await trial.decide("create", news, true)) === undefined;
  },
  "a preview skips, if told to": async (trial) => {
    trial.service.setBackups(bad);
    const shown = await trial.decide("create", { ...gate, onPreview: "skip" }, true);
    return shown?.["backupId"] === unknownText && trial.service.requests.length === 0;
  },
  "an open gate shows nothing in a preview": async (trial) => {
    const shown = await trial.decide("update", gate, true);
    return shown?.["backupId"] === unknownText;
  },
  ...Object.fromEntries(
    (["create", "update"] as const).flatMap((verb) => [
      [
        `${verb} passes an open gate`,
        async (trial: Trial) =>
          (await trial.decide(verb, gate, false))?.["backupId"] === "backup-1",
      ],
      ...["fail", "warn", "skip"].map((onPreview): [string, (trial: Trial) => Promise<boolean>] => [
        `${verb} stops at a closed gate (${onPreview})`,
        async (trial) => {
          await trial.check({ ...gate, onPreview });
          trial.service.setBackups(bad);
          return (await trial.decide(verb, { ...gate, onPreview }, false)) === undefined;
        },
      ]),
      [
        `${verb} does not take what is being made for made`,
        async (trial: Trial) => {
          trial.service.setBackups(creating);
          const news = { ...waiting, waitTimeout: "1s", pollInterval: "1s" };
          return (await trial.decide(verb, news, false)) === undefined;
        },
      ],
      [
        `${verb} looks at the age`,
        async (trial: Trial) => {
          trial.service.setBackups([recent({ StartTime: ago(30) })]);
          return (await trial.decide(verb, gate, false)) === undefined;
        },
      ],
    ]),
  ),
};

/** What of the battery goes wrong. */
async function wrongIn(
  service: Service,
  changes: Partial<Record<File, string>>,
): Promise<string[]> {
  const wrong: string[] = [];
  const modules = loadWith(changes);
  for (const [what, works] of Object.entries(battery)) {
    service.setBackups(good);
    service.faults.clear();
    service.clearRequests();
    const isRight = await works(new Trial(service, modules)).catch(() => false);
    if (isRight) continue;
    wrong.push(what);
    // One is enough.
    if (Object.keys(changes).length > 0) break;
  }
  return wrong;
}

// prettier-ignore
const ofGates: Mutation[] = [
  ["any decision is a pass", "return !(decision instanceof Error) && isFinding(decision) && decision.qualifies;", "return true;"],
  ["an error is a pass", "return !(decision instanceof Error) && isFinding(decision)", "return decision instanceof Error || isFinding(decision)"],
  ["a backup that is being made is a pass", "isFinding(decision) && decision.qualifies;", "isFinding(decision);"],
  ["a check asks nothing", "if (news.hasUnknowns) return;\n    const { evaluate, onPreview } = checked(news);", "return;\n    const { evaluate, onPreview } = checked(news);"],
  ["a check never asks on triggers", 'if (evaluate === "onTriggers" && isUnchanged) return;', 'if (evaluate === "onTriggers") return;'],
  ["a check never asks about an unchanged gate", 'if (evaluate === "onTriggers" && isUnchanged) return;', "if (isUnchanged) return;"],
  ["a check always asks", 'if (evaluate === "onTriggers" && isUnchanged) return;', ""],
  ["a check keeps no decision", "this.#decisions.set(urn, decision);", ""],
  ["a check keeps no error", "this.#decisions.set(urn, error);", ""],
  ["a check keeps the decision before", "this.#decisions.delete(urn);\n    this.#warnings", "this.#warnings"],
  ["nothing is ever due", "return decision !== undefined && !isPassed(decision);", "return false;"],
  ["everything is always due", "return decision !== undefined && !isPassed(decision);", "return true;"],
  ["a refresh finds a difference", "decision !== undefined && !isPassed(decision)", "decision === undefined || !isPassed(decision)"],
  ["changes are not due", "if (!isDeepStrictEqual(olds.value, news.value)) return true;", ""],
  ["a preview never fails", "if (!isFinding(decision)) throw await refuse([decision]);", ""],
  ["a preview overlooks errors", "if (known instanceof Error) throw known;", "if (known instanceof Error) return;"],
  ["a preview only ever warns", 'if (onPreview !== "warn" ||', "if ("],
  ["a preview never warns", "reporter.warn(`", "String(`"],
  ["a preview always skips", 'if (onPreview === "skip") return;\n    if (news.hasUnknowns) {', "return;\n    if (news.hasUnknowns) {"],
  ["a preview never skips", 'if (onPreview === "skip") return;\n    if (news.hasUnknowns) {', "if (news.hasUnknowns) {"],
  ["an update passes a closed gate", "if (!isFinding(outcome)) throw await refuse([outcome]);", "if (!isFinding(outcome)) return { backup: {} as never, backupId: \"\", passedAt: \"\" };"],
  ["an update waits for nothing, and passes", "findQualifying(watched, false)", "findQualifying(watched, true)"],
  ["the age is forgotten", "inputs.hasSecrets), wanted);", "inputs.hasSecrets), { ...wanted, maxAge: undefined });"],
];

// prettier-ignore
const ofMethods: Mutation[] = [
  ["triggers that are not known stop the question", "unwrap(asked).hasUnknowns", "unwrap(sent).hasUnknowns"],
  ["what is not known is taken for known", "unwrap(asked).hasUnknowns", "false"],
  ["problems are no failures", "response.setFailuresList(failures);", ""],
  ["every input is a problem", "if (problems.length > 0) {", "if (problems.length >= 0) { response.setFailuresList([new proto.CheckFailure()]);"],
  ["a check asks nobody", "session.gates.check(urn, olds, news, readerFor)", "Promise.resolve(readerFor)"],
  ["every gate is new", "Object.keys(given.value).length === 0 ? undefined : given", "undefined"],
  ["nothing differs", "response.setChanges(isDue ? DIFF_SOME : DIFF_NONE);", "response.setChanges(DIFF_NONE);"],
  ["differences are the wrong way round", "isDue ? DIFF_SOME : DIFF_NONE", "isDue ? DIFF_NONE : DIFF_SOME"],
  ["the new inputs are compared with themselves", "inputsOf(request.getOldInputs() ?? request.getOlds())", "inputsOf(request.getNews())"],
  ["every decision is a preview", "if (isPreview) {", "if (true) {"],
  ["no decision is a preview", "if (isPreview) {", "if (false) {"],
  ["a preview does not ask", "await session.gates.preview(urn, inputs, readerFor, reporter);", ""],
  ["an update does not ask", "const passed = await session.gates.pass(inputs, readerFor);", "const passed = {};"],
  ["an update asks as a preview", "const passed = await session.gates.pass(inputs, readerFor);", "await session.gates.preview(urn, inputs, readerFor, reporter); const passed = {};"],
  ["create is always a preview", "const isPreview = request.getPreview();", "const isPreview = true;"],
  ["update is always a preview", "await decide(request.getUrn(), request.getNews(), request.getPreview()),", "await decide(request.getUrn(), request.getNews(), true),"],
];

const mutations: [File, Mutation][] = [
  ...ofGates.map((mutation): [File, Mutation] => ["gates.ts", mutation]),
  ...ofMethods.map((mutation): [File, Mutation] => ["gateMethods.ts", mutation]),
];

describe("the trials tell a gate from a wrong one", function () {
  this.timeout(30_000);

  it("and take the right one for right, loaded in the same way", async () => {
    assert.deepEqual(await wrongIn(await serve(), {}), []);
  });

  for (const [file, mutation] of mutations) {
    it(`in which ${mutation[0]} (${file})`, async () => {
      const changes = { [file]: mutated(`plugin/${file}`, mutation) };

      assert.notDeepEqual(await wrongIn(await serve(), changes), []);
    });
  }
});

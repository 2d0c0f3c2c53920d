// Stacks for every cell of whatStopsWhat.ts at once. All resources are named after gate and
// operation, and each has a service instance of its own, so that a few runs answer for many cells
// and the simulator's log tells which gate asked.

import * as pulumi from "@pulumi/pulumi";
import { backupGate, backupGateTransform, getBackup } from "../../../provider";
import { startSimulator, type BackupRow, type Simulator } from "../../../simulator";
import { runsOn, type Command, type Run } from "./runs";
import { inlineStack, simulatorConfig } from "./stacks";
import { gateKinds, type GateKind } from "./whatStopsWhat";

/** What happens to a resource, by which it is named. */
export const subjects = [
  "unchanged",
  "create",
  "createStrict",
  "update",
  "replace",
  "replaceStrict",
  "remove",
] as const;

/** What happens to a resource. */
export type Subject = (typeof subjects)[number];

/** What a program is to do with its resources. */
export interface Wish {
  /** Whether to do to a resource what it is named after. */
  readonly changing: (name: string) => boolean;
  /** What resources that are updated or replaced get; undefined when they are to go. */
  readonly input: string | undefined;
}

/** All as it was created at first, with this input. */
export const asAtFirst: Wish = { changing: () => false, input: "first" };

const maxAge = "24h";
const strict = { on: ["create", "update", "delete"] } as const;
const isStrict = (name: string) => name.endsWith("Strict");

/** The resource of a program that no gate guards. */
export const other = "other";

/** The name of a resource. */
export function nameOf(kind: GateKind, subject: Subject): string {
  return `${kind}-${subject}`;
}

/** The service instance a gate protects: one for each resource, or for the whole program. */
export function instanceOf(kind: GateKind, name: string): string {
  return kind === "getBackup" ? "si-program" : `si-${name}`;
}

/** The name of the hook that guards a resource. */
export function hookOf(kind: GateKind, name: string): string {
  if (kind === "backupGate") return `gate-of-${name}`;
  return isStrict(name) ? "transform-strict" : "transform";
}

/** The input a resource has when its wish has come true; undefined when it is not there. */
export function wishedInput(name: string, { changing, input }: Wish): string | undefined {
  const isChanging = changing(name);
  if (name.includes("-create") && !isChanging) return undefined;
  if (name.endsWith("-remove") && isChanging) return undefined;
  return isChanging && !name.endsWith("-unchanged") ? input : asAtFirst.input;
}

function declare(name: string, wish: Wish, hooks: pulumi.ResourceHookBinding): void {
  const input = wishedInput(name, wish);
  if (input === undefined) return;
  const replaceOnChanges = name.includes("-replace") ? ["*"] : [];
  new pulumi.Stash(name, { input }, { hooks, replaceOnChanges });
}

function gateFor(name: string): pulumi.ResourceHookBinding {
  const args = { serviceInstanceId: instanceOf("backupGate", name), maxAge };
  return backupGate(hookOf("backupGate", name), args, isStrict(name) ? strict : {});
}

function registerTransforms(): void {
  const kind = "backupGateTransform";
  for (const opts of [{}, strict]) {
    const transform = backupGateTransform(
      opts === strict ? "transform-strict" : "transform",
      ({ name }) => name.startsWith(`${kind}-`) && isStrict(name) === (opts === strict),
      ({ name }) => ({ serviceInstanceId: instanceOf(kind, name), maxAge }),
      opts,
    );
    pulumi.runtime.registerResourceTransform(transform);
  }
}

async function program(kinds: readonly GateKind[], wish: Wish): Promise<void> {
  if (kinds.includes("getBackup")) {
    await getBackup({ serviceInstanceId: instanceOf("getBackup", ""), maxAge });
  }
  registerTransforms();
  declare(other, wish, {});
  for (const kind of kinds) {
    for (const subject of subjects) {
      const name = nameOf(kind, subject);
      // Made for resources that are removed as well: the gate has to be there when they go.
      declare(name, wish, kind === "backupGate" ? gateFor(name) : {});
    }
  }
}

/** A backup of an hour ago for everything that is protected. */
export function goodBackups(): BackupRow[] {
  const startedAt = new Date(Date.now() - 3_600_000).toISOString();
  const instances = gateKinds.flatMap((kind) =>
    subjects.map((subject) => instanceOf(kind, nameOf(kind, subject))),
  );
  return [...new Set(instances)].map((ServiceInstanceId) => ({
    BackupId: `backup-of-${ServiceInstanceId}`,
    ServiceInstanceId,
    Status: "Created",
    StartTime: startedAt,
    EndTime: startedAt,
  }));
}

/** A run, and whose backups the service was asked for in it. */
export interface GatedRun extends Run {
  readonly asked: readonly (string | undefined)[];
}

/** A stack with gates of some kinds, and a simulator of its own. */
export interface GatedStack extends AsyncDisposable {
  readonly simulator: Simulator;
  readonly run: (wish: Wish, command: Command) => Promise<GatedRun>;
}

/** Creates a stack with gates of some kinds; every backup is good. */
export async function gatedStack(kinds: readonly GateKind[]): Promise<GatedStack> {
  const simulator = await startSimulator({ backups: goodBackups() });
  let wish = asAtFirst;
  const test = await inlineStack(async () => {
    await program(kinds, wish);
    return {};
  }, simulatorConfig(simulator));
  const run = runsOn(test);
  return {
    simulator,
    async run(wished, command) {
      wish = wished;
      simulator.clearRequests();
      const result = await run(command);
      // Gates that are asked at the same time are read together.
      const asked = simulator.requests.flatMap(({ parameters }) =>
        Object.keys(parameters)
          .filter((name) => name.startsWith("Filter.1.Value."))
          .map((name) => parameters[name]),
      );
      return { ...result, asked };
    },
    async [Symbol.asyncDispose]() {
      await test[Symbol.asyncDispose]();
      await simulator.close();
    },
  };
}

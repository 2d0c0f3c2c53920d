import { AsyncResource } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import type { BackupGateArgsOf, BackupGateInputs, BackupGateOptions } from "../backupGate";
import { checkCall, optionProblems } from "../checkCall";
import { ConfigurationError, InvalidArgumentError } from "../errors";
import { requireBackups } from "../requireBackups";
import { backupGateArguments, backupGateOptions } from "../gateArgs";
import { systemClock } from "../client/clock";
import { createReader, socketWindowMs } from "../reader";
import { uncheckedGate } from "../refusal";
import { withSecretArgs } from "../secretArgs";
import { findProblems } from "../validation";
import { describe } from "../wording";
import { copyOfPlain, gateOf } from "./namedGates";
import { resolveInputs } from "./inputs";
import {
  connectionOf,
  isInProgram,
  isMocked,
  isPreview,
  reporterOf,
  sharingInStack,
} from "./program";

const bindings = {
  create: "beforeCreate",
  update: "beforeUpdate",
  delete: "beforeDelete",
} as const;

/** Everything that can be told before a value of an Output is known. */
function checkGate(name: string, args: unknown, opts: BackupGateOptions): void {
  const ofOptions = findProblems(backupGateOptions, opts).map(({ property, reason }) => ({
    property: property === "args" ? "opts" : `opts.${property}`,
    reason,
  }));
  const areOptions = ofOptions.every(({ property }) => property !== "opts");
  const problems = [
    ...(typeof name === "string" && name !== ""
      ? []
      : [{ property: "name", reason: "is not a text, or an empty one" }]),
    ...(typeof args === "function" ? [] : findProblems(backupGateArguments, args)),
    ...ofOptions,
    ...(areOptions ? optionProblems(opts) : []),
  ];
  if (problems.length > 0) throw new InvalidArgumentError("backupGate", problems);
}

/** An existing resource without an id is a component; the engine tells hooks no more about it. */
function refuseComponent({ id, name, oldInputs, oldOutputs }: pulumi.ResourceHookArgs): void {
  const isExisting = oldInputs !== undefined || oldOutputs !== undefined;
  if (id !== "" || !isExisting) return;
  throw new InvalidArgumentError("backupGate", [
    { property: name, reason: "is a component; gate its children, which change before it does" },
  ]);
}

/** What the gate does when the engine stops an operation at it. */
function checkOf(args: BackupGateInputs | BackupGateArgsOf, opts: BackupGateOptions) {
  return async (hook: pulumi.ResourceHookArgs): Promise<void> => {
    refuseComponent(hook);
    const reporter = reporterOf({ urn: pulumi.output(hook.urn) });
    const inputs = await resolveInputs(typeof args === "function" ? await args(hook) : args);
    if (!inputs.isKnown && isPreview()) {
      reporter.warn(uncheckedGate);
      return;
    }
    const { value, isSecret } = inputs;
    const { args: wanted, settings } = checkCall(backupGateArguments, value, opts, isSecret);
    const connection = connectionOf(settings, wanted.region);
    // The engine calls hooks over a socket.
    const sharing = sharingInStack({ windowMs: socketWindowMs, mayJoin: false });
    const prepareReader = (stop: AbortSignal) => {
      const signals = [opts.signal, stop].filter((signal) => signal !== undefined);
      const signal = AbortSignal.any(signals);
      const reader = createReader(connection, signal, reporter, systemClock, sharing);
      return withSecretArgs(reader, wanted, inputs.isSecret);
    };
    await requireBackups(prepareReader, wanted, isPreview());
  };
}

/**
 * The SDK passes on nothing of an error but its message, and the engine takes an empty one for "all is
 * well": whatever is thrown without words would open the gate.
 */
function neverSilent(check: (hook: pulumi.ResourceHookArgs) => Promise<void>) {
  return async (hook: pulumi.ResourceHookArgs): Promise<void> => {
    try {
      await check(hook);
    } catch (error) {
      const { message } = Object(error) as { message?: unknown };
      if (typeof message === "string" && message !== "") throw error;
      throw new pulumi.RunError(`The backup gate could not be checked: ${describe(error)}.`);
    }
  };
}

/** The gate as a hook of the stack that is calling. */
export function hookGate(
  name: string,
  args: BackupGateInputs | BackupGateArgsOf,
  opts: BackupGateOptions,
): pulumi.ResourceHookBinding {
  checkGate(name, args, opts);
  if (!isInProgram()) {
    throw new ConfigurationError(
      "backupGate works in a Pulumi program only: the engine calls it before it changes a " +
        "resource. In a script, use getBackup.",
    );
  }
  // The SDK's mocks know no hooks: a resource that carries one would never be registered.
  if (isMocked()) return {};
  // What is changed after this call is meant for another gate.
  const own = { args: copyOfPlain(args), opts: copyOfPlain(opts) };
  return gateOf(name, own, () => {
    // The engine's call comes from outside; settings and log are those of the stack that is calling now.
    const callback = AsyncResource.bind(neverSilent(checkOf(own.args, own.opts)));
    const onDryRun = (opts.onPreview ?? "check") === "check";
    const hook = new pulumi.ResourceHook(name, callback, { onDryRun });
    const operations = new Set(opts.on ?? (["update", "delete"] as const));
    return Object.fromEntries([...operations].map((operation) => [bindings[operation], [hook]]));
  });
}

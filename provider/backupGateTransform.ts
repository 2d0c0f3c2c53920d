import type * as pulumi from "@pulumi/pulumi";
import { backupGate, type BackupGateArgsOf, type BackupGateOptions } from "./backupGate";
import { InvalidArgumentError } from "./errors";
import { calls } from "./program/deferred";

/** A resource that a program is about to register. */
export type GatedResource = Pick<pulumi.ResourceTransformArgs, "type" | "name" | "props" | "opts">;

/** The hooks a resource has, and those of the gate after them. */
function merge(
  own: pulumi.ResourceHookBinding,
  gate: pulumi.ResourceHookBinding,
): pulumi.ResourceHookBinding {
  const both = (operation: "beforeCreate" | "beforeUpdate" | "beforeDelete") =>
    [own[operation], gate[operation]].flatMap((hooks) => hooks ?? []);
  return {
    ...own,
    beforeCreate: both("beforeCreate"),
    beforeUpdate: both("beforeUpdate"),
    beforeDelete: both("beforeDelete") as pulumi.ResourceHook[],
  };
}

/**
 * A {@link backupGate} for all resources of a stack that match, as a transform to be registered
 * before the first resource:
 *
 * ```ts
 * pulumi.runtime.registerResourceTransform(
 *   backupGateTransform(
 *     "databases",
 *     ({ type }) => type === "alicloud:rds/instance:Instance",
 *     () => ({ serviceInstanceId, maxAge: "24h" }),
 *   ),
 * );
 * ```
 *
 * Components are passed over: their children are gated one by one. Hooks that a resource has
 * already are kept. Under mocks it does nothing.
 *
 * @param name Name of the gate within the stack.
 * @param match Whether a resource is to be gated.
 * @param argsFor What to ask for, told from the resource that waits.
 */
export function backupGateTransform(
  name: string,
  match: (resource: GatedResource) => boolean,
  argsFor: BackupGateArgsOf,
  opts: BackupGateOptions = {},
): pulumi.ResourceTransform {
  for (const [property, value] of Object.entries({ match, argsFor })) {
    if (typeof value === "function") continue;
    throw new InvalidArgumentError("backupGateTransform", [
      { property, reason: `is ${calls().describe(value)}, expected a function` },
    ]);
  }
  const gate = backupGate(name, argsFor, opts);
  const isOff = Object.keys(gate).length === 0;
  return ({ custom, type, name: resourceName, props, opts: own }) => {
    if (isOff || !custom || !match({ type, name: resourceName, props, opts: own }))
      return undefined;
    return { props, opts: { ...own, hooks: merge(own.hooks ?? {}, gate) } };
  };
}

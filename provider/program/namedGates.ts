import * as pulumi from "@pulumi/pulumi";
import { InvalidArgumentError } from "../errors";

/** What a gate was made from. */
interface Blueprint {
  readonly args: unknown;
  readonly opts: unknown;
}

interface Gate {
  readonly blueprint: Blueprint;
  readonly binding: pulumi.ResourceHookBinding;
}

/** The gates of each stack: Automation API programs may run several in one process. */
const gatesOf = new WeakMap<object, Map<string, Gate>>();

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  return Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
}

/** A copy of plain values at every depth; Outputs, functions and signals stay themselves. */
export function copyOfPlain<T>(value: T): T {
  if (!isPlain(value)) return value;
  if (Array.isArray(value)) return value.map(copyOfPlain) as T;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, copyOfPlain(inner)]),
  ) as T;
}

/** Equal plain values at every depth; Outputs, functions and signals are equal to themselves only. */
function isEqual(a: unknown, b: unknown): boolean {
  if (!isPlain(a) || !isPlain(b)) return Object.is(a, b);
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => isEqual(a[key], b[key]));
}

/** The gate of a name in the stack that is calling; made when there is none yet. */
export function gateOf(
  name: string,
  blueprint: Blueprint,
  make: () => pulumi.ResourceHookBinding,
): pulumi.ResourceHookBinding {
  const stack = pulumi.runtime.getMonitor() as object;
  const gates = gatesOf.get(stack) ?? new Map<string, Gate>();
  gatesOf.set(stack, gates);
  const known = gates.get(name);
  if (known === undefined) {
    const binding = make();
    gates.set(name, { blueprint, binding });
    return binding;
  }
  if (isEqual(known.blueprint, blueprint)) return known.binding;
  throw new InvalidArgumentError("backupGate", [
    {
      property: "name",
      reason: `is ${JSON.stringify(name)}, which a gate with other arguments has already (give each its own)`,
    },
  ]);
}

import type * as pulumi from "@pulumi/pulumi";
import type { BackupGateArgs, GateOperation } from "./gateArgs";
import { calls } from "./program/deferred";
import type { Inputs } from "./program/inputs";
import type { Settings } from "./settings/settings";

/** {@link BackupGateArgs}, each of which may be an output of another resource. */
export type BackupGateInputs = Inputs<BackupGateArgs>;

/** What a gate asks for, told from the resource whose operation waits at it. */
export type BackupGateArgsOf = (
  hook: pulumi.ResourceHookArgs,
) => BackupGateInputs | Promise<BackupGateInputs>;

/** Options of a gate. */
export interface BackupGateOptions {
  /**
   * Which operations wait at the gate. A replacement is a create and a delete: with `delete` the old
   * resource survives a closed gate; add `create` to stop it before the new one is made.
   * @default ["update", "delete"]
   */
  on?: readonly GateOperation[] | undefined;
  /**
   * Whether a preview checks too, without waiting (`check`), or leaves it to the update (`skip`).
   * @default "check"
   */
  onPreview?: "check" | "skip" | undefined;
  /** Ends a check: the operation fails. */
  signal?: AbortSignal | undefined;
  /** Where and as whom to ask; stronger than stack config and environment. */
  settings?: Settings | undefined;
}

/**
 * A gate for the `hooks` of a resource: the operation goes on only if a backup that can be relied on
 * exists, else it fails and says why. See {@link getBackup} for what counts as one.
 *
 * The engine calls the gate when it is about to create, update, replace or delete the resource - not
 * when nothing changes, and not in a refresh. Deletions by `pulumi destroy` need `--run-program`. The
 * gate has to be registered for as long as the resource is in the state, so create it
 * unconditionally, with a name that stays.
 *
 * @param name Name of the gate within the stack. A second gate of the name and with equal arguments
 * is the same gate.
 * @param args What to ask for, or a function that tells it from the resource that waits.
 * @throws InvalidArgumentError at once, for arguments that are not valid, and for a second gate of
 * the name with other arguments.
 * @throws ConfigurationError outside a Pulumi program.
 */
export function backupGate(
  name: string,
  args: BackupGateInputs | BackupGateArgsOf,
  opts: BackupGateOptions = {},
): pulumi.ResourceHookBinding {
  return calls().hookGate(name, args, opts);
}

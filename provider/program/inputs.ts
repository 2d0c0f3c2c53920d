import * as pulumi from "@pulumi/pulumi";

/** A value, or an output of it, at every level. */
type DeepInput<T> = [T] extends [readonly (infer E)[] | undefined]
  ? pulumi.Input<DeepInput<E>[] | Extract<T, undefined>>
  : [T] extends [object | undefined]
    ? pulumi.Input<
        | { [K in keyof Exclude<T, undefined>]: DeepInput<Exclude<T, undefined>[K]> }
        | Extract<T, undefined>
      >
    : pulumi.Input<T>;

/** Arguments, each of which may be an output. */
export type Inputs<Args> = { [K in keyof Args]: DeepInput<Args[K]> };

/** @internal What inputs came to. */
export interface Resolved {
  /** Undefined while they are not known, in a preview. */
  readonly value: unknown;
  readonly isKnown: boolean;
  readonly isSecret: boolean;
}

/** On every Output of the SDK, but not in its declarations. */
interface Tracked {
  readonly isKnown: Promise<boolean>;
  promise(): Promise<unknown>;
}

/** @internal Waits for inputs, at any depth; secrets come in plain, and are told to be such. */
export async function resolveInputs(inputs: unknown): Promise<Resolved> {
  const output = pulumi.output(inputs);
  const tracked = output as unknown as Tracked;
  const [value, isKnown, isSecret] = await Promise.all([
    tracked.promise(),
    tracked.isKnown,
    pulumi.isSecret(output),
  ]);
  return { value, isKnown, isSecret };
}

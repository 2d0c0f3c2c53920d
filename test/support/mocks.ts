import * as pulumi from "@pulumi/pulumi";
import { afterTests } from "./afterTests";

/** What a program under mocks asked of the engine. */
export interface Mocked {
  readonly calls: pulumi.runtime.MockCallArgs[];
}

afterTests(() => {
  pulumi.runtime.setAllConfig({});
  if (pulumi.runtime.hasMonitor()) {
    pulumi.runtime.resetOptions("", "", -1, "", "", false, "");
  }
});

/** Makes this process a program under mocks, until the end of the test. */
export async function mock(answer: object, { preview = false } = {}): Promise<Mocked> {
  const calls: pulumi.runtime.MockCallArgs[] = [];
  const mocks: pulumi.runtime.Mocks = {
    call(args) {
      calls.push(args);
      return answer;
    },
    newResource: ({ name, type, inputs }) => ({
      // Before a resource is created, a preview does not know its id.
      id: preview && !type.startsWith("pulumi:") ? undefined : `${name}-id`,
      state: inputs as Record<string, unknown>,
    }),
  };
  await pulumi.runtime.setMocks(mocks, "project", "stack", preview);
  return { calls };
}

/** What an output comes to; it has to be known. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const done = output.apply(resolve) as unknown as { promise(): Promise<unknown> };
    done.promise().catch(reject);
  });
}

/** Whether an output is known. */
export function isKnown(output: pulumi.Output<unknown>): Promise<boolean> {
  return (output as unknown as { isKnown: Promise<boolean> }).isKnown;
}

/** A provider of any package. */
export class AnyProvider extends pulumi.ProviderResource {
  constructor(pkg: string, opts?: pulumi.ResourceOptions) {
    super(pkg, "explicit", {}, opts);
  }
}

/** A resource of any package. */
export class AnyResource extends pulumi.CustomResource {
  constructor(name: string, opts?: pulumi.CustomResourceOptions) {
    super("test:index:Thing", name, {}, opts);
  }
}

/** A component of any package. */
export class AnyComponent extends pulumi.ComponentResource {
  constructor(name: string, opts?: pulumi.ComponentResourceOptions, isRemote = false) {
    super("test:index:Group", name, {}, opts, isRemote);
  }
}

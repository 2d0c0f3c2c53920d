import * as pulumi from "@pulumi/pulumi";
import * as dependsOnModule from "@pulumi/pulumi/runtime/dependsOn";

// Left out of the SDK's declarations but there, unchanged, from 3.206 to 3.270: what the SDK's own
// invokes use to find what they depend on. Doing without would mean walking its private fields.
const sdk = dependsOnModule as unknown as {
  gatherExplicitDependencies(
    dependsOn: pulumi.InvokeOutputOptions["dependsOn"],
  ): Promise<pulumi.Resource[]>;
  getAllTransitivelyReferencedResources(
    resources: ReadonlySet<pulumi.Resource>,
    exclude: ReadonlySet<pulumi.Resource>,
  ): Promise<pulumi.Resource[]>;
};

/** Declared as optional in the SDK, for Outputs of older ones; ours are always made by this one. */
interface Tracked {
  allResources(): Promise<ReadonlySet<pulumi.Resource>>;
}

/** The resources whose values went into an output. */
function resourcesOf(output: pulumi.Output<unknown>): Promise<ReadonlySet<pulumi.Resource>> {
  return (output as unknown as Tracked).allResources();
}

/** What is known only once a resource exists; a remote component has no id. */
function existence(resource: pulumi.Resource): pulumi.Output<string> {
  const { id } = resource as Partial<pulumi.CustomResource>;
  return id ?? resource.urn;
}

/**
 * Known as soon as everything that `dependsOn` and the inputs name has been created, and unknown
 * before: custom resources by their ids, local components by those of all their descendants.
 */
export function untilCreated(
  dependsOn: pulumi.InvokeOutputOptions["dependsOn"],
  inputs: pulumi.Output<unknown>,
): pulumi.Output<readonly string[]> {
  const gather = async () => {
    const named = await sdk.gatherExplicitDependencies(dependsOn);
    const all = new Set([...named, ...(await resourcesOf(inputs))]);
    const reached = await sdk.getAllTransitivelyReferencedResources(all, new Set());
    return pulumi.all(reached.map(existence));
  };
  return pulumi.output(gather());
}

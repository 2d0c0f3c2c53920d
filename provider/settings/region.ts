import type { Found } from "./layer";

/** The regions in which the service has an endpoint (its page "Endpoints", 2026-01). */
export const serviceRegions = ["cn-hangzhou", "ap-southeast-1"] as const;

/** A region in which the service has an endpoint. */
export type ServiceRegion = (typeof serviceRegions)[number];

/** @internal The region that was chosen, and how sure that is. */
export interface ChosenRegion {
  readonly region: ServiceRegion;
  /**
   * Why it may be the wrong site, when it was a guess; undefined when the user named it. An empty
   * list after a guess may mean "wrong site" instead of "no backups".
   */
  readonly guess: string | undefined;
}

/** @internal Whether the service has an endpoint in a region. */
export function isServiceRegion(region: string): region is ServiceRegion {
  return (serviceRegions as readonly string[]).includes(region);
}

/** Hong Kong is a region of the international site in spite of its name. */
function isMainland(region: string): boolean {
  return region.startsWith("cn-") && region !== "cn-hongkong";
}

/** @internal The other of the two regions: where backups may be when they are not here. */
export function otherRegion(region: ServiceRegion): ServiceRegion {
  return region === "cn-hangzhou" ? "ap-southeast-1" : "cn-hangzhou";
}

/**
 * @internal Chooses between the service's two regions: the configured one where it exists, else by
 * account type, else the site that the configured region belongs to, else cn-hangzhou.
 */
export function chooseRegion(
  region: Found<string> | undefined,
  accountType: Found<"Domestic" | "International"> | undefined,
): ChosenRegion {
  const name = region?.value.trim().toLowerCase() ?? "";
  if (isServiceRegion(name)) return { region: name, guess: undefined };
  if (accountType !== undefined) {
    const ofAccount = accountType.value === "International" ? "ap-southeast-1" : "cn-hangzhou";
    return { region: ofAccount, guess: undefined };
  }
  if (region === undefined) {
    return { region: "cn-hangzhou", guess: "no region is configured, so cn-hangzhou was asked" };
  }
  const mapped = isMainland(name) ? "cn-hangzhou" : "ap-southeast-1";
  return {
    region: mapped,
    guess: `${region.source} is ${region.value}, where the service has no endpoint, so ${mapped} was asked`,
  };
}

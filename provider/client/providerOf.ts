import { DefaultCredentialsProvider, URICredentialsProvider } from "@alicloud/credentials";
import type { CredentialBase, CredentialPlan } from "../settings/connection";
import { assumedRole, ecsRole, oidcRole, staticKeys, type KeyProvider } from "./keyProviders";
import { profileProvider } from "./profile";

async function baseProvider(base: CredentialBase): Promise<KeyProvider> {
  switch (base.kind) {
    case "keys":
      return staticKeys(base);
    case "profile":
      return profileProvider(base.name, base.file);
    case "ecsRole":
      return ecsRole(base.roleName);
    case "uri":
      return URICredentialsProvider.builder().withCredentialsURI(base.uri).build();
    case "oidc":
      return oidcRole(base.role);
    case "chain":
      return DefaultCredentialsProvider.builder().build();
  }
}

/** What hands out the keys that a plan stands for. */
export async function providerOf(plan: CredentialPlan): Promise<KeyProvider> {
  const base = await baseProvider(plan.base);
  return plan.assumeRole === undefined ? base : assumedRole(base, plan.assumeRole);
}

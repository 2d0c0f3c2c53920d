import { createHash } from "node:crypto";
import type { CredentialPlan } from "../settings/connection";
import { BackupsError, ConfigurationError } from "../errors";
import { headerText } from "../settings/settingsContract";
import { orAborted } from "./abort";
import { keyProviders } from "./deferred";
import type { Identity, IdentitySource } from "./identity";
import type { KeyProvider } from "./keyProviders";
import { redact } from "./redact";

const longestReason = 300;

/** The library's words without bodies and files, which it quotes, and without secrets. */
function reasonOf(error: unknown): string {
  const quoted = /(?:fail(?:ed)?: |failed with OIDC\b|message = |result:? )[\s\S]*$/;
  const reason = redact((error as Error).message, undefined)
    .replace(quoted, "failed")
    .replaceAll("\n", " ")
    .replace(/(?<![.\s])[.\s]+$/, "");
  return reason.length > longestReason ? `${reason.slice(0, longestReason)}…` : reason;
}

function failure(plan: CredentialPlan, error: unknown): BackupsError {
  if (BackupsError.isInstance(error)) return error;
  if (plan.base.kind === "chain") {
    return new ConfigurationError(
      "No credentials were found: not in the settings option, stack config computenest:* or " +
        "alicloud:*, nor in the environment (ALIBABA_CLOUD_ACCESS_KEY_ID and " +
        "ALIBABA_CLOUD_ACCESS_KEY_SECRET, or ALIBABA_CLOUD_PROFILE); the @alicloud/credentials " +
        `chain says: ${reasonOf(error)}. Set one of them.`,
    );
  }
  return new ConfigurationError(
    `The credentials named in ${plan.source} (${plan.base.kind}) cannot be had: ${reasonOf(error)}.`,
  );
}

/** Keys that were given and are used as they are; undefined for those that have to be fetched. */
function givenKeys({ base, assumeRole }: CredentialPlan): Identity | undefined {
  if (base.kind !== "keys" || assumeRole !== undefined) return undefined;
  const { accessKey, secretKey, securityToken } = base;
  return {
    accessKeyId: accessKey,
    accessKeySecret: secretKey,
    securityToken,
    providerName: securityToken === undefined ? "static_ak" : "static_sts",
  };
}

/** The keys that a plan stands for, fetched when first needed and kept while they are good. */
export function createIdentitySource(plan: CredentialPlan): IdentitySource {
  const given = givenKeys(plan);
  let provider: Promise<KeyProvider> | undefined;

  async function fetchKeys(): Promise<Identity> {
    try {
      provider ??= keyProviders().providerOf(plan);
      const source = await provider;
      const { accessKeyId, accessKeySecret, securityToken } = await source.getCredentials();
      // Files often end keys with a line break.
      if (!headerText.test(`${accessKeyId}${accessKeySecret}${securityToken || ""}`)) {
        throw new Error("a key or token holds a space, a line break or other than ASCII");
      }
      return {
        accessKeyId,
        accessKeySecret,
        securityToken: securityToken || undefined,
        providerName: source.getProviderName(),
      };
    } catch (error) {
      // A chain that failed once remembers only the last way it tried; it starts anew next time.
      provider = undefined;
      throw failure(plan, error);
    }
  }

  return {
    // Whoever named them: the service counts the requests of the same keys together.
    key: createHash("sha256")
      .update(JSON.stringify([plan.base, plan.assumeRole]))
      .digest("hex"),
    forget() {
      provider = undefined;
    },
    async current(signal) {
      signal?.throwIfAborted();
      return given ?? orAborted(fetchKeys(), signal);
    },
  };
}

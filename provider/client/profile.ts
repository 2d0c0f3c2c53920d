import { readFile } from "node:fs/promises";
import { CLIProfileCredentialsProvider } from "@alicloud/credentials";
import { ConfigurationError } from "../errors";
import { profileFile } from "./credentialFiles";
import { assumedRole, ecsRole, oidcRole, staticKeys, type KeyProvider } from "./keyProviders";
import * as z from "../zod";

const text = z.string().default("");
const profile = z.object({
  name: z.string(),
  mode: text,
  access_key_id: text,
  access_key_secret: text,
  sts_token: text,
  ram_role_name: text,
  ram_role_arn: text,
  ram_session_name: text,
  external_id: text,
  expired_seconds: z.number().optional(),
  sts_region: text,
  source_profile: text,
  oidc_provider_arn: text,
  oidc_token_file: text,
});
type Profile = z.infer<typeof profile>;
const cliConfig = z.object({ current: text, profiles: z.array(profile) });
type CliConfig = z.infer<typeof cliConfig>;

async function readConfig(file: string): Promise<CliConfig> {
  let content: string;
  try {
    content = await readFile(file, "utf8");
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    throw new ConfigurationError(`The credentials file ${file} cannot be read (${code}).`);
  }
  try {
    return cliConfig.parse(JSON.parse(content));
  } catch {
    // Neither error says anything that could be shown: both may quote the file.
    throw new ConfigurationError(
      `The credentials file ${file} is not a configuration of the Alibaba Cloud CLI ` +
        '(JSON with a list "profiles"). Make one with "aliyun configure".',
    );
  }
}

type Field = Exclude<keyof Profile, "expired_seconds">;

/** A field that has to be there: an empty one the library would fill from the environment. */
function required(from: Profile, field: Field): string {
  const value = from[field];
  if (value !== "") return value;
  throw new ConfigurationError(`Profile ${JSON.stringify(from.name)} has no ${field}.`);
}

function assume(source: KeyProvider, from: Profile): KeyProvider {
  const role = {
    roleArn: required(from, "ram_role_arn"),
    sessionName: from.ram_session_name || undefined,
    sessionExpiration: from.expired_seconds,
    externalId: from.external_id || undefined,
  };
  return assumedRole(source, role, from.sts_region || undefined);
}

function keyPair(from: Profile) {
  return {
    accessKey: required(from, "access_key_id"),
    secretKey: required(from, "access_key_secret"),
    securityToken: undefined,
  };
}

/** The modes that need nothing but what the file says. */
const modes = new Map<string, (from: Profile, config: CliConfig, path: string[]) => KeyProvider>([
  ["AK", (from) => staticKeys(keyPair(from))],
  [
    "StsToken",
    (from) => staticKeys({ ...keyPair(from), securityToken: required(from, "sts_token") }),
  ],
  ["RamRoleArn", (from) => assume(staticKeys(keyPair(from)), from)],
  ["EcsRamRole", (from) => ecsRole(required(from, "ram_role_name"))],
  [
    "OIDC",
    (from) =>
      oidcRole({
        roleArn: required(from, "ram_role_arn"),
        oidcProviderArn: required(from, "oidc_provider_arn"),
        oidcTokenFile: required(from, "oidc_token_file"),
        roleSessionName: from.ram_session_name || undefined,
        sessionExpiration: from.expired_seconds,
      }),
  ],
  [
    "ChainableRamRoleArn",
    (from, config, path) => assume(providerOf(config, from.source_profile, path), from),
  ],
]);

function providerOf(config: CliConfig, name: string, path: string[]): KeyProvider {
  const found = config.profiles.find((candidate) => candidate.name === name);
  if (found === undefined || path.includes(name)) {
    const known = config.profiles.map((candidate) => candidate.name).join(", ");
    throw new ConfigurationError(
      found === undefined
        ? `There is no profile ${JSON.stringify(name)}; there are: ${known}.`
        : `Profile ${JSON.stringify(name)} is its own source_profile.`,
    );
  }
  const mode = modes.get(found.mode);
  if (mode === undefined) {
    throw new ConfigurationError(
      `Profile ${JSON.stringify(name)} has mode ${JSON.stringify(found.mode)}, ` +
        `which is understood only in ~/.aliyun/config.json.`,
    );
  }
  return mode(found, config, [...path, name]);
}

/**
 * The keys of a profile of the Alibaba Cloud CLI. The library reads only ~/.aliyun/config.json, and
 * puts the file's content into its errors; this reads any file, and shows nothing of it. Modes that
 * log in (CloudSSO, OAuth, External) are left to the library, which writes that file back.
 */
export async function profileProvider(
  name: string | undefined,
  file: string | undefined,
): Promise<KeyProvider> {
  const path = profileFile(file);
  const config = await readConfig(path);
  const wanted = name ?? config.current;
  const found = config.profiles.find((candidate) => candidate.name === wanted);
  if (file === undefined && found !== undefined && !modes.has(found.mode)) {
    return CLIProfileCredentialsProvider.builder().withProfileName(wanted).build();
  }
  try {
    return providerOf(config, wanted, []);
  } catch (error) {
    // Ours, or the library's about a value that it does not take; neither quotes a secret.
    const reason = (error as Error).message.replace(/\.?$/, ".");
    throw new ConfigurationError(`The credentials file ${path} does not help. ${reason}`);
  }
}

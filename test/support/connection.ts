import type { Connection } from "../../provider/settings/connection";

/** Keys that are planted in tests, to be looked for where they must not be. */
export const planted = {
  accessKey: "LTAI5tPlantedKeyOfATest",
  secretKey: "plantedSecretKeyOfATest0123456",
  securityToken: "plantedToken/With+Signs==OfATest",
};

/** A connection to an address on this machine, with the planted keys. */
export function connectionTo(url: string, fields: Partial<Connection> = {}): Connection {
  const { origin, host } = new URL(url);
  const { accessKey, secretKey } = planted;
  return {
    region: "cn-hangzhou",
    regionGuess: undefined,
    endpoint: { origin, host },
    credentials: {
      base: { kind: "keys", accessKey, secretKey, securityToken: undefined },
      assumeRole: undefined,
      source: "the settings option",
    },
    connectTimeoutMs: 1000,
    readTimeoutMs: 2000,
    retryBudgetMs: 10_000,
    completeness: "strict",
    transport: "undici",
    proxy: { httpsProxy: undefined, noProxy: undefined },
    ...fields,
  };
}

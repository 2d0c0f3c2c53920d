import type { Service } from "../task";

/** Settings of the package for a service; said in full, so that no environment says otherwise. */
export function settingsOf({ host, accessKeyId, accessKeySecret }: Service) {
  return {
    endpoint: `http://${host}`,
    accessKey: accessKeyId,
    secretKey: accessKeySecret,
    region: "cn-hangzhou",
    transport: "undici",
    completeness: "strict",
  } as const;
}

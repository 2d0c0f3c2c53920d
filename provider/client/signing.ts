import { createHash, randomUUID } from "node:crypto";
import OpenApiUtil from "@alicloud/openapi-util";
import { formatInstant } from "../timestamps";
import type { Identity } from "./identity";
import { apiVersion, type WireRequest } from "./transport";

const algorithm = "ACS3-HMAC-SHA256";
const emptyBodyHash = createHash("sha256").update("").digest("hex");

/**
 * The headers of a signed request. All parameters are in the query and the body is empty, as
 * `@alicloud/openapi-client` sends it; the signature is made by the function it uses itself.
 */
export function signedHeaders(
  request: WireRequest,
  host: string,
  identity: Identity,
  now: number,
): Record<string, string> {
  const headers: Record<string, string> = {
    host,
    accept: "application/json",
    "x-acs-action": request.action,
    "x-acs-version": apiVersion,
    // The only form of date that the service takes.
    "x-acs-date": formatInstant(now),
    "x-acs-signature-nonce": randomUUID().replaceAll("-", ""),
    "x-acs-content-sha256": emptyBodyHash,
    "x-acs-credentials-provider": identity.providerName,
  };
  if (identity.securityToken) {
    headers["x-acs-accesskey-id"] = identity.accessKeyId;
    headers["x-acs-security-token"] = identity.securityToken;
  }
  const signable = { method: "POST", pathname: "/", query: request.query, headers };
  headers["authorization"] = OpenApiUtil.getAuthorization(
    signable as unknown as Parameters<typeof OpenApiUtil.getAuthorization>[0],
    algorithm,
    emptyBodyHash,
    identity.accessKeyId,
    identity.accessKeySecret,
  );
  return headers;
}

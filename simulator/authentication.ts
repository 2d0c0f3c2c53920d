import { createNonceMemory } from "./nonces";
import { missingParameter, ServiceError } from "./serviceError";
import {
  canonicalRequest,
  headersToSign,
  parseAuthorization,
  sameText,
  sign,
  stringToSign,
} from "./signature";
import { header, type WireRequest } from "./wireRequest";

/** The one identity a simulator knows. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
  /** Of a temporary (STS) identity: has to come with every request. */
  readonly securityToken?: string | undefined;
}

/** How far a request's date may be from the service's clock, either way. */
const maxSkewMs = 15 * 60 * 1000;

/**
 * Returns a check that throws the service's refusal unless a request was signed by the holder of
 * these credentials, just now, and was not seen before.
 */
export function createAuthenticator(
  credentials: Credentials,
  clock: () => number,
): (request: WireRequest) => void {
  const nonces = createNonceMemory(clock, 2 * maxSkewMs);

  return (request) => {
    const authorization = header(request, "authorization");
    if (authorization === undefined) throw incompleteSignature("there is no Authorization header");
    const claim = parseAuthorization(authorization);
    if (claim === undefined) {
      throw incompleteSignature("the Authorization header is not an ACS3-HMAC-SHA256 one");
    }
    const date = required(request, "x-acs-date");
    const nonce = required(request, "x-acs-signature-nonce");
    const bodyHash = required(request, "x-acs-content-sha256");

    if (!sameText(claim.accessKeyId, credentials.accessKeyId)) {
      throw new ServiceError(
        404,
        "InvalidAccessKeyId.NotFound",
        "Specified access key is not found.",
      );
    }
    checkToken(header(request, "x-acs-security-token"), credentials.securityToken);
    checkDate(date, clock());

    const unsigned = headersToSign(request.headers).filter(
      (name) => !claim.signedHeaders.includes(name),
    );
    if (unsigned.length > 0) {
      throw incompleteSignature(`these headers are not signed: ${unsigned.join(", ")}`);
    }
    const canonical = canonicalRequest(request, claim.signedHeaders);
    const expected = sign(stringToSign(canonical), credentials.accessKeySecret);
    if (bodyHash !== request.bodyHash || !sameText(claim.signature, expected)) {
      throw signatureMismatch(canonical, claim.accessKeyId);
    }

    // Last: a request that nobody could sign must not use up somebody's nonce.
    if (!nonces.use(nonce)) throw nonceUsed();
  };
}

/** The refusal of a nonce that was used before. */
export function nonceUsed(): ServiceError {
  return new ServiceError(400, "SignatureNonceUsed", "Specified signature nonce was used already.");
}

/** The refusal of a temporary identity whose time is over. */
export function tokenExpired(): ServiceError {
  return new ServiceError(
    400,
    "InvalidSecurityToken.Expired",
    "Specified SecurityToken is expired.",
  );
}

function required(request: WireRequest, name: string): string {
  const value = header(request, name);
  if (value === undefined) throw missingParameter(name);
  return value;
}

function checkToken(given: string | undefined, expected: string | undefined): void {
  if (given === undefined && expected !== undefined) {
    throw new ServiceError(
      400,
      "MissingSecurityToken",
      "SecurityToken is mandatory for this action.",
    );
  }
  if (given !== undefined && (expected === undefined || !sameText(given, expected))) {
    throw new ServiceError(
      400,
      "InvalidSecurityToken.MismatchWithAccessKey",
      "Specified SecurityToken mismatch with the AccessKey.",
    );
  }
}

function checkDate(text: string, now: number): void {
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(time)) {
    throw new ServiceError(
      400,
      "InvalidTimeStamp.Format",
      "Specified time stamp or date value is not well formatted.",
    );
  }
  if (Math.abs(now - time) > maxSkewMs) {
    throw new ServiceError(
      400,
      "InvalidTimeStamp.Expired",
      "Specified time stamp or date value is expired.",
    );
  }
}

function incompleteSignature(reason: string): ServiceError {
  return new ServiceError(
    400,
    "IncompleteSignature",
    `The request signature does not conform to Aliyun standards: ${reason}.`,
  );
}

/**
 * The service answers a wrong signature with what it would have signed. That holds the access key
 * id and, for a temporary identity, the security token, so every client has to expect secrets in
 * this message; the key id is repeated at the end because a long-lived identity's canonical request
 * does not hold it.
 */
function signatureMismatch(canonical: string, accessKeyId: string): ServiceError {
  return new ServiceError(
    400,
    "SignatureDoesNotMatch",
    "Specified signature does not match our calculation. " +
      `server StringToSign is [${stringToSign(canonical)}], ` +
      `server CanonicalRequest is [${canonical}], AccessKeyId=${accessKeyId}`,
  );
}

import type { RequestErrorKind } from "../errors";

/** What a family of codes means. */
export interface CodeClass {
  readonly codes: RegExp;
  readonly kind: RequestErrorKind;
  readonly retryable?: boolean;
  readonly credentialsExpired?: boolean;
  readonly advice: string;
}

/** Codes as reference pages and public reports show them; the first class that fits counts. */
export const codeClasses: readonly CodeClass[] = [
  { codes: /Throttling/, kind: "throttled", retryable: true, advice: "" },
  {
    codes: /^(ServiceUnavailable|InternalError|InternalFailure|UnknownError)/,
    kind: "unavailable",
    retryable: true,
    advice: "",
  },
  // A transport on the way sent the request twice; with a new nonce it is a new request.
  { codes: /^SignatureNonceUsed/, kind: "rejected", retryable: true, advice: "" },
  {
    codes: /^(InvalidSecurityToken\.Expired|SecurityTokenExpired)/,
    kind: "denied",
    credentialsExpired: true,
    advice: "The temporary credentials have expired; get new ones.",
  },
  {
    codes: /^(InvalidSecurityToken|MissingSecurityToken)/,
    kind: "denied",
    advice: "Set accessKey, secretKey and securityToken as they were handed out together.",
  },
  {
    codes: /^(InvalidAccessKeyId|Forbidden\.AccessKeyDisabled)/,
    kind: "denied",
    advice:
      "Check that the access key exists, is enabled, and belongs to this site: accounts of the " +
      "mainland China site and the international site are separate.",
  },
  {
    codes: /^(SignatureDoesNotMatch|IncompleteSignature)/,
    kind: "denied",
    advice: "Check that the secret key belongs to the access key.",
  },
  {
    codes: /^(InvalidTimeStamp|IllegalTimestamp)/,
    kind: "rejected",
    advice: "Set this machine's clock: it may be at most 15 minutes off.",
  },
  {
    codes: /^(Forbidden|Forbedden|NoPermission|StatusForbidden|AccessDenied)/,
    kind: "denied",
    advice: "",
  },
  {
    codes: /^(InvalidAction|InvalidApi|InvalidProduct|InvalidRegion|NoSuchVersion)/,
    kind: "rejected",
    advice: "Check the endpoint and the region: this address does not serve Compute Nest.",
  },
];

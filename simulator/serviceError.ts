// Codes, HTTP statuses and texts are those Alibaba Cloud documents for its OpenAPI gateway and for
// the products next to Compute Nest, which publishes no list of its own.

/** Why a request was refused by RAM; sent with Forbidden.RAM. */
export interface AccessDeniedDetail {
  readonly PolicyType: string;
  readonly AuthAction: string;
  /** `ImplicitDeny` (no policy allows it) or `ExplicitDeny` (a policy forbids it). */
  readonly NoPermissionType: string;
  /** `SubUser`, `AssumedRoleUser` or `Federated`. */
  readonly AuthPrincipalType: string;
  readonly AuthPrincipalDisplayName: string;
  readonly AuthPrincipalOwnerId: string;
  readonly EncodedDiagnosticMessage: string;
}

/** A refusal as the service words it; the server turns it into the error body. */
export class ServiceError extends Error {
  readonly httpStatus: number;
  readonly code: string;
  readonly detail: AccessDeniedDetail | undefined;

  constructor(httpStatus: number, code: string, message: string, detail?: AccessDeniedDetail) {
    super(message);
    this.name = "ServiceError";
    this.httpStatus = httpStatus;
    this.code = code;
    this.detail = detail;
  }
}

/** A parameter whose value the service does not take. */
export function invalidParameter(name: string, reason: string): ServiceError {
  return new ServiceError(
    400,
    name === "" ? "InvalidParameter" : `InvalidParameter.${name}`,
    `The specified parameter is not valid: ${reason}`,
  );
}

/** A parameter or header that has to be there and is not. */
export function missingParameter(name: string): ServiceError {
  return new ServiceError(
    400,
    "MissingParameter",
    `The input parameter "${name}" that is mandatory for processing this request is not supplied.`,
  );
}

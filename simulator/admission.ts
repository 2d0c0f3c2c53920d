import { type ActionName, actionNames, isActionName } from "./actions";
import {
  type AccessDeniedDetail,
  invalidParameter,
  missingParameter,
  ServiceError,
} from "./serviceError";
import { header, type WireRequest } from "./wireRequest";

const apiVersion = "2021-06-01";

/** Refuses what is no call of an RPC API at all. */
export function refuseOtherForms(request: WireRequest): void {
  if (request.method !== "POST") {
    throw new ServiceError(
      405,
      "UnsupportedHTTPMethod",
      `The HTTP method ${request.method} is not supported by this API; use POST.`,
    );
  }
  if (request.path !== "/") throw unknownAction(`there is nothing at the path ${request.path}`);
  if (request.tooLarge) {
    throw new ServiceError(413, "RequestEntityTooLarge", "The request body is too large.");
  }
  const [repeated] = request.repeated;
  if (repeated !== undefined) throw invalidParameter("", `${repeated} is given more than once.`);
}

/** The action asked for; throws the refusal of another API version or an unknown action. */
export function admittedAction(request: WireRequest): ActionName {
  const version = header(request, "x-acs-version") ?? request.parameters.get("Version");
  if (version === undefined) throw missingParameter("x-acs-version");
  if (version !== apiVersion) {
    throw new ServiceError(
      400,
      "NoSuchVersion",
      `The specified version ${version} does not exist; this is ${apiVersion}.`,
    );
  }
  const { action } = request;
  if (action === "") throw missingParameter("x-acs-action");
  if (!isActionName(action)) {
    throw unknownAction(`this simulator answers ${actionNames.join(", ")}, not ${action}`);
  }
  return action;
}

/** What RAM answers an identity that may not do this. */
export function denied(action: string, detail: Partial<AccessDeniedDetail>): ServiceError {
  return new ServiceError(
    403,
    "Forbidden.RAM",
    "User not authorized to operate on the specified resource, or this API doesn't support RAM.",
    {
      PolicyType: "AccountLevelIdentityBasedPolicy",
      AuthAction: `computenest:${action}`,
      NoPermissionType: "ImplicitDeny",
      AuthPrincipalType: "SubUser",
      AuthPrincipalDisplayName: "212345678901234567",
      AuthPrincipalOwnerId: "1234567890123456",
      EncodedDiagnosticMessage: "AQEAAAAAaW1pdGF0aW9uIG9mIGEgZGlhZ25vc3RpYyBtZXNzYWdl",
      ...detail,
    },
  );
}

function unknownAction(reason: string): ServiceError {
  return new ServiceError(
    404,
    "InvalidAction.NotFound",
    `Specified api is not found, please check your url and method: ${reason}.`,
  );
}

// What is in the way below HTTP: no connection, a certificate that cannot be trusted, a silence.

import type { Connection } from "../settings/connection";
import { maxHeaderBytes, TransportError } from "./transport";
import { errors } from "./undiciParts";

/**
 * Node's and OpenSSL's codes for a certificate, a protocol or a cipher that will be no other when it
 * is asked for again (Node's documentation of tls, "X509 certificate error codes").
 */
const distrust =
  /CERT|^ERR_TLS|^ERR_SSL|^EPROTO$|^UNABLE_TO_|^INVALID_CA$|^PATH_LENGTH_EXCEEDED$|^INVALID_PURPOSE$|^HOSTNAME_MISMATCH$/;

const unknownIssuers: ReadonlySet<string> = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_UNTRUSTED",
]);

/** What to do about a certificate that cannot be trusted; `whose` it should be. */
function certificateAdvice(code: string, whose: string): string {
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return `Whoever answers is not ${whose}: check the endpoint, and proxies on the way.`;
  }
  if (code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID") {
    return `Check this machine's clock; if it is right, ${whose} needs another certificate.`;
  }
  if (unknownIssuers.has(code)) {
    return (
      `Nobody this machine trusts has signed it. If ${whose} is to be trusted, as with a company's ` +
      "proxy that reads along, set NODE_EXTRA_CA_CERTS to the file (PEM) of the authority that " +
      "signed it, in the environment that pulumi is started from."
    );
  }
  return `Check the endpoint, and whether a proxy on the way answers for ${whose}.`;
}

/** What OpenSSL says, in a message that else holds addresses, of its source and of this process. */
const openSslReason = /:SSL routines:[^:]*:([^:]+):/;

/** What is wrong with a connection, in words. */
function reasonOf({ message, code = "no connection" }: NodeJS.ErrnoException): string {
  const reason = openSslReason.exec(message)?.[1];
  if (reason !== undefined) return `no TLS connection: ${reason}`;
  // Node's error for a host of several addresses, none of which answered, has only a code.
  return message === "" ? code : message;
}

/** Why there is no connection, or no safe one, to a host. */
export function connectionFailure(error: unknown, host: string): TransportError {
  const { code = "" } = error as NodeJS.ErrnoException;
  const isDistrusted = distrust.test(code);
  return new TransportError(reasonOf(error as NodeJS.ErrnoException), {
    retryable: !isDistrusted && code !== "ENOTFOUND",
    advice: isDistrusted ? certificateAdvice(code, host) : undefined,
    cause: error,
  });
}

/** Why a request that was sent to the service came to nothing, in words. */
export function requestFailure(error: unknown, connection: Connection): TransportError {
  if (error instanceof TransportError) return error;
  const { connectTimeoutMs, readTimeoutMs, endpoint } = connection;
  const silent = (reason: string) => new TransportError(reason, { retryable: true, cause: error });
  if (error instanceof errors.ConnectTimeoutError) {
    return silent(`no connection within ${connectTimeoutMs} ms (clientConnectTimeout)`);
  }
  if (error instanceof errors.HeadersTimeoutError) {
    return silent(`no answer within ${readTimeoutMs} ms (clientReadTimeout)`);
  }
  if (error instanceof errors.BodyTimeoutError) {
    return silent(`the answer stopped for ${readTimeoutMs} ms (clientReadTimeout)`);
  }
  if (error instanceof errors.HeadersOverflowError) {
    return new TransportError(
      `the headers of the answer are larger than ${maxHeaderBytes / 1024} KiB`,
      { retryable: false, cause: error },
    );
  }
  return connectionFailure(error, endpoint.host);
}

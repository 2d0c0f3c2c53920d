/** A reason, in words meant for the user, why one way (or every way) to a Pulumi CLI is closed. */
export class EngineError extends Error {
  override readonly name = "EngineError";
}

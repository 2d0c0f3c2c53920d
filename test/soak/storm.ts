import type { Random } from "../../simulator/random";
import type { Fault } from "../../simulator";

/** What a call gets over: it answers as if nothing had been. */
const weather: readonly [() => Fault, ...(() => Fault)[]] = [
  () => ({ kind: "throttle", retryAfterMs: 5 }),
  () => ({ kind: "throttle" }),
  () => ({ kind: "status", status: 500 }),
  () => ({ kind: "status", status: 502, body: "<html>Bad</html>", contentType: "text/html" }),
  () => ({ kind: "status", status: 503 }),
  () => ({ kind: "resetBeforeHeaders" }),
  () => ({ kind: "resetDuringBody" }),
  () => ({ kind: "truncatedJson" }),
  () => ({ kind: "emptyBody" }),
  () => ({ kind: "neverAnswer" }),
  () => ({ kind: "slowFirstByte", delayMs: 30 }),
  () => ({ kind: "slowBody", bytes: 5000, delayMs: 3 }),
  () => ({ kind: "nonceUsed" }),
  () => ({ kind: "noDate" }),
  () => ({ kind: "gzip" }),
];

/** What a call may fail of, with a documented error. */
const disasters: readonly [() => Fault, ...(() => Fault)[]] = [
  () => ({ kind: "errorBody" }),
  () => ({ kind: "status", status: 404 }),
  () => ({ kind: "redirect", location: "http://127.0.0.1:1/" }),
  () => ({ kind: "expiredToken" }),
  () => ({ kind: "rejectToken", on: { page: 2 } }),
  () => ({ kind: "repeatToken", on: { page: 1 } }),
  () => ({ kind: "tokenCycle", times: 4 }),
  () => ({ kind: "endlessEmptyPages", times: 30 }),
  () => ({ kind: "duplicateRow" }),
  () => ({ kind: "page", patch: { TotalCount: 4711 } }),
  () => ({ kind: "page", patch: { Backups: null } }),
  () => ({ kind: "page", patch: { NextToken: "of-another-list" } }),
  () => ({ kind: "hugeBody", bytes: 3_000_000 }),
];

/** A handful of faults for the calls to come. */
export function brewStorm(random: Random, isDisaster: boolean): Fault[] {
  const fair = Array.from({ length: random.between(0, 8) }, () => random.pick(weather)());
  if (!isDisaster) return fair;
  return [...fair, ...Array.from({ length: 4 }, () => random.pick(disasters)())];
}

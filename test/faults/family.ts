// What a fault is, and what is said of one.

import type { GetBackupArgs, Settings } from "../../provider";
import type { Outcome } from "./outcome";
import type { StartPeer } from "./peers";

/** What Alibaba Cloud's own HTTP stack cannot do (README, Settings). */
export const openApiLimits = {
  pause: "It loses how long a throttle asks to wait.",
  status: "It loses the status of an answer that is not JSON, and asks again.",
  redirect: "It takes a redirect for broken JSON, and asks again.",
  gzip: "It takes a packed answer for broken JSON, and asks again.",
  size: "It reads whatever comes, however much.",
  words: "It words what is wrong with a connection in its own way.",
  late: "It tells in one of three ways that something was late, by chance.",
} as const;

/** Where the openapi-client transport comes to something else. */
export interface OpenApiException {
  readonly because: keyof typeof openApiLimits;
  readonly outcome: Outcome;
}

/** Conditions that no list takes. */
export type Wanted = Pick<GetBackupArgs, "restoreTestedWithin">;

/** One way in which a peer misbehaves. */
export interface FaultCase {
  readonly fault: string;
  readonly peer: StartPeer;
  readonly settings?: Settings;
  /** What comes of it, whoever asks. */
  readonly outcome: Outcome;
  /** What comes of it for `listBackups`, which cannot take back what it has handed out. */
  readonly listBackups?: Outcome;
  /** What comes of it for getBackup and both kinds of gates. */
  readonly gates?: Outcome;
  readonly openApi?: OpenApiException;
  /** What getBackup and both kinds of gates ask for besides; then nobody else asks. */
  readonly wanted?: Wanted;
  /** Whether the front ends are to be tried one after the other: it takes much memory. */
  readonly isLarge?: boolean;
}

/** Faults of a kind. */
export interface Family {
  readonly title: string;
  /** What has to be known of all of them. */
  readonly about?: string;
  readonly cases: readonly FaultCase[];
}

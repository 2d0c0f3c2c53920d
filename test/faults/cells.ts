// One fault and one way to ask: what has to come of it, and what does.

import { setTimeout as sleep } from "node:timers/promises";
import type { Settings } from "../../provider";
import type { FaultCase } from "./family";
import { frontEnds, type FrontEnd } from "./fronts";
import { steady, warning, type Outcome } from "./outcome";
import type { Peer } from "./peers";
import { toldBy } from "./toldBy";
import { keeping } from "./warned";

/** Long enough for a busy machine; faults about time have times of their own. */
const timeouts: Settings = { clientConnectTimeout: 10_000, clientReadTimeout: 10_000 };

/** Seconds to try for: long where it is to succeed, short where it is in vain. */
function patienceFor(expected: Outcome): Settings {
  return { maxRetryTimeout: "error" in expected ? 1 : 20 };
}

/** How long a call may take at most: whatever takes longer hangs. */
const hangsAfterMs = 30_000;

/** Those who may meet a fault. */
export function frontsOf({ wanted }: FaultCase): readonly FrontEnd[] {
  return wanted === undefined ? frontEnds : frontEnds.filter(({ group }) => group === "gates");
}

/** What has to come of a fault for who asks in this way. */
export function expectedOf(
  { outcome, listBackups, gates, openApi }: FaultCase,
  { group, transport }: FrontEnd,
): Outcome {
  const ofGroup = {
    getBackups: outcome,
    listBackups: listBackups ?? outcome,
    gates: gates ?? outcome,
  };
  return transport === "undici" || openApi === undefined ? ofGroup[group] : openApi.outcome;
}

async function within<T>(work: Promise<T>): Promise<T> {
  const end = new AbortController();
  const overdue = sleep(hangsAfterMs, undefined, { signal: end.signal }).then(() => {
    throw new Error(`nothing came of it within ${hangsAfterMs} ms`);
  });
  try {
    return await Promise.race([work, overdue]);
  } finally {
    // The race has listened to both, so that nothing is left to be rejected unheard.
    end.abort();
  }
}

/** The client's timers depend on what came before on the same connection. */
const lateByChance = /aborted|the answer was not complete within \d+ ms/;
const late = "no answer in time (clientConnectTimeout, clientReadTimeout)";

/** How to ask a peer that misbehaves in this way, when this is to come of it. */
export function settingsFor(fault: FaultCase, peer: Peer, expected: Outcome): Settings {
  return { ...timeouts, ...patienceFor(expected), ...peer.settings, ...fault.settings };
}

/** Asks a peer that misbehaves. An answer that is not the whole right one is an outcome of its own. */
export async function tryOut(fault: FaultCase, front: FrontEnd): Promise<Outcome> {
  const peer = await fault.peer();
  const settings = settingsFor(fault, peer, expectedOf(fault, front));
  const warnings: string[] = [];
  const question = { peer, settings, wanted: fault.wanted };
  const outcome = await within(keeping(warnings, () => front.ask(question))).then(
    (): Outcome => ({
      answered: true,
      extraRequests: peer.requestCount() - peer.pageCount(),
    }),
    (error: unknown): Outcome => {
      const told = toldBy(error);
      const isByChance = front.transport === "openapi-client" && fault.openApi?.because === "late";
      const message = isByChance ? told.message.replace(lateByChance, late) : told.message;
      return { ...told, message: steady(message, peer) };
    },
  );
  peer.check?.();
  return warnings.reduce((warned, text) => warning(warned, steady(text, peer)), outcome);
}

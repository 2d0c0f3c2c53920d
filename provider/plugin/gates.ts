// The resource BackupGate. The engine tells Check and Diff neither whether it is a preview nor whether
// Create will follow, so: Check asks and keeps the decision, Diff turns it into "update" or "none",
// and Create and Update decide.

import { isDeepStrictEqual } from "node:util";
import { BackupsError, InvalidArgumentError, type ArgumentProblem } from "../errors";
import { findQualifying, isFinding, type Finding } from "../findQualifying";
import { backupGateInputs, type BackupGateResourceArgs } from "../gateArgs";
import type { Reporter } from "../reader";
import { refuse, uncheckedGate, type Refusal } from "../refusal";
import { createSearch, type Search } from "../search";
import { withSecretArgs } from "../secretArgs";
import { formatInstant } from "../timestamps";
import { findProblems } from "../validation";
import type { ReaderFor } from "./session";

/** What the engine sent of a gate's inputs, without wrappers; see `unwrap`. */
export interface GateInputs {
  readonly value: object;
  readonly hasSecrets: boolean;
  /** Whether something is not known yet that is asked for; of triggers it does not matter. */
  readonly hasUnknowns: boolean;
}

/** What a passed gate remembers. */
export interface Passed {
  readonly backup: Finding["backup"];
  readonly backupId: string;
  /** When it passed: UTC, `YYYY-MM-DDTHH:MM:SSZ`. */
  readonly passedAt: string;
}

type Decision = Finding | Refusal | BackupsError;

function isPassed(decision: Decision): boolean {
  return !(decision instanceof Error) && isFinding(decision) && decision.qualifies;
}

/** What is wrong with a gate's inputs; unknown ones are not. */
export function gateProblems({ value, hasSecrets }: GateInputs): ArgumentProblem[] {
  return findProblems(backupGateInputs, value, hasSecrets);
}

function checked(inputs: GateInputs): BackupGateResourceArgs {
  const problems = gateProblems(inputs);
  if (problems.length > 0) throw new InvalidArgumentError("BackupGate", problems);
  // Triggers may not be known yet, and have done what they are for.
  return backupGateInputs.schema.parse({ ...inputs.value, triggers: undefined });
}

function searchOf(inputs: GateInputs, readerFor: ReaderFor) {
  const { triggers, evaluate, onPreview, ...wanted } = checked(inputs);
  const reader = readerFor(wanted.region);
  return createSearch(withSecretArgs(reader, wanted, inputs.hasSecrets), wanted);
}

/** The gates of a run: the decisions that Check left for the Diff that follows. */
export class Gates {
  readonly #decisions = new Map<string, Decision>();
  /** What Check would have warned of a gate that has not passed: an update says it better. */
  readonly #warnings = new Map<string, readonly string[]>();

  /** Asks if the gate is due, and keeps the decision; never fails for it. */
  async check(
    urn: string,
    olds: GateInputs | undefined,
    news: GateInputs,
    readerFor: ReaderFor,
  ): Promise<void> {
    this.#decisions.delete(urn);
    this.#warnings.delete(urn);
    if (news.hasUnknowns) return;
    const { evaluate, onPreview } = checked(news);
    const warnings: string[] = [];
    const quietReaderFor: ReaderFor = (region) => {
      const reader = readerFor(region);
      const warn = (message: string) => void warnings.push(message);
      return { ...reader, reporter: { ...reader.reporter, warn } };
    };
    const isUnchanged = olds !== undefined && isDeepStrictEqual(olds.value, news.value);
    if (evaluate === "onTriggers" && isUnchanged) return;
    if (onPreview === "skip" && olds === undefined) return;
    try {
      // Asked as in a preview: nothing is waited for here.
      const decision = await findQualifying(searchOf(news, quietReaderFor), true);
      this.#decisions.set(urn, decision);
      this.#warnings.set(urn, warnings);
    } catch (error) {
      // Anything else is no decision: the engine wanted an end, or there is a mistake in here.
      if (!(error instanceof BackupsError)) throw error;
      this.#decisions.set(urn, error);
    }
  }

  /** Whether the gate is to be decided anew. Without a decision (a refresh) only changes count. */
  isDue(urn: string, olds: GateInputs, news: GateInputs): boolean {
    const decision = this.#decisions.get(urn);
    if (!isDeepStrictEqual(olds.value, news.value)) return true;
    return decision !== undefined && !isPassed(decision);
  }

  /** In a preview: fails, warns or says nothing, as the gate is told to. */
  async preview(
    urn: string,
    news: GateInputs,
    readerFor: ReaderFor,
    reporter: Reporter,
  ): Promise<void> {
    const { onPreview } = news.value as Partial<BackupGateResourceArgs>;
    if (onPreview === "skip") return;
    if (news.hasUnknowns) {
      reporter.warn(uncheckedGate);
      return;
    }
    checked(news);
    try {
      const known = this.#decisions.get(urn);
      if (known instanceof Error) throw known;
      for (const message of this.#warnings.get(urn) ?? []) reporter.warn(message);
      const decision = known ?? (await findQualifying(searchOf(news, readerFor), true));
      if (!isFinding(decision)) throw await refuse([decision]);
    } catch (error) {
      if (onPreview !== "warn" || !(error instanceof BackupsError)) throw error;
      reporter.warn(`The backup gate is closed. ${error.message}`);
    }
  }

  /** In an update: asks, waits if told to, and passes or fails. */
  async pass(news: GateInputs, readerFor: ReaderFor): Promise<Passed> {
    const search = searchOf(news, readerFor);
    let now = NaN;
    const watched: Search = {
      ...search,
      async look(options) {
        const look = await search.look(options);
        ({ now } = look);
        return look;
      },
    };
    const outcome = await findQualifying(watched, false);
    if (!isFinding(outcome)) throw await refuse([outcome]);
    const { backup } = outcome;
    const passedAt = formatInstant(now);
    return { backup, backupId: backup.backupId, passedAt };
  }

  /**
   * Forgets all decisions: the run is over, and another may follow, such as a refresh, which must not
   * find any. So a plugin that engines attach to serves one run at a time.
   */
  clear(): void {
    this.#decisions.clear();
    this.#warnings.clear();
  }
}

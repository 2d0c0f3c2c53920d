// The resource BackupGate. The engine tells Check and Diff neither whether it is a preview nor whether
// Create will follow, so: Check asks and keeps the verdict, Diff turns it into "update" or "none",
// and Create and Update decide.

import { isDeepStrictEqual } from "node:util";
import { BackupsError, InvalidArgumentError, type ArgumentProblem } from "../errors";
import { findQualifying, isFinding, type Finding } from "../findQualifying";
import { backupGateInputs, type BackupGateResourceArgs } from "../gateArgs";
import type { Reader, Reporter } from "../reader";
import { refuse, type Refusal } from "../refusal";
import { createSearch, type Search } from "../search";
import { withSecretArgs } from "../secretArgs";
import { findProblems } from "../validation";

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

type Verdict = Finding | Refusal | BackupsError;

/** Prepares a reader for a gate's inputs. */
type PrepareReader = (args: BackupGateResourceArgs) => Reader;

function isPassed(verdict: Verdict): boolean {
  return !(verdict instanceof Error) && isFinding(verdict) && verdict.qualifies;
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

function searchOf(inputs: GateInputs, prepareReader: PrepareReader) {
  const { triggers, evaluate, onPreview, ...wanted } = checked(inputs);
  const reader = prepareReader({ ...wanted });
  return createSearch(inputs.hasSecrets ? withSecretArgs(reader, wanted) : reader, wanted);
}

/** The gates of a run: the verdicts that Check left for the Diff that follows. */
export class Gates {
  readonly #verdicts = new Map<string, Verdict>();
  /** What Check would have warned of a gate that has not passed: an update says it better. */
  readonly #warnings = new Map<string, readonly string[]>();

  /** Asks if the gate is due, and keeps the verdict; never fails for it. */
  async check(
    urn: string,
    olds: GateInputs | undefined,
    news: GateInputs,
    prepareReader: PrepareReader,
  ): Promise<void> {
    this.#verdicts.delete(urn);
    this.#warnings.delete(urn);
    if (news.hasUnknowns) return;
    const { evaluate, onPreview } = checked(news);
    const warnings: string[] = [];
    const prepareQuietReader: PrepareReader = (args) => {
      const reader = prepareReader(args);
      const warn = (message: string) => void warnings.push(message);
      return { ...reader, reporter: { ...reader.reporter, warn } };
    };
    const isUnchanged = olds !== undefined && isDeepStrictEqual(olds.value, news.value);
    if (evaluate === "onTriggers" && isUnchanged) return;
    if (onPreview === "skip" && olds === undefined) return;
    try {
      // Asked as in a preview: nothing is waited for here.
      const verdict = await findQualifying(searchOf(news, prepareQuietReader), true);
      this.#verdicts.set(urn, verdict);
      this.#warnings.set(urn, warnings);
    } catch (error) {
      // Anything else is no verdict: the engine wanted an end, or there is a mistake in here.
      if (!(error instanceof BackupsError)) throw error;
      this.#verdicts.set(urn, error);
    }
  }

  /** Whether the gate is to be decided anew. Without a verdict (a refresh) only changes count. */
  isDue(urn: string, olds: GateInputs, news: GateInputs): boolean {
    const verdict = this.#verdicts.get(urn);
    if (!isDeepStrictEqual(olds.value, news.value)) return true;
    return verdict !== undefined && !isPassed(verdict);
  }

  /** In a preview: fails, warns or says nothing, as the gate is told to. */
  async preview(
    urn: string,
    news: GateInputs,
    prepareReader: PrepareReader,
    reporter: Reporter,
  ): Promise<void> {
    const { onPreview } = news.value as Partial<BackupGateResourceArgs>;
    if (onPreview === "skip") return;
    if (news.hasUnknowns) {
      reporter.warn("The backup gate was not checked: what it asks for is not known yet.");
      return;
    }
    checked(news);
    try {
      const known = this.#verdicts.get(urn);
      if (known instanceof Error) throw known;
      for (const message of this.#warnings.get(urn) ?? []) reporter.warn(message);
      const verdict = known ?? (await findQualifying(searchOf(news, prepareReader), true));
      if (!isFinding(verdict)) throw await refuse([verdict]);
    } catch (error) {
      if (onPreview !== "warn" || !(error instanceof BackupsError)) throw error;
      reporter.warn(`The backup gate is closed. ${error.message}`);
    }
  }

  /** In an update: asks, waits if told to, and passes or fails. */
  async pass(news: GateInputs, prepareReader: PrepareReader): Promise<Passed> {
    const search = searchOf(news, prepareReader);
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
    const passedAt = new Date(now).toISOString().replace(/\.\d+/, "");
    return { backup, backupId: backup.backupId, passedAt };
  }

  /**
   * Forgets what passed: the run is over, and another may follow. What did not pass stays until the
   * next Check: another engine may be between its Check and its Diff, and would take no verdict for
   * nothing to do.
   */
  clear(): void {
    for (const [urn, verdict] of this.#verdicts) {
      if (!isPassed(verdict)) continue;
      this.#verdicts.delete(urn);
      this.#warnings.delete(urn);
    }
  }
}

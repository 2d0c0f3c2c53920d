import { InvalidArgumentError, type ArgumentProblem } from "./errors";
import type { Settings } from "./settings/settings";
import { settingsContract } from "./settings/settingsContract";
import { examine, orUnreadable, type Contract } from "./validation";
import { describe } from "./wording";

/** The options of a call that are checked like arguments. */
export interface CheckedOptions {
  readonly signal?: AbortSignal | undefined;
  readonly settings?: Settings | undefined;
}

/** Options after their examination. */
interface ExaminedOptions {
  readonly problems: ArgumentProblem[];
  readonly settings: Settings | undefined;
}

function lookAt({ signal, settings }: CheckedOptions): ExaminedOptions {
  const { problems: ofSettings, value } =
    settings === undefined
      ? { problems: [], value: undefined }
      : examine(settingsContract, settings);
  const problems = ofSettings.map(({ property, reason }) => ({
    property: property === "args" ? "opts.settings" : `opts.settings.${property}`,
    reason,
  }));
  if (signal !== undefined && !((signal as unknown) instanceof AbortSignal)) {
    problems.push({ property: "opts.signal", reason: "is no AbortSignal" });
  }
  return { problems, settings: value };
}

function examineOptions(opts: CheckedOptions): ExaminedOptions {
  const wrong = (reason: string) => ({
    problems: [{ property: "opts", reason }],
    settings: undefined,
  });
  if (typeof opts !== "object" || (opts as unknown) === null) {
    return wrong(`is ${describe(opts)}, expected an object`);
  }
  return orUnreadable(
    () => lookAt(opts),
    ({ reason }) => wrong(reason),
  );
}

/** What is wrong with the options that every call has. */
export function optionProblems(opts: CheckedOptions): ArgumentProblem[] {
  return examineOptions(opts).problems;
}

/** What a call was given, checked and copied. */
export interface CheckedCall<T> {
  readonly args: T;
  readonly settings: Settings | undefined;
}

/**
 * Checks and copies the arguments and settings of a call. Throws one {@link InvalidArgumentError} with
 * every problem of arguments and options; `areSecret` keeps the arguments' values out of it.
 */
export function checkCall<T>(
  contract: Contract<T>,
  args: unknown,
  opts: CheckedOptions,
  areSecret = false,
): CheckedCall<T> {
  const { problems: ofArgs, value } = examine(contract, args, areSecret);
  const { problems: ofOptions, settings } = examineOptions(opts);
  const problems = [...ofArgs, ...ofOptions];
  if (problems.length > 0) throw new InvalidArgumentError(contract.functionName, problems);
  // Without problems there is a value: only Outputs are let through without one, and none are left.
  return { args: value as T, settings };
}

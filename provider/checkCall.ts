import { InvalidArgumentError, type ArgumentProblem } from "./errors";
import type { Settings } from "./settings/settings";
import { settingsContract } from "./settings/settingsContract";
import { describe, examine, findProblems, orUnreadable, type Contract } from "./validation";

/** The options of a call that are checked like arguments. */
export interface CheckedOptions {
  readonly signal?: AbortSignal | undefined;
  readonly settings?: Settings | undefined;
}

function wrongOptions({ signal, settings }: CheckedOptions): ArgumentProblem[] {
  const problems =
    settings === undefined
      ? []
      : findProblems(settingsContract, settings).map(({ property, reason }) => ({
          property: property === "args" ? "opts.settings" : `opts.settings.${property}`,
          reason,
        }));
  if (signal !== undefined && !((signal as unknown) instanceof AbortSignal)) {
    problems.push({ property: "opts.signal", reason: "is no AbortSignal" });
  }
  return problems;
}

/** What is wrong with the options that every call has. */
export function optionProblems(opts: CheckedOptions): ArgumentProblem[] {
  if (typeof opts !== "object" || (opts as unknown) === null) {
    return [{ property: "opts", reason: `is ${describe(opts)}, expected an object` }];
  }
  return orUnreadable(
    () => wrongOptions(opts),
    ({ reason }) => [{ property: "opts", reason }],
  );
}

/**
 * The arguments of a call, checked and copied. Throws one {@link InvalidArgumentError} with every
 * problem of arguments and options; `areSecret` keeps the arguments' values out of it.
 */
export function checkCall<T>(
  contract: Contract<T>,
  args: unknown,
  opts: CheckedOptions,
  areSecret = false,
): T {
  const { problems: ofArgs, value } = examine(contract, args, areSecret);
  const problems = [...ofArgs, ...optionProblems(opts)];
  if (problems.length > 0) throw new InvalidArgumentError(contract.functionName, problems);
  // Without problems there is a value: only Outputs are let through without one, and none are left.
  return value as T;
}

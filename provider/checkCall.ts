import { InvalidArgumentError, type ArgumentProblem } from "./errors";
import { settingsContract, type Settings } from "./settings/settings";
import { findProblems, type Contract } from "./validation";

/** The options of a call that are checked like arguments. */
export interface CheckedOptions {
  readonly signal?: AbortSignal | undefined;
  readonly settings?: Settings | undefined;
}

/** What is wrong with the options that every call has. */
export function optionProblems({ signal, settings }: CheckedOptions): ArgumentProblem[] {
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
  const problems = [...findProblems(contract, args, areSecret), ...optionProblems(opts)];
  if (problems.length > 0) throw new InvalidArgumentError(contract.functionName, problems);
  return contract.schema.parse(args);
}

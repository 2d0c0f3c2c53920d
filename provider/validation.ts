import type { ArgumentProblem } from "./errors";
import { parseGiven } from "./givenFields";
import { describe, didYouMean, formatPath } from "./wording";
import * as z from "./zod";

/** What the arguments of one function have to be. */
export interface Contract<T> {
  readonly functionName: string;
  readonly schema: z.ZodType<T>;
  /** What to do who passed an Output. */
  readonly outputRemedy: string;
  /**
   * What can be wrong between fields; is given the fields that are right by themselves, and the
   * names of all that have a value.
   */
  readonly rules?: (valid: T, given: ReadonlySet<string>) => ArgumentProblem[];
  /** Whether Outputs are let through, to be checked again when their values are known. */
  readonly acceptsOutputs?: boolean;
  /** What to say of names that a caller may expect here but that belong elsewhere. */
  readonly hints?: ReadonlyMap<string, string>;
  /** Names of fields whose values must not be shown. */
  readonly secrets?: ReadonlySet<string>;
}

type Path = readonly PropertyKey[];

/** Arguments under examination. */
interface Checked<T> {
  readonly contract: Contract<T>;
  readonly args: unknown;
  /** Whether no value of theirs may be shown. */
  readonly areSecret: boolean;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (current, key) => (current as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  );
}

/** Pulumi marks its Outputs so (sdk/nodejs/output.ts); the core needs no SDK to see it. */
function isOutput(value: unknown): boolean {
  return typeof value === "object" && value !== null && "__pulumiOutput" in value;
}

/** The names a strict object has at a path, to guess what a wrong name was meant to be. */
function knownNames(schema: z.ZodType, path: Path): string[] {
  let current: unknown = schema;
  const unwrap = () => {
    while (current instanceof z.ZodOptional) current = current.unwrap();
  };
  unwrap();
  for (const key of path) {
    if (current instanceof z.ZodArray) current = current.element;
    else if (current instanceof z.ZodObject) {
      current = (current.shape as Record<string, unknown>)[String(key)];
    }
    unwrap();
  }
  return current instanceof z.ZodObject ? Object.keys(current.shape) : [];
}

function unknownName<T>(contract: Contract<T>, path: Path, name: string): ArgumentProblem {
  const property = formatPath([...path, name], name);
  const hint = path.length === 0 ? contract.hints?.get(name) : undefined;
  if (hint !== undefined) return { property, reason: hint };
  const known = knownNames(contract.schema, path);
  const guess = didYouMean(name, known);
  const remedy = guess === undefined ? `known are ${known.join(", ")}` : `did you mean ${guess}?`;
  return { property, reason: `is not known (${remedy})` };
}

/** Whether a value is that of a secret field, or meant to be an object that has one. */
function isSecret<T>(contract: Contract<T>, path: Path, value: unknown): boolean {
  const { secrets } = contract;
  if (secrets === undefined) return false;
  if (path.some((key) => secrets.has(String(key)))) return true;
  const couldHold = typeof value === "string" || (typeof value === "object" && value !== null);
  return couldHold && knownNames(contract.schema, path).some((name) => secrets.has(name));
}

function wrongValue<T>({ contract, args, areSecret }: Checked<T>, issue: z.core.$ZodIssue) {
  const property = formatPath(issue.path, "args");
  const value = valueAt(args, issue.path);
  const isHidden = areSecret || isSecret(contract, issue.path, value);
  const shown = isHidden ? "a secret that is not shown" : describe(value);
  const was = value === undefined ? "is missing" : `is ${shown}`;
  return { property, reason: `${was}, ${issue.message}` };
}

function problemsOf<T>(checked: Checked<T>, issue: z.core.$ZodIssue): ArgumentProblem[] {
  const { contract, args } = checked;
  // An Output has properties of all kinds, so that a schema may complain of any of them.
  const outputAt = issue.path.findIndex((_, i) =>
    isOutput(valueAt(args, issue.path.slice(0, i + 1))),
  );
  const whole = isOutput(args) || (outputAt < 0 && isOutput(valueAt(args, issue.path)));
  if (whole || outputAt >= 0) {
    if (contract.acceptsOutputs) return [];
    const property = formatPath(isOutput(args) ? [] : issue.path.slice(0, outputAt + 1), "args");
    return [{ property, reason: `is an Output (${contract.outputRemedy})` }];
  }
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((name) => unknownName(contract, issue.path, name));
  }
  return [wrongValue(checked, issue)];
}

/** The fields without an issue of their own, so that rules between fields can be checked as well. */
function validFields(args: object, issues: readonly z.core.$ZodIssue[]): Record<string, unknown> {
  const wrong = new Set(issues.map(({ path }) => path[0]));
  return Object.fromEntries(Object.entries(args).filter(([name]) => !wrong.has(name)));
}

/** What is wrong between fields; where there are none, that has been told. */
function ruleProblems<T>(
  { rules }: Contract<T>,
  args: unknown,
  issues: readonly z.core.$ZodIssue[],
): ArgumentProblem[] {
  if (rules === undefined || typeof args !== "object" || args === null || isOutput(args)) return [];
  const values = args as Record<string, unknown>;
  const given = Object.keys(values).filter((name) => values[name] !== undefined);
  const valid = issues.length === 0 ? values : validFields(values, issues);
  return rules(valid as T, new Set(given));
}

/**
 * A Promise (a forgotten `await`), Map or Date has no fields of its own, so that a schema takes it
 * for an object with everything left out: all backups, as whoever the chain finds.
 */
function exoticObject(args: unknown): ArgumentProblem | undefined {
  const tag = Object.prototype.toString.call(args).slice("[object ".length, -1);
  if (typeof args !== "object" || isOutput(args)) return undefined;
  if (["Object", "Array", "Null"].includes(tag)) return undefined;
  const remedy = tag === "Promise" ? "await it first" : "expected a plain object";
  return { property: "args", reason: `is a ${tag} (${remedy})` };
}

/** Arguments after their examination. */
export interface Examined<T> {
  /** Everything that is wrong with them; empty when nothing is. */
  readonly problems: ArgumentProblem[];
  /** A copy, of what was checked and not of what they say when read again; none if they are wrong. */
  readonly value: T | undefined;
}

function look<T>(contract: Contract<T>, args: unknown, areSecret: boolean): Examined<T> {
  const exotic = exoticObject(args);
  if (exotic !== undefined) return { problems: [exotic], value: undefined };
  const quick = parseGiven(contract.schema, args);
  const { data: value, error } =
    quick === undefined ? contract.schema.safeParse(args) : { data: quick, error: undefined };
  const issues = error?.issues ?? [];
  const checked = { contract, args, areSecret };
  const problems = [
    ...issues.flatMap((issue) => problemsOf(checked, issue)),
    ...ruleProblems(contract, value ?? args, issues),
  ];
  if (problems.length === 0) return { problems, value };
  const byProperty = new Map(problems.map((problem) => [problem.property, problem]));
  return { problems: [...byProperty.values()], value };
}

/** What was found, or that it cannot even be looked at. */
export function orUnreadable<T>(find: () => T, unreadable: (problem: ArgumentProblem) => T): T {
  try {
    return find();
  } catch {
    // What it throws is not shown: it may be anything, a secret too.
    const reason = "cannot be read: an accessor or proxy in it throws (expected plain values)";
    return unreadable({ property: "args", reason });
  }
}

/** Checks arguments, whatever they are. */
export function examine<T>(contract: Contract<T>, args: unknown, areSecret = false): Examined<T> {
  return orUnreadable(
    () => look(contract, args, areSecret),
    (problem) => ({ problems: [problem], value: undefined }),
  );
}

/** Everything that is wrong with the arguments; empty when nothing is. */
export function findProblems<T>(
  contract: Contract<T>,
  args: unknown,
  areSecret = false,
): ArgumentProblem[] {
  return examine(contract, args, areSecret).problems;
}

// The flags of the commands, and the arguments and settings of the package behind them.

import { Option, type Command } from "commander";
import { describe } from "./descriptions";

/** A flag that stands for an argument of a function. */
interface Flag {
  /** As commander reads it: `--max-age <DURATION>`. */
  readonly spelling: string;
  /** The argument of the function. */
  readonly argument: string;
  readonly isNumber?: true;
  /** What it does here, where the argument's description speaks of a function's result. */
  readonly meaning?: string;
}

/** What the values of parsed flags are, by the names that commander gives them. */
export type Values = Readonly<Record<string, unknown>>;

/** The filters of getBackups. Which backups a listing has does not depend on how it is shown. */
export const filterFlags: readonly Flag[] = [
  { spelling: "--service-instance <ID...>", argument: "serviceInstanceIds" },
  { spelling: "--id <ID...>", argument: "ids" },
  { spelling: "--status <STATUS...>", argument: "statuses" },
  { spelling: "--mode <MODE>", argument: "backupMode" },
  { spelling: "--max-age <DURATION>", argument: "maxAge" },
  { spelling: "--started-after <TIME>", argument: "startedAfter" },
  { spelling: "--started-before <TIME>", argument: "startedBefore" },
  { spelling: "--ended-after <TIME>", argument: "endedAfter" },
  { spelling: "--ended-before <TIME>", argument: "endedBefore" },
  { spelling: "--region <REGION>", argument: "region" },
];

/** The arguments of getBackups. */
export const listFlags: readonly Flag[] = [
  ...filterFlags,
  {
    spelling: "--limit <N>",
    argument: "limit",
    isNumber: true,
    meaning: "Only the newest N; counts still speak of all that match",
  },
];

/** The conditions of getBackup. */
export const checkFlags: readonly Flag[] = [
  { spelling: "--service-instance <ID...>", argument: "serviceInstanceId" },
  { spelling: "--backup <ID>", argument: "backupId" },
  { spelling: "--max-age <DURATION>", argument: "maxAge" },
  { spelling: "--min-retention <DURATION>", argument: "minRetention" },
  { spelling: "--restore-tested-within <DURATION>", argument: "restoreTestedWithin" },
  { spelling: "--mode <MODE>", argument: "backupMode" },
  { spelling: "--wait-timeout <DURATION>", argument: "waitTimeout" },
  { spelling: "--poll-interval <DURATION>", argument: "pollInterval" },
  { spelling: "--region <REGION>", argument: "region" },
];

/** Where and as whom to ask. What is not given comes from the environment. */
const settingFlags: readonly Flag[] = [
  { spelling: "--profile <NAME>", argument: "profile" },
  { spelling: "--endpoint <ADDRESS>", argument: "endpoint" },
];

/** What the core finds wrong with a number is told in its words. */
function numberIn(text: string): number | string {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function optionOf(of: Parameters<typeof describe>[0], flag: Flag): Option {
  // Other arguments are told of by their flags, and nothing is marked as code.
  const meaning = flag.meaning ?? describe(of, flag.argument);
  const shown = meaning.replaceAll(/`([^`]*)`/g, (_, code: string) => flagOf(code));
  const option = new Option(flag.spelling, shown);
  return flag.isNumber ? option.argParser(numberIn) : option;
}

/** Gives a command its flags, each described as the argument behind it is. */
export function addFlags(
  command: Command,
  functionName: "getBackups" | "getBackup",
  flags: readonly Flag[],
): Command {
  for (const flag of flags) command.addOption(optionOf(functionName, flag));
  for (const flag of settingFlags) command.addOption(optionOf("settings", flag));
  return command;
}

/** The arguments that flags stand for. The function itself checks what they are. */
export function argumentsOf(flags: readonly Flag[], values: Values): Record<string, unknown> {
  return Object.fromEntries(
    flags.flatMap(({ spelling, argument }) => {
      const value = values[new Option(spelling).attributeName()];
      return value === undefined ? [] : [[argument, value]];
    }),
  );
}

/** The options of a call: settings that were given by flags. */
export function optionsOf(values: Values): { settings?: Record<string, unknown> } {
  const settings = argumentsOf(settingFlags, values);
  return Object.keys(settings).length === 0 ? {} : { settings };
}

/** The flag behind which an argument stands, by the property that a problem names: `ids[1]`. */
export function flagOf(property: string): string {
  const [name] = property.replace(/^opts\.settings\./, "").split(/[[.]/);
  const flags = [...listFlags, ...checkFlags, ...settingFlags];
  const flag = flags.find(({ argument }) => argument === name);
  return flag === undefined ? property : `--${new Option(flag.spelling).name()}`;
}

// The commands and their flags.

import { Command, CommanderError } from "commander";
import { check } from "./check";
import { endingOf, exitCodes, exitCodesHelp } from "./endings";
import { addFlags, checkFlags, filterFlags, listFlags, type Values } from "./flags";
import { list } from "./list";
import { packageVersion } from "./packageFiles";
import { report } from "./report";
import { say } from "./screen";

const examples = `
Examples:
  computenest-backups list --service-instance si-7b61 --max-age 7d
  computenest-backups check --service-instance si-7b61 --max-age 24h
  computenest-backups report --max-age 30d --html backups.html`;

function configure(command: Command): Command {
  return command
    .exitOverride()
    .showHelpAfterError("(see --help)")
    .configureOutput({
      outputError: (text, write) => {
        write(text.replace(/^error: /, "computenest-backups: "));
      },
    });
}

function programOf(finish: (exitCode: number) => void): Command {
  const program = configure(new Command("computenest-backups"))
    .description(
      "Looks at the backups of Alibaba Cloud Compute Nest service instances. Region, credentials and " +
        "the rest come from the environment or a profile, as for pulumi-alicloud.",
    )
    .version(packageVersion(), "--version", "print the version")
    .helpOption("--help", "print this")
    .helpCommand(false)
    .addHelpText("after", `${examples}\n${exitCodesHelp}`);
  const add = (name: string, description: string) =>
    configure(program.command(name)).description(description).helpOption("--help", "print this");

  addFlags(add("list", "print the backups, newest first"), "getBackups", listFlags)
    .option("--json", "print what getBackups returns, as JSON")
    .option("--csv", "print every field, as CSV")
    .action(async (values: Values) => {
      await list(values);
      finish(exitCodes.done);
    });
  addFlags(
    add("check", "tell by the exit code whether there is a backup to rely on"),
    "getBackup",
    checkFlags,
  )
    .option("--json", "print what getBackup returns, as a JSON list: one for each service instance")
    .addHelpText("after", exitCodesHelp)
    .action(async (values: Values) => {
      finish(await check(values));
    });
  addFlags(
    add("report", "draw the backups of each service instance on one page of HTML"),
    "getBackups",
    filterFlags,
  )
    .requiredOption("--html <FILE>", "the file to write; - is standard output")
    .option(
      "--gap <DURATION>",
      "mark what is longer than this without a Created backup (a daily one may be two hours late)",
      "26h",
    )
    .action(async (values: Values) => {
      await report(values);
      finish(exitCodes.done);
    });
  return program;
}

/** Does what the command line says; gives the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  // A command that never finished has done nothing.
  let exitCode: number = exitCodes.unanswered;
  const program = programOf((code) => (exitCode = code));
  try {
    await program.parseAsync(args, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    }
    const ending = await endingOf(error);
    say(ending.message);
    return ending.exitCode;
  }
}

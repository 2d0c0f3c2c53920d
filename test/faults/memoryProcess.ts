// A program that lists backups and says how much memory that took at most, and what came of it.

import { getBackups, type Settings } from "../../provider";
import { toldBy } from "./toldBy";

const mebibyte = 1024;

async function main(settings: Settings): Promise<void> {
  // What is loaded and set up for any call does not count.
  await getBackups({ maxResults: 1, maxPages: 1 }, { settings });
  const before = process.resourceUsage().maxRSS;
  const outcome = await getBackups({}, { settings }).then(
    ({ ids }) => `${ids.length} backups`,
    (error: unknown) => toldBy(error).message,
  );
  const grownMiB = Math.round((process.resourceUsage().maxRSS - before) / mebibyte);
  process.stdout.write(JSON.stringify({ outcome, grownMiB }));
}

void main(JSON.parse(process.argv[2] ?? "{}") as Settings);

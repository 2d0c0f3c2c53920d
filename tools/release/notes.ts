// `npm run changelog`: what CHANGELOG.md says of the version of package.json, for its release.

import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";

const repository = resolve(__dirname, "..", "..");

/** What a changelog says of a version; fails where it says nothing. */
export function notesOf(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  // The heading may have a date behind the version.
  const section = sections.find((text) => text.split(/[\s[\]]+/).find(Boolean) === version);
  const notes = section?.slice(section.indexOf("\n")).trim() ?? "";
  if (notes !== "") return `${notes}\n`;
  throw new Error(
    `CHANGELOG.md says nothing of ${version}: give what is under "Unreleased" that heading.`,
  );
}

async function main(): Promise<void> {
  const [changelog, manifest] = await Promise.all(
    ["CHANGELOG.md", "package.json"].map((name) => readFile(join(repository, name), "utf8")),
  );
  const { version } = JSON.parse(manifest ?? "") as { version: string };
  process.stdout.write(notesOf(changelog ?? "", version));
}

if (require.main === module) {
  main().catch((error: unknown) => {
    console.error((error as Error).message);
    process.exitCode = 1;
  });
}

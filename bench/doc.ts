// docs/performance.md's figures come from what was measured: they stand between
// `<!-- figures -->` and `<!-- end -->`.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import type { Outcome } from "./experiment";
import { shown, type Results } from "./report";

const page = join(__dirname, "..", "docs", "performance.md");

function sectionOf({ title, figures, targets }: Outcome): string {
  const rows = figures.map((figure) => {
    const { median, min, max } = figure.spread;
    const cells = [median, min, max].map((value) => shown(value, figure));
    return `| ${figure.name} | ${cells.join(" | ")} |`;
  });
  const table = ["| | median | min | max |", "|---|--:|--:|--:|", ...rows];
  const verdicts = targets.map(({ text, isMet }) => `- ${isMet ? "Met" : "**Missed**"}: ${text}.`);
  return [`### ${title}`, rows.length === 0 ? "" : table.join("\n"), verdicts.join("\n")]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** Writes the figures into the page. */
export async function writeDoc({ machine, outcomes }: Results): Promise<void> {
  const { node, platform, cpus } = machine;
  const days = [...new Set(Object.values(outcomes).map(({ at }) => at.slice(0, 10)))].sort();
  const on = `Measured ${days.join(", ")} with Node ${node} on ${platform}, ${cpus.length} × ${cpus[0] ?? "?"}.`;
  const figures = [on, ...Object.values(outcomes).map(sectionOf)].join("\n\n");
  const text = (await readFile(page, "utf8")).replace(
    /(<!-- figures -->)[\s\S]*?(<!-- end -->)/,
    (_, start: string, end: string) => `${start}\n\n${figures}\n\n${end}`,
  );
  const options = await resolveConfig(page);
  await writeFile(page, await format(text, { ...options, filepath: page }));
}

// docs/reliability.md: what came of each fault in the last run, for users.

import { resolve } from "node:path";
import { openApiLimits, type FaultCase, type Family } from "./family";
import { frontsOf } from "./cells";
import type { FrontEnd } from "./fronts";
import { families } from "./matrix";
import type { Outcome } from "./outcome";

/** What came of each fault for each way to ask, by its name. */
export type Seen = Map<FaultCase, Map<string, Outcome>>;

export const reliabilityFile = resolve(__dirname, "..", "..", "docs", "reliability.md");

const introduction = `# What faults come to

Every fault below was tried, on real sockets, with every way to ask for backups: \`getBackups\`,
\`listBackups\`, \`getBackup\` and \`backupGate\` (in an update and in a preview) in a program, and
\`getBackups\`, \`getBackup\` and \`BackupGate\` (in an update and in a preview) through the plugin. What
comes of it is either the **whole right answer** or an **error**, which closes a gate: never a part of
a list, never a gate that is passed because nobody could be asked, never a call without an end. What is
different with \`transport: "openapi-client"\` has [a section of its own](#with-transport-openapi-client).

Unless it says otherwise, a fault strikes the second of three pages. _Whole_ is the right answer; where
more requests were needed than there are pages, it says how many more. Whatever was warned of besides is
told with it. In messages, HOST is the address that was asked, SETTINGS where the credentials are from,
ID the service's id of the request, TIME an instant, and N what differs from case to case.

This page is written by the tests (\`npm run reliability\`), and a test fails when it is out of date.`;

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}

function words(outcome: Outcome | undefined): string {
  if (outcome === undefined) return "not tried";
  const warnings = outcome.warnings ?? [];
  return [whatCame(outcome), ...warnings.map((text) => `With a warning: ${text}`)].join(" ");
}

function whatCame(outcome: Outcome): string {
  if ("error" in outcome) {
    const [name = "", kind] = outcome.error.split(" ");
    return `\`${name}\`${kind === undefined ? "" : ` (${kind})`}: ${outcome.message}`;
  }
  const { extraRequests: more } = outcome;
  return more === 0 ? "Whole." : `Whole, after ${more} more request${more === 1 ? "" : "s"}.`;
}

/** Outcomes in words, each with those whom it befalls where it does not befall all. */
function told(
  fronts: readonly FrontEnd[],
  outcomes: ReadonlyMap<string, Outcome> | undefined,
  nameOf: (front: FrontEnd) => string,
): string {
  const names = new Map<string, Set<string>>();
  for (const front of fronts) {
    const text = words(outcomes?.get(front.name));
    names.set(text, (names.get(text) ?? new Set()).add(nameOf(front)));
  }
  if (names.size === 1) return [...names.keys()].join();
  return [...names].map(([text, who]) => `_${[...who].join(", ")}_: ${text}`).join("<br>");
}

const groupNames = {
  getBackups: "getBackups",
  listBackups: "listBackups",
  gates: "getBackup and gates",
} as const;

/** What came of a fault for those who ask through a transport. */
function outcomesOf(fault: FaultCase, transport: FrontEnd["transport"], seen: Seen): string {
  const fronts = frontsOf(fault).filter((front) => front.transport === transport);
  return cell(told(fronts, seen.get(fault), ({ group }) => groupNames[group]));
}

function row(fault: FaultCase, seen: Seen): string {
  return `| ${cell(fault.fault)} | ${outcomesOf(fault, "undici", seen)} |`;
}

function section(family: Family, seen: Seen): string {
  const rows = family.cases.map((fault) => row(fault, seen));
  const head = [`## ${family.title}`, "", ...(family.about ? [family.about, ""] : [])];
  return [...head, "| fault | what comes of it |", "|---|---|", ...rows].join("\n");
}

/** Where Alibaba Cloud's own HTTP stack comes to something else, and why. */
function openApiSection(seen: Seen): string {
  const rows = families
    .flatMap(({ cases }) => cases)
    .flatMap((fault) => {
      const { openApi } = fault;
      if (openApi === undefined) return [];
      const text = outcomesOf(fault, "openapi-client", seen);
      return [`| ${cell(fault.fault)} | ${openApiLimits[openApi.because]} | ${text} |`];
    });
  return [
    '## With `transport: "openapi-client"`',
    "",
    "`getBackups`, `getBackup` and `backupGate` (in an update and in a preview) were tried through Alibaba",
    "Cloud's own HTTP stack as well. They come to the same, except here:",
    "",
    "| fault | why | what comes of it |",
    "|---|---|---|",
    ...rows,
  ].join("\n");
}

const limits = `## What cannot be noticed

The service pages by position, and says of a list no more than how many backups are in it. Two things
therefore go unnoticed:

- A backup deleted while the list is read moves others to pages that were read already. TotalCount gives
  that away, and the list is read again. Where the service sends no TotalCount, nothing does. With
  \`completeness: "tokens"\`, the list is taken, with a warning that says so.
- A backup deleted and another made between the same two pages, at the other end of the list, leave
  TotalCount as it was.

Either may hide a backup that is there, and show one that is gone since; a gate that is about one
service instance is concerned only if that has more than 100 backups, more than one page.`;

/** The page. */
export function renderReliability(seen: Seen): string {
  const sections = families.map((family) => section(family, seen));
  return [introduction, ...sections, openApiSection(seen), limits].join("\n\n") + "\n";
}

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import Table from "cli-table3";
import type { Figure, Outcome } from "./experiment";

/** A number with its unit, as exact as it is worth. */
export function shown(value: number, { unit }: Figure): string {
  if (unit === "") return value.toFixed(2);
  return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ${unit}`;
}

/** An experiment as a table for a terminal. */
export function tableOf({ title, figures, targets }: Outcome): string {
  const table = new Table({
    head: ["", "median", "min", "max"],
    colAligns: ["left", "right", "right", "right"],
    style: { head: [], border: [], compact: true },
  });
  for (const figure of figures) {
    const { median, min, max } = figure.spread;
    table.push([figure.name, ...[median, min, max].map((value) => shown(value, figure))]);
  }
  const verdicts = targets.map(({ text, isMet }) => `Target ${isMet ? "met" : "MISSED"}: ${text}.`);
  return [title, table.toString(), ...verdicts, ""].join("\n");
}

/** What is known of each experiment, the latest of it. */
export interface Results {
  readonly outcomes: Readonly<Record<string, Outcome & { readonly at: string }>>;
  readonly machine: { readonly node: string; readonly platform: string; readonly cpus: string[] };
}

/** Writes everything that was measured, and on what; keeps what a file has of other experiments. */
export function writeJson(file: string, outcomes: Readonly<Record<string, Outcome>>): Results {
  const at = new Date().toISOString();
  const known = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Results) : undefined;
  const fresh: Record<string, Outcome & { readonly at: string }> = {};
  for (const [name, outcome] of Object.entries(outcomes)) fresh[name] = { at, ...outcome };
  const results: Results = {
    machine: {
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      cpus: cpus().map(({ model }) => model),
    },
    outcomes: { ...known?.outcomes, ...fresh },
  };
  writeFileSync(file, `${JSON.stringify(results, undefined, 2)}\n`);
  return results;
}

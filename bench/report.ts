import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import Table from "cli-table3";
import type { Figure, Outcome } from "./experiment";

function shown(value: number, { unit }: Figure): string {
  if (unit === "") return value.toFixed(2);
  return `${value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ${unit}`;
}

/** An experiment as a table for a terminal. */
export function tableOf({ title, figures, target }: Outcome): string {
  const table = new Table({
    head: ["", "median", "min", "max"],
    colAligns: ["left", "right", "right", "right"],
    style: { head: [], border: [], compact: true },
  });
  for (const figure of figures) {
    const { median, min, max } = figure.spread;
    table.push([figure.name, ...[median, min, max].map((value) => shown(value, figure))]);
  }
  const verdict =
    target === undefined ? [] : [`Target ${target.isMet ? "met" : "MISSED"}: ${target.text}.`];
  return [title, table.toString(), ...verdict, ""].join("\n");
}

/** Writes everything that was measured, and on what. */
export function writeJson(file: string, outcomes: readonly Outcome[]): void {
  const machine = {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpus: cpus().map(({ model }) => model),
  };
  const at = new Date().toISOString();
  writeFileSync(file, `${JSON.stringify({ at, machine, outcomes }, undefined, 2)}\n`);
}

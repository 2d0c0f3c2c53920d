import { readFileSync } from "node:fs";

import { jsonErrorPosition } from "./jsonText";
import type { BackupRow, RestoreTaskRow } from "./rows";

/** The rows of a data file, in the file's order. */
export interface RecordedRows {
  readonly backups: BackupRow[];
  readonly restoreTasks: RestoreTaskRow[];
}

/**
 * Reads recorded answers: one answer of ListBackups as it came (`{"Backups": […]}`), an array of
 * such pages, or one object with `Backups` and `RestoreTasks`. Rows are kept exactly as recorded,
 * fields unknown today included; a row may carry a `timeline`.
 *
 * @param source the path of a JSON file, or the JSON itself if it begins with `{` or `[`
 * @throws Error that names the file and the position, page or row at fault
 */
export function loadBackups(source: string): RecordedRows {
  const isJson = /^\s*[[{]/.test(source);
  const name = isJson ? "the JSON given" : source;
  const text = isJson ? source : readFileSync(source, "utf8").replace(/^\uFEFF/, "");

  const json = parse(text, name);
  const pages = (Array.isArray(json) ? json : [json]).map((page: unknown, index) => {
    const place = Array.isArray(json) ? `${name}, page ${index + 1}` : name;
    if (!isObject(page) || !("Backups" in page || "RestoreTasks" in page)) {
      throw new Error(
        `${place}: expected an answer of ListBackups, {"Backups": […]}, or an array of them; ` +
          `found ${describe(page)}`,
      );
    }
    return {
      backups: rowsOf<BackupRow>(page, "Backups", "BackupId", place),
      restoreTasks: rowsOf<RestoreTaskRow>(page, "RestoreTasks", "RestoreTaskId", place),
    };
  });
  return {
    backups: pages.flatMap(({ backups }) => backups),
    restoreTasks: pages.flatMap(({ restoreTasks }) => restoreTasks),
  };
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const position = jsonErrorPosition(text);
    throw new Error(`${name}${position === undefined ? "" : `:${position}`}: this is not JSON`, {
      cause: error,
    });
  }
}

function rowsOf<Row>(
  page: Record<string, unknown>,
  field: string,
  idField: string,
  place: string,
): Row[] {
  const rows = page[field];
  if (rows === undefined) return [];
  if (!Array.isArray(rows)) {
    throw new Error(`${place}: ${field} is ${describe(rows)}, not an array`);
  }
  rows.forEach((row: unknown, index) => {
    const where = `${place}, ${field} row ${index + 1}`;
    if (!isObject(row)) throw new Error(`${where}: expected an object, found ${describe(row)}`);
    const id = row[idField];
    if (typeof id !== "string" || id === "") {
      throw new Error(`${where}: ${idField} is ${describe(id)}, not a text`);
    }
    if (row["timeline"] !== undefined && !isTimeline(row["timeline"])) {
      throw new Error(`${where}: timeline is not an array of objects with a number atMs`);
    }
  });
  return rows as Row[];
}

function isTimeline(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((entry: unknown) => isObject(entry) && typeof entry["atMs"] === "number")
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") {
    const fields = Object.keys(value).slice(0, 5).join(", ");
    return fields === "" ? "an object without fields" : `an object with ${fields}`;
  }
  return value === "" ? "empty" : `a ${typeof value}`;
}

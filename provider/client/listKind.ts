import type * as z from "../zod";

/** What one of the service's list calls returns; the calls page alike. */
export interface ListKind<Row> {
  /** The call; also the permission, as `computenest:ListBackups`. */
  readonly action: "ListBackups" | "ListRestoreTasks";
  /** The field of an answer that holds its rows. */
  readonly field: "Backups" | "RestoreTasks";
  /** What a row is, for messages; an `s` makes it plural. */
  readonly noun: string;
  /** A row as it comes over the wire. */
  readonly wireRow: z.ZodType;
  /**
   * One of our rows, where it is told quickly that `wireRow` accepts what it is made of; undefined only
   * means that it has to be asked.
   */
  fromPlain(value: unknown): Row | undefined;
  /** Turns a row that `wireRow` accepts into one of ours. */
  toRow(wire: unknown): Row;
  /** What makes two rows the same. */
  idOf(row: Row): string;
}

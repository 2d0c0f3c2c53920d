import { z } from "zod";
import { ResponseError } from "../errors";
import { formatPath } from "../validation";
import type { ListKind } from "./listKind";
import type { Answer } from "./requester";

/** One page of a listing. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Where the next page starts; undefined when this is the last. */
  readonly nextToken: string | undefined;
  /** How many rows the service says there are in all, if it says. */
  readonly totalCount: number | undefined;
  /** The service's clock when it answered, if it said. */
  readonly serviceTime: number | undefined;
  readonly requestId: string | undefined;
}

const count = { error: "expected a number of backups" };

/** All of a page but its rows. */
const wireFrame = z.object({
  NextToken: z.string().nullish(),
  // Some clients of the service see numbers as text.
  TotalCount: z
    .union([z.int(count).nonnegative(count), z.string(count).regex(/^\d{1,15}$/, count)], count)
    .nullish(),
});

const mostNamed = 3;

function unusable(
  action: string,
  page: number,
  reason: string,
  requestId: string | undefined,
): ResponseError {
  const id = requestId === undefined ? "" : ` RequestId ${requestId}.`;
  return new ResponseError(
    `Page ${page} of ${action} cannot be used: ${reason}. ` +
      `No part of the list is returned in its place.${id}`,
    { page, requestId },
  );
}

/** What is wrong with a page, by path; values are not shown, they are the service's. */
function reasonOf(issues: readonly z.core.$ZodIssue[]): string {
  const named = issues
    .slice(0, mostNamed)
    .map(({ path, message }) => `${formatPath(path, "the answer")}: ${message.toLowerCase()}`);
  const rest = issues.length - named.length;
  return named.join("; ") + (rest > 0 ? `; and ${rest} more` : "");
}

/** What is wrong with the rows; asks the schema only where one of them is not plain. */
function rowProblems<Row>(kind: ListKind<Row>, rows: unknown) {
  if (Array.isArray(rows) && rows.every((row) => kind.isPlain(row))) return undefined;
  const wireRows = z.object({ [kind.field]: z.array(kind.wireRow).nullish() });
  return wireRows.safeParse({ [kind.field]: rows }).error;
}

/**
 * A page has at most 100 rows. Somewhat more do no harm, but each of a million that are none would
 * be told apart, for minutes and gigabytes.
 */
const maxRows = 10_000;

/** Checks an answer and turns it into a page; throws a {@link ResponseError} with the page's number. */
export function parsePage<Row>(
  kind: ListKind<Row>,
  { body, requestId, serviceTime }: Answer,
  page: number,
): Page<Row> {
  const rows = body[kind.field];
  if (Array.isArray(rows) && rows.length > maxRows) {
    const reason = `${kind.field} has ${rows.length} rows, where a page has at most 100`;
    throw unusable(kind.action, page, reason, requestId);
  }
  const frame = wireFrame.safeParse(body);
  const problems = [rowProblems(kind, rows), frame.error].flatMap((error) => error?.issues ?? []);
  if (!frame.success || problems.length > 0) {
    throw unusable(kind.action, page, reasonOf(problems), requestId);
  }
  const { NextToken, TotalCount } = frame.data;
  const totalCount =
    TotalCount === undefined || TotalCount === null ? undefined : Number(TotalCount);
  if (!Array.isArray(rows) && totalCount !== 0) {
    throw unusable(kind.action, page, `it has no list ${kind.field}`, requestId);
  }
  return {
    rows: Array.isArray(rows) ? rows.map((row) => kind.toRow(row)) : [],
    nextToken: NextToken || undefined,
    totalCount,
    serviceTime,
    requestId,
  };
}

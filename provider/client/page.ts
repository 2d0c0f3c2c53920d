import { ResponseError } from "../errors";
import { formatPath } from "../wording";
import type { ListKind } from "./listKind";
import type { Answer } from "./requester";
import { isCount, isText } from "./wireValues";
import * as z from "../zod";

/** All of a page but its rows. */
interface PageFrame {
  /** Where the next page starts; undefined when this is the last. */
  readonly nextToken: string | undefined;
  /** How many rows the service says there are in all, if it says. */
  readonly totalCount: number | undefined;
  /** The service's clock when it answered, if it said. */
  readonly serviceTime: number | undefined;
  readonly requestId: string | undefined;
}

/** One page of a listing. */
export interface Page<Row> extends PageFrame {
  readonly rows: readonly Row[];
}

/** A page that is good as far as has been looked: enough to ask for the next one. */
export interface UnreadPage<Row> extends PageFrame {
  readonly rowCount: number;
  /** Checks its rows and turns them into ours. */
  readonly read: () => Page<Row>;
}

const count = { error: "expected a whole number, 0 or more" };

/** All of a page but its rows. */
const wireFrame = z.object({
  NextToken: z.string().nullish(),
  // Some clients of the service see numbers as text.
  TotalCount: z
    .union([z.int(count).nonnegative(count), z.string(count).regex(/^\d{1,15}$/, count)], count)
    .nullish(),
});

type WireFrame = z.infer<typeof wireFrame>;

/** Whether {@link wireFrame} accepts a page; false only means that it has to be asked, for far more. */
function isPlainFrame(body: Readonly<Record<string, unknown>>): body is WireFrame {
  const { NextToken: token, TotalCount: totalCount } = body;
  return isText(token) && isCount(totalCount);
}

/**
 * The token of the next page, as the text of a page has it: a guess, made in a thirtieth of the time
 * that reading all of it takes, or less. What looks like it within a text has its quotes escaped;
 * within a row, it would be one that the service has added since.
 */
export function likelyToken(body: string): string | undefined {
  return /"NextToken"\s*:\s*"([^"\\]+)"/.exec(body)?.[1];
}

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

/** All of an answer but its rows. */
function frameOf(
  body: Readonly<Record<string, unknown>>,
  refusal: (issues: readonly z.core.$ZodIssue[]) => Error,
): WireFrame {
  if (isPlainFrame(body)) return body;
  const frame = wireFrame.safeParse(body);
  if (!frame.success) throw refusal(frame.error.issues);
  return frame.data;
}

/** Rows that are plain, as ours; undefined where one is not. */
function readPlain<Row>(kind: ListKind<Row>, wireRows: readonly unknown[]): Row[] | undefined {
  const rows: Row[] = [];
  for (const wire of wireRows) {
    const row = kind.fromPlain(wire);
    if (row === undefined) return undefined;
    rows.push(row);
  }
  return rows;
}

/** What is wrong with the rows. */
function rowProblems<Row>(kind: ListKind<Row>, rows: unknown): readonly z.core.$ZodIssue[] {
  const wireRows = z.object({ [kind.field]: z.array(kind.wireRow).nullish() });
  return wireRows.safeParse({ [kind.field]: rows }).error?.issues ?? [];
}

/**
 * A page has at most 100 rows. Somewhat more do no harm, but each of a million that are none would
 * be told apart, for minutes and gigabytes.
 */
const maxRows = 10_000;

/**
 * Checks all of an answer but its rows, which are left for later: by then the next page can be on its
 * way. Throws a {@link ResponseError} with the page's number, now or when the rows are read.
 */
export function parsePage<Row>(
  kind: ListKind<Row>,
  { body, requestId, serviceTime }: Answer,
  page: number,
): UnreadPage<Row> {
  const rows = body[kind.field];
  const refuse = (reason: string) => unusable(kind.action, page, reason, requestId);
  if (Array.isArray(rows) && rows.length > maxRows) {
    throw refuse(`${kind.field} has ${rows.length} rows, where a page has at most 100`);
  }
  const { NextToken, TotalCount } = frameOf(body, (issues) =>
    refuse(reasonOf([...rowProblems(kind, rows), ...issues])),
  );
  const totalCount =
    TotalCount === undefined || TotalCount === null ? undefined : Number(TotalCount);
  const nextToken = NextToken || undefined;
  const known = { nextToken, totalCount, serviceTime, requestId };
  const wireRows: readonly unknown[] = Array.isArray(rows) ? rows : [];
  const check = () => {
    const problems = rowProblems(kind, rows);
    if (problems.length > 0) throw refuse(reasonOf(problems));
  };
  const read = () => {
    const plain = readPlain(kind, wireRows);
    // The schema is asked only where one of them is not plain.
    if (plain === undefined) check();
    return { ...known, rows: plain ?? wireRows.map((row) => kind.toRow(row)) };
  };
  if (!Array.isArray(rows)) {
    // Whatever else stands in its place.
    check();
    if (totalCount !== 0) throw refuse(`it has no list ${kind.field}`);
  }
  return { ...known, rowCount: wireRows.length, read };
}

import { z } from "zod";
import { isPlainRow, toBackupRow, wireBackup, type BackupRow } from "../backup";
import { ResponseError } from "../errors";
import { formatPath } from "../validation";
import type { Answer } from "./requester";

/** One page of a listing. */
export interface Page {
  readonly rows: readonly BackupRow[];
  /** Where the next page starts; undefined when this is the last. */
  readonly nextToken: string | undefined;
  /** How many rows the service says there are in all, if it says. */
  readonly totalCount: number | undefined;
  /** The service's clock when it answered, if it said. */
  readonly serviceTime: number | undefined;
  readonly requestId: string | undefined;
}

const count = { error: "expected a number of backups" };

const wirePage = z.object({
  Backups: z.array(wireBackup).nullish(),
  NextToken: z.string().nullish(),
  // Some clients of the service see numbers as text.
  TotalCount: z
    .union([z.int(count).nonnegative(count), z.string(count).regex(/^\d{1,15}$/, count)], count)
    .nullish(),
});

/** All of a page but its rows. */
const wireFrame = wirePage.omit({ Backups: true });

const mostNamed = 3;

function unusable(page: number, reason: string, requestId: string | undefined): ResponseError {
  const id = requestId === undefined ? "" : ` RequestId ${requestId}.`;
  return new ResponseError(
    `Page ${page} of ListBackups cannot be used: ${reason}. ` +
      `No part of the list is returned in its place.${id}`,
    { page, requestId },
  );
}

/** What is wrong with a page, by path; values are not shown, they are the service's. */
function reasonOf(error: z.ZodError): string {
  const named = error.issues
    .slice(0, mostNamed)
    .map(({ path, message }) => `${formatPath(path, "the answer")}: ${message.toLowerCase()}`);
  const rest = error.issues.length - named.length;
  return named.join("; ") + (rest > 0 ? `; and ${rest} more` : "");
}

/** Asks the schema about the rows only where one of them is not plain. */
function check(body: Answer["body"]) {
  const { Backups } = body;
  if (!Array.isArray(Backups) || !Backups.every(isPlainRow)) return wirePage.safeParse(body);
  const frame = wireFrame.safeParse(body);
  return frame.success ? { ...frame, data: { ...frame.data, Backups } } : frame;
}

/** Checks an answer and turns it into a page; throws a {@link ResponseError} with the page's number. */
export function parsePage({ body, requestId, serviceTime }: Answer, page: number): Page {
  const parsed = check(body);
  if (!parsed.success) throw unusable(page, reasonOf(parsed.error), requestId);
  const { Backups, NextToken, TotalCount } = parsed.data;
  const totalCount =
    TotalCount === undefined || TotalCount === null ? undefined : Number(TotalCount);
  if (!Backups && totalCount !== 0) {
    throw unusable(page, "it has no list Backups", requestId);
  }
  return {
    rows: (Backups ?? []).map(toBackupRow),
    nextToken: NextToken || undefined,
    totalCount,
    serviceTime,
    requestId,
  };
}

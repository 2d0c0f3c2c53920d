// Knowing whether a list is whole, and telling when it is not.

import type { ListKind } from "./client/listKind";
import type { ListingSummary } from "./client/paginate";
import { IncompleteListError } from "./errors";
import type { Reader } from "./reader";

/** Why a listing may lack rows; undefined when it is whole, as far as `completeness` demands. */
export function incompleteness(
  { noun }: ListKind<unknown>,
  listing: ListingSummary,
  completeness: "strict" | "tokens",
): string | undefined {
  const { readCount, totalCount, totalIsSteady, hasRepeats } = listing;
  if (completeness === "tokens" || totalCount === undefined) {
    return hasRepeats ? `a ${noun} came twice, so others may have been passed over` : undefined;
  }
  if (!totalIsSteady) return `TotalCount changed from page to page, ${totalCount} at last`;
  return totalCount === readCount ? undefined : `TotalCount is ${totalCount}`;
}

/** What to do about it: the setting is named only where it would make a difference. */
function remedy(kind: ListKind<unknown>, listing: ListingSummary): string {
  const isIncomplete = (by: "strict" | "tokens") => incompleteness(kind, listing, by) !== undefined;
  return isIncomplete("strict") && !isIncomplete("tokens")
    ? 'Try again; if it stays so, the setting completeness "tokens" (COMPUTENEST_COMPLETENESS) ' +
        "trusts the last page's word instead of TotalCount."
    : "Try again.";
}

/** The error for a list that stayed incomplete, however often it was read. */
export function incomplete(
  kind: ListKind<unknown>,
  listing: ListingSummary,
  reason: string,
  readings: number,
): IncompleteListError {
  const { noun } = kind;
  const times = readings === 1 ? "once" : `${readings} times`;
  return new IncompleteListError(
    `The list of ${noun}s is not complete: ${listing.readCount} different ${noun}s were read, ` +
      `but ${reason}. It was read ${times}; ${noun}s may be coming and going. ` +
      remedy(kind, listing),
    { readCount: listing.readCount, totalCount: listing.totalCount },
  );
}

/** With "tokens", a TotalCount that does not fit is told but not held against the list. */
export function warnOfCounts(
  { connection, reporter }: Reader,
  { action, noun }: ListKind<unknown>,
  { readCount, totalCount, totalIsSteady }: ListingSummary,
): void {
  if (connection.completeness !== "tokens" || totalCount === undefined) return;
  if (totalIsSteady && totalCount === readCount) return;
  const reason = totalIsSteady
    ? `${readCount} ${noun}s were read but TotalCount is ${totalCount}`
    : `TotalCount changed while the list was read, ${totalCount} at last, so some of the ` +
      `${readCount} ${noun}s read may be gone and others passed over`;
  reporter.warn(
    `${action}: ${reason}; taken as complete because of the setting completeness "tokens".`,
  );
}

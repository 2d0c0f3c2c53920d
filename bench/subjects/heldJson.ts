// The rows of all pages, kept as they were parsed: what a list takes at the very least without the
// package.

import { measureList } from "./measure";
import { readPlainly, type PlainRow } from "./plainClient";

void measureList(async (service, maxPages) => {
  let pages = 0;
  const rows: PlainRow[] = [];
  await readPlainly(service, { MaxResults: "100" }, ({ Backups }) => {
    for (const row of Backups) rows.push(row);
    pages += 1;
    return pages !== maxPages;
  });
  return rows;
});

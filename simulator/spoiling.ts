import type { AnswerJson } from "./actions";
import type { ContentFault } from "./faults";
import type { PageRequest } from "./pageRequest";
import type { Tokens } from "./tokens";

/** The answer with what a content fault makes of it; the list faults leave GetBackup alone. */
export function spoil(
  fault: ContentFault,
  answer: AnswerJson,
  page: PageRequest | undefined,
  tokens: Tokens,
): AnswerJson {
  if (fault.kind === "page") {
    return typeof fault.patch === "function"
      ? fault.patch(structuredClone(answer))
      : { ...answer, ...fault.patch };
  }
  if (page === undefined) return answer;

  const { query, offset, pageSize } = page;
  const listName = "Backups" in answer ? "Backups" : "RestoreTasks";
  const rows = answer[listName] as readonly unknown[];
  switch (fault.kind) {
    case "repeatToken":
      return { ...answer, NextToken: tokens.issue(query, offset) };
    case "tokenCycle": {
      const next = offset / pageSize + 1;
      const atEnd = answer["NextToken"] === "" || next >= (fault.length ?? 2);
      return { ...answer, NextToken: tokens.issue(query, atEnd ? 0 : offset + pageSize) };
    }
    case "endlessEmptyPages":
      return { ...answer, NextToken: tokens.issue(query, offset, "fresh"), [listName]: [] };
    case "duplicateRow":
      return { ...answer, [listName]: [...rows.slice(0, 1), ...rows] };
  }
}

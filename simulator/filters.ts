import type { Filter } from "./rowStore";
import { invalidParameter, type ServiceError } from "./serviceError";

/** What the sister calls of this API document for their filters. */
const maxFilterValues = 10;

/** Reads the `Filter.N.…` parameters; throws the service's refusal of bad ones. */
export function parseFilters(
  parameters: ReadonlyMap<string, string>,
  names: readonly string[],
): Filter[] {
  const drafts = new Map<number, { name?: string; values: Map<number, string> }>();
  for (const [parameter, text] of parameters) {
    if (!parameter.startsWith("Filter.")) continue;
    const match = /^Filter\.([1-9]\d{0,2})\.(?:Name|Value\.([1-9]\d{0,2}))$/.exec(parameter);
    if (match === null)
      throw invalidFilter(`${parameter} is not Filter.N.Name or Filter.N.Value.M`);
    const draft = drafts.get(Number(match[1])) ?? { values: new Map<number, string>() };
    if (match[2] === undefined) draft.name = text;
    else draft.values.set(Number(match[2]), text);
    drafts.set(Number(match[1]), draft);
  }

  const filters = inOrder(drafts, "Filter").map(({ name, values }, index) => {
    const label = `Filter.${index + 1}`;
    if (name === undefined) throw invalidFilter(`${label} has no Name`);
    if (!names.includes(name)) {
      throw invalidFilter(`${label}.Name is one of ${names.join(", ")}, not "${name}"`);
    }
    if (values.size === 0) throw invalidFilter(`${label} has no Value`);
    if (values.size > maxFilterValues) {
      throw invalidFilter(`${label} has ${values.size} values, more than ${maxFilterValues}`);
    }
    return { name, values: inOrder(values, `${label}.Value`) };
  });
  const repeated = filters.find(
    ({ name }, index) => filters.findIndex((f) => f.name === name) < index,
  );
  if (repeated !== undefined) throw invalidFilter(`${repeated.name} is given by two filters`);
  return filters;
}

/** The entries by their number, which has to run from 1 without a gap. */
function inOrder<Entry>(numbered: ReadonlyMap<number, Entry>, label: string): Entry[] {
  return Array.from({ length: numbered.size }, (_, index) => {
    const entry = numbered.get(index + 1);
    if (entry === undefined) throw invalidFilter(`there is no ${label}.${index + 1}`);
    return entry;
  });
}

function invalidFilter(reason: string): ServiceError {
  return invalidParameter("Filter", `${reason}.`);
}

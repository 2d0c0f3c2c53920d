interface DemoOutputs {
  readonly ids: readonly string[];
  readonly latest: Readonly<Record<string, unknown>>;
  readonly statusCounts: Readonly<Record<string, number>>;
}

const mostShown = 5;

/** Prints the stack's outputs; of the long list of ids the beginning only. */
export function showOutputs(json: string): void {
  const { ids, latest, statusCounts } = JSON.parse(json) as DemoOutputs;
  const rest = ids.length - mostShown;
  console.log(`ids (${ids.length}):`);
  for (const id of ids.slice(0, mostShown)) console.log(`  ${id}`);
  if (rest > 0) console.log(`  … and ${rest} more`);
  console.log("latest:");
  for (const [name, value] of Object.entries(latest)) console.log(`  ${name}: ${String(value)}`);
  console.log("statusCounts:");
  for (const [status, count] of Object.entries(statusCounts)) console.log(`  ${status}: ${count}`);
}

// Many service instances with backups, and what was asked about them.

import type { BackupRow, Simulator } from "../../simulator";
import { wireRow } from "./backups";
import type { Service } from "./service";

/** `si-1` to `si-COUNT`. */
export function instances(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `si-${i + 1}`);
}

/** So many recent backups of each: `a-of-si-1`, `b-of-si-1` … */
export function backupsOf(ids: readonly string[], each = 1): BackupRow[] {
  return ids.flatMap((id) =>
    Array.from({ length: each }, (_, i) =>
      wireRow({
        BackupId: `${"abcdefghij".charAt(i)}-of-${id}`,
        ServiceInstanceId: id,
        StartTime: new Date(Date.now() - (i + 1) * 3_600_000).toISOString(),
      }),
    ),
  );
}

/** The values of the first filter of each request, joined by a space. */
export function valuesAsked({ requests }: Simulator): string[] {
  return requests.map(({ parameters }) =>
    Object.entries(parameters)
      .filter(([name]) => name.startsWith("Filter.1.Value."))
      .map(([, value]) => value)
      .join(" "),
  );
}

/** Waits until so many requests have come. */
export async function requestsCome({ requests }: Service, count: number): Promise<void> {
  while (requests.length < count) await new Promise((resolve) => setTimeout(resolve, 2));
}

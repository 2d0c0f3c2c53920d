/** A time so many hours ago, as the package writes times. */
export function ago(hours: number): string {
  return `${new Date(Date.now() - hours * 3_600_000).toISOString().slice(0, 19)}Z`;
}

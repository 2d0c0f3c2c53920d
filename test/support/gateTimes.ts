/** The instant so many hours ago, as the service writes it. */
export function ago(hours: number): string {
  return new Date(Date.now() - hours * 3_600_000).toISOString().replace(/\.\d+/, "");
}

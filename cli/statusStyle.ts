import type { BackupStatus } from "pulumi-computenest";
import type { Style } from "./screen";

/** How a status is coloured in a terminal. */
const styles: Readonly<Record<BackupStatus, Style>> = {
  Creating: "cyan",
  Created: "green",
  CreateFailed: "red",
  Deleting: "yellow",
  Deleted: "dim",
  DeleteFailed: "magenta",
};

/** The style of a status; one that the service adds later stands out from those that are known. */
export function styleOf(status: string): Style {
  return Object.hasOwn(styles, status) ? styles[status as BackupStatus] : "inverse";
}

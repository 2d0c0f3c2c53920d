// The package, used as a script uses it.

import { listBackups } from "pulumi-computenest";
import { measure } from "./measure";
import { settingsOf } from "./settings";

void measure(async (service, onPage) => {
  let rows = 0;
  for await (const backup of listBackups({}, { settings: settingsOf(service) })) {
    if (backup.backupId === "") throw new Error("a backup without an id");
    rows += 1;
    if (rows % 100 === 0 && !onPage()) break;
  }
});

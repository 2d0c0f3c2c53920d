// The result of getBackups: complete, checked, sorted, with times that can be compared.

import { getBackups } from "pulumi-computenest";
import { measureList } from "./measure";
import { settingsOf } from "./settings";

void measureList((service, maxPages) =>
  getBackups({ maxPages }, { settings: settingsOf(service) }),
);

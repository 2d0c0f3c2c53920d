// The package, used as a script uses it.

import { listBackups } from "pulumi-computenest";
import { measure } from "./measure";

void measure(async (service, onPage) => {
  const settings = {
    endpoint: `http://${service.host}`,
    accessKey: service.accessKeyId,
    secretKey: service.accessKeySecret,
    // Said, so that nothing in the environment says otherwise.
    region: "cn-hangzhou",
    transport: "undici",
    completeness: "strict",
  } as const;
  let rows = 0;
  for await (const backup of listBackups({}, { settings })) {
    if (backup.backupId === "") throw new Error("a backup without an id");
    rows += 1;
    if (rows % 100 === 0 && !onPage()) break;
  }
});

// Each instance in a call of its own, all in one turn of the event loop, as a Pulumi program does it.

import { getBackups } from "pulumi-computenest";
import { measureLookups } from "./measure";
import { settingsOf } from "./settings";

void measureLookups((service) => {
  const settings = settingsOf(service);
  const lookUp = async (serviceInstanceId: string) =>
    (await getBackups({ serviceInstanceId }, { settings })).backups.length;
  return (instances) => Promise.all(instances.map(lookUp));
});

import { plainClient } from "./plainClient";
import type { Service } from "../task";

/** How many backups an instance has; by the vendor's client. */
export function plainLookup(service: Service) {
  const ask = plainClient(service);
  return async (instance: string): Promise<number> => {
    const filter = { "Filter.1.Name": "ServiceInstanceId", "Filter.1.Value.1": instance };
    return (await ask({ MaxResults: "100", ...filter })).Backups.length;
  };
}

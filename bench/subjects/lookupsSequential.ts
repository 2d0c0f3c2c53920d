// One instance after another, by the vendor's client.

import { plainLookup } from "./lookupsPlain";
import { measureLookups } from "./measure";

void measureLookups((service) => {
  const lookUp = plainLookup(service);
  return async (instances) => {
    const found: number[] = [];
    for (const instance of instances) found.push(await lookUp(instance));
    return found;
  };
});

// A process that loads the Pulumi SDK and does nothing, for scale: every Pulumi program pays this.

import "@pulumi/pulumi";
import { measure } from "./measure";

void measure((_, onPage) => {
  onPage();
  return Promise.resolve();
});

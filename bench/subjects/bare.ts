// A process that does nothing, for scale.

import { measure } from "./measure";

void measure((_, onPage) => {
  onPage();
  return Promise.resolve();
});

// The plain loop of who does not know that MaxResults is 20 where it is left out.

import { measure } from "./measure";
import { plainLoop } from "./plainClient";

void measure(plainLoop(undefined));

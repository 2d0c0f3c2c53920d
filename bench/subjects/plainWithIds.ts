// The plain loop, and a set of the ids it has seen: what nobody can do without who wants to notice
// that a backup came twice.

import { measure } from "./measure";
import { plainLoop } from "./plainClient";

const ids = new Set<string>();

void measure(plainLoop(100, (id) => ids.add(id)));

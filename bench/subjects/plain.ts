import { measure } from "./measure";
import { plainLoop } from "./plainClient";

void measure(plainLoop(100));

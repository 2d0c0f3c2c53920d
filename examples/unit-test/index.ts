// Importing this file runs the program; the tests import the function instead, and run it anew each.

import { program } from "./program";

export const { engineVersion, backupId } = program();

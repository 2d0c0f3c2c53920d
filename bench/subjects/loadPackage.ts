// What a program pays for the import alone, on top of the SDK's.

import "@pulumi/pulumi";
import { finish, measureOnce } from "./measure";

void measureOnce(() => import("pulumi-computenest")).then(finish);

// The same for the vendor's client.

import "@pulumi/pulumi";
import { finish, measureOnce } from "./measure";

void measureOnce(() => import("@alicloud/openapi-client")).then(finish);

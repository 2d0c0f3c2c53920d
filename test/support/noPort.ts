// Preloaded into the plugin's program: no port is free.

import { Server } from "@grpc/grpc-js";

Server.prototype.bindAsync = (_address, _credentials, callback) => {
  callback(new Error("no port is free"), 0);
};

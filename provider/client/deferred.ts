// Alibaba Cloud's own HTTP stack is loaded only where somebody chose it: it takes a third of all else.

import type * as openApiTransportModule from "./openApiTransport";

/** Loads the transport that Alibaba Cloud's own HTTP stack is. */
export function openApiTransport(): typeof openApiTransportModule {
  return require("./openApiTransport") as typeof openApiTransportModule;
}

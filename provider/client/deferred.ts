// What takes long to load and is seldom needed is loaded where it is: Alibaba Cloud's own HTTP stack takes
// a third of all else, its library for keys nearly as much, and who has keys needs no library for them.

import type * as allOfUndiciModule from "./allOfUndici";
import type * as openApiTransportModule from "./openApiTransport";
import type * as providerOfModule from "./providerOf";
import type * as proxyDispatcherModule from "./proxyDispatcher";

/** Loads the transport that Alibaba Cloud's own HTTP stack is. */
export function openApiTransport(): typeof openApiTransportModule {
  return require("./openApiTransport") as typeof openApiTransportModule;
}

/** Loads what fetches keys. */
export function keyProviders(): typeof providerOfModule {
  return require("./providerOf") as typeof providerOfModule;
}

/** Loads all of undici. */
export function allOfUndici(): typeof allOfUndiciModule {
  return require("./allOfUndici") as typeof allOfUndiciModule;
}

/** Loads the way through a proxy, and all of undici with it. */
export function proxyDispatcher(): typeof proxyDispatcherModule {
  return require("./proxyDispatcher") as typeof proxyDispatcherModule;
}

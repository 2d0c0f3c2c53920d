// What needs all of undici, loaded when something does.

export { Agent, EnvHttpProxyAgent, errors, Pool } from "undici";

// What is used of undici as a whole: behind a proxy, and should its parts have moved (undiciParts.ts).

export { Agent, EnvHttpProxyAgent, errors, Pool } from "undici";

import type { Settings } from "../../provider";
import { startSimulator, type Simulator, type SimulatorOptions } from "../../simulator";
import { closeAfterTest } from "./scriptedServer";

/** A simulated service, and how to ask it. */
export interface Service extends Simulator {
  readonly settings: Settings;
}

/** Starts a service that ends with the test. */
export async function serve(options: SimulatorOptions = {}): Promise<Service> {
  const simulator = await startSimulator(options);
  closeAfterTest(() => simulator.close());
  const { url, accessKeyId, accessKeySecret, securityToken } = simulator;
  const settings = {
    region: "cn-hangzhou",
    endpoint: url,
    accessKey: accessKeyId,
    secretKey: accessKeySecret,
    securityToken,
  };
  return Object.assign(simulator, { settings });
}

/** What each request so far asked for, less the page size. */
export function asked({ requests }: Simulator): Record<string, string>[] {
  return requests.map(({ parameters }) => {
    const { MaxResults, ...rest } = parameters;
    return rest;
  });
}

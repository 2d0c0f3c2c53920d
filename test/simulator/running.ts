import { afterTests } from "../support/afterTests";
import { type Simulator, type SimulatorOptions, startSimulator } from "../../simulator";

const running: Simulator[] = [];

afterTests(() => Promise.all(running.splice(0).map((simulator) => simulator.close())));

/** A simulator that ends with the test. */
export async function simulate(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator(options);
  running.push(simulator);
  return simulator;
}

/** So many plain backups, `backup-1` first. */
export function backups(count: number, serviceInstanceId = "si-1") {
  return Array.from({ length: count }, (_, index) => ({
    BackupId: `backup-${index + 1}`,
    ServiceInstanceId: serviceInstanceId,
    Status: "Created",
    StartTime: "2026-01-01T00:00:00Z",
  }));
}

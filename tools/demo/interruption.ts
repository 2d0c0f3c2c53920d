/** Ctrl-C as a signal that everything under way can be ended with. */
export interface Interruption {
  readonly signal: AbortSignal;
  /** Gives Ctrl-C its usual meaning back. */
  release(): void;
}

/** Catches Ctrl-C and termination until released, so that the demo can clean up after itself. */
export function interruption(): Interruption {
  const controller = new AbortController();
  const interrupt = () => {
    controller.abort(new Error("interrupted"));
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of signals) process.on(name, interrupt);
  return {
    signal: controller.signal,
    release() {
      for (const name of signals) process.off(name, interrupt);
    },
  };
}

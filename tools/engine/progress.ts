/** Where words about the work go. */
export interface Reporter {
  /** Takes a line that stays. */
  readonly report: (line: string) => void;
  /** Takes a line that replaces the one before, for a terminal; "" removes it. */
  readonly progress?: ((line: string) => void) | undefined;
}

const tickMs = 1_000;
const lastingEveryMs = 30_000;

/** Tells how far `work` has come: each second in a terminal, else with a line each 30 seconds. */
export async function withProgress<Result>(
  reporter: Reporter,
  describe: () => string,
  work: () => Promise<Result>,
): Promise<Result> {
  const started = Date.now();
  const { progress, report } = reporter;
  const say = () => {
    (progress ?? report)(`${describe()}, ${duration(Date.now() - started)}`);
  };
  const timer = setInterval(say, progress ? tickMs : lastingEveryMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    progress?.("");
  }
}

/** @internal 200000 -> "3m20s" */
export function duration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}

/** Writes to `stream`, and keeps one line of it moving when it is a terminal. */
export function streamReporter(stream: NodeJS.WriteStream): Reporter {
  if (!stream.isTTY) return { report: (line) => void stream.write(`${line}\n`) };
  const clear = "\r\u001b[K";
  return {
    report: (line) => void stream.write(`${clear}${line}\n`),
    // A line wider than the terminal would wrap, and only its last row be replaced.
    progress: (line) => void stream.write(clear + line.slice(0, stream.columns - 1)),
  };
}

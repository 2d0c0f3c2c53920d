import { afterTests } from "./afterTests";

const emit = process.emitWarning.bind(process);

afterTests(() => {
  process.emitWarning = emit;
});

/** Hands on what this process warns of, until the end of the test, as `type: message`. */
export function takeWarnings(take: (text: string) => unknown): void {
  process.emitWarning = (warning: string | Error, type?: unknown) => {
    const text = warning instanceof Error ? warning.message : warning;
    take(`${typeof type === "string" ? type : "Warning"}: ${text}`);
  };
}

/** Collects what this process warns of, until the end of the test, as `type: message`. */
export function collectWarnings(): readonly string[] {
  const collected: string[] = [];
  takeWarnings((text) => collected.push(text));
  return collected;
}

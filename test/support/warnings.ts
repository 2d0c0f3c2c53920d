import { afterTests } from "./afterTests";

const emit = process.emitWarning.bind(process);

afterTests(() => {
  process.emitWarning = emit;
});

/** Collects what this process warns of, until the end of the test, as `type: message`. */
export function collectWarnings(): readonly string[] {
  const collected: string[] = [];
  process.emitWarning = (warning: string | Error, type?: unknown) => {
    const text = warning instanceof Error ? warning.message : warning;
    collected.push(`${typeof type === "string" ? type : "Warning"}: ${text}`);
  };
  return collected;
}

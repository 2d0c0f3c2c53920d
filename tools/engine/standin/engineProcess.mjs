// Imported before anything that takes time to load: an engine that fails at once is gone by then.
const engineProcess = process.ppid;

/** Whether the engine has ended; a process it leaves behind is adopted by another, mostly the first. */
export function isOrphan() {
  return process.ppid !== engineProcess || process.ppid === 1;
}

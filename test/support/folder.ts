import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closeAfterTest } from "./scriptedServer";

/** An empty folder that goes with the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "test-"));
  closeAfterTest(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A file in a folder of its own. */
export async function temporaryFile(content: string): Promise<string> {
  const file = join(await temporaryFolder(), "file");
  await writeFile(file, content);
  return file;
}

/** Makes an empty folder the home of this process until the end of the test. */
export async function emptyHome(): Promise<string> {
  const home = await temporaryFolder();
  process.env["HOME"] = home;
  // Windows calls it so.
  process.env["USERPROFILE"] = home;
  return home;
}

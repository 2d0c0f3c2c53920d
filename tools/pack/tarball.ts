import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";

/** A file of a tarball. */
export interface Entry {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly isExecutable?: boolean;
}

/** Packs files; the same ones give the same bytes, whoever packs them and when. */
export async function tarball(entries: readonly Entry[]): Promise<Buffer> {
  const archive = pack();
  // Some tools take the year 1970 for a mistake; npm packs with this date too.
  const mtime = new Date("1985-10-26T08:15:00Z");
  for (const { name, content, isExecutable = false } of entries) {
    archive.entry({ name, mode: isExecutable ? 0o755 : 0o644, mtime }, Buffer.from(content));
  }
  archive.finalize();
  return gzipSync(await buffer(archive), { level: 9 });
}

import { join, resolve } from "node:path";
import { run } from "./commands";

/** The folder of the package. */
export const repository = resolve(__dirname, "..", "..");

/** The package as npm packs it. */
export interface Packed {
  readonly tarball: string;
  readonly files: readonly string[];
}

/** Packs the package into a folder. */
export async function pack(folder: string): Promise<Packed> {
  // Without scripts: what is packed is the bin/ that is here, whose state the tests look at.
  const args = ["pack", "--ignore-scripts", "--json", "--pack-destination", folder];
  const [report] = JSON.parse(await run(repository, "npm", args)) as [
    { filename: string; files: { path: string }[] },
  ];
  return {
    tarball: join(folder, report.filename),
    files: report.files.map(({ path }) => path),
  };
}

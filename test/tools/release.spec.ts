import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../support/commands";
import { repository } from "../support/packed";
import { writeAssets } from "../../tools/release/assets";
import { notesOf } from "../../tools/release/notes";

describe("npm run changelog", () => {
  const changelog =
    "# Changelog\n\n## Unreleased\n\n## 1.2.0 (2026-02-01)\n\n### Added\n\n- A thing.\n\n" +
    "## [1.1.0]\n\n- Another.\n";

  it("tells what is said of a version", () => {
    assert.equal(notesOf(changelog, "1.2.0"), "### Added\n\n- A thing.\n");
    assert.equal(notesOf(changelog, "1.1.0"), "- Another.\n");
  });

  for (const version of ["Unreleased", "1.2", "2.0.0"]) {
    it(`fails where nothing is said of it: ${version}`, () => {
      assert.throws(() => notesOf(changelog, version), {
        message: `CHANGELOG.md says nothing of ${version}: give what is under "Unreleased" that heading.`,
      });
    });
  }
});

describe("npm run release:assets", function () {
  this.timeout(60_000);
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "computenest-release-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("writes a tarball for each platform, the schema, and what they must sum up to", async () => {
    await writeAssets(folder);

    const { version } = JSON.parse(await readFile(join(repository, "package.json"), "utf8")) as {
      version: string;
    };
    const tarballs = [
      "anyplatform",
      "darwin-amd64",
      "darwin-arm64",
      "linux-amd64",
      "linux-arm64",
      "windows-amd64",
      "windows-arm64",
    ].map((platform) => `pulumi-resource-computenest-v${version}-${platform}.tar.gz`);
    const assets = [...tarballs, "schema.json"];
    assert.deepEqual((await readdir(folder)).toSorted(), ["SHA256SUMS", ...assets].toSorted());
    const checked = await run(folder, "sha256sum", ["-c", "SHA256SUMS"]);
    assert.equal(
      checked,
      assets
        .toSorted()
        .map((name) => `${name}: OK\n`)
        .join(""),
    );
  });
});

import assert from "node:assert/strict";
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { blocksOf, markdownFiles, proseOf, read, repository } from "./markdown";

/** The name that GitHub gives a heading. */
function anchorOf(heading: string): string {
  const text = heading.replaceAll("`", "").replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1");
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");
}

function anchorsOf(document: string): Set<string> {
  const headings = proseOf(document).matchAll(/^#{1,6} (.+)$/gm);
  return new Set(Array.from(headings, ([, heading = ""]) => anchorOf(heading)));
}

/** Links to files and headings of this repository. */
function linksOf(document: string): string[] {
  const inline = proseOf(document).replaceAll(/`[^`\n]*`/g, "");
  const targets = Array.from(inline.matchAll(/\]\(([^)\s]+)\)/g), ([, target = ""]) => target);
  return targets.filter((target) => !/^[a-z]+:/.test(target));
}

function isBroken(document: string, link: string): boolean {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? document : join(dirname(document), decodeURIComponent(path));
  const file = join(repository, target);
  if (!existsSync(file)) return true;
  return anchor !== undefined && (statSync(file).isDirectory() || !anchorsOf(target).has(anchor));
}

describe("links in documents", () => {
  for (const document of markdownFiles()) {
    it(`of ${document} lead somewhere`, () => {
      assert.deepEqual(
        linksOf(document).filter((link) => isBroken(document, link)),
        [],
      );
    });
  }

  it("are found by this test", () => {
    assert.ok(linksOf("README.md").includes("#permissions"));
    assert.ok(linksOf("README.md").includes("examples/README.md"));
    assert.ok(isBroken("README.md", "#nowhere") && isBroken("README.md", "docs/nothing.md"));
  });
});

describe("commands in documents", () => {
  const { scripts, version } = JSON.parse(read("package.json")) as {
    scripts: Record<string, string>;
    version: string;
  };

  for (const document of markdownFiles()) {
    it(`of ${document} name scripts that there are, and this version`, () => {
      const text = read(document);
      const named = Array.from(
        text.matchAll(/npm run ([\w-]+(?::[\w-]+)*)/g),
        ([, script = ""]) => script,
      );
      assert.deepEqual(
        named.filter((script) => !(script in scripts)),
        [],
      );
      const versions = blocksOf(document).flatMap(({ text: code }) =>
        Array.from(code.matchAll(/computenest[ -]v?(\d+\.\d+\.\d+)/g), ([, found]) => found),
      );
      assert.deepEqual(
        versions.filter((found) => found !== version),
        [],
      );
    });
  }
});

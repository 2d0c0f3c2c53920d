import assert from "node:assert/strict";
import { join } from "node:path";
import * as ts from "typescript";
import { parseAllDocuments } from "yaml";
import { blocksOf, markdownFiles, repository, type Block } from "./markdown";

const blocks = markdownFiles().flatMap(blocksOf);
const inLanguage = (...names: string[]) =>
  blocks.filter(({ language }) => names.includes(language));

/** Compiles blocks of TypeScript, each as a module of a project that has the package. */
function mistakesIn(sources: readonly Block[]): string[] {
  // Beside the gate that the test which README shows is of.
  const folder = join(repository, "examples", "testing-vitest");
  const files = new Map(
    sources.map((block, index) => [join(folder, `snippet-${index}.ts`), block]),
  );
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2022,
    types: ["node"],
    paths: {
      "pulumi-computenest": [join(repository, "provider", "index.ts")],
      "pulumi-computenest/simulator": [join(repository, "simulator", "index.ts")],
    },
  };
  const host = ts.createCompilerHost(options);
  const virtual: ts.CompilerHost = {
    ...host,
    fileExists: (name) => files.has(name) || host.fileExists(name),
    readFile: (name) => files.get(name)?.text ?? host.readFile(name),
    getSourceFile: (name, ...rest) => {
      const block = files.get(name);
      if (block === undefined) return host.getSourceFile(name, ...rest);
      return ts.createSourceFile(name, block.text, ts.ScriptTarget.ES2022);
    },
  };
  const program = ts.createProgram([...files.keys()], options, virtual);
  return [...files].flatMap(([name, { place }]) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(name))
      .map(({ messageText }) => `${place}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`),
  );
}

describe("code in documents", function () {
  this.timeout(60_000);

  it("TypeScript compiles", () => {
    assert.deepEqual(mistakesIn(inLanguage("ts", "typescript")), []);
  });

  it("TypeScript that is wrong would be found", () => {
    const text =
      'import { getBackups } from "pulumi-computenest";\nvoid getBackups({ statu: 1 });\n';
    const [mistake = ""] = mistakesIn([{ language: "ts", text, place: "here" }]);
    assert.match(mistake, /^here: .*'statu' does not exist/);
  });

  for (const { text, place } of inLanguage("json")) {
    it(`${place} is JSON`, () => {
      JSON.parse(text);
    });
  }

  for (const { text, place } of inLanguage("yaml")) {
    it(`${place} is YAML`, () => {
      const documents = parseAllDocuments(text);
      assert.deepEqual(
        documents.flatMap(({ errors }) => errors),
        [],
      );
    });
  }
});

// Variants of a module that are wrong in one place, for tests of tests.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import ts from "typescript";

const provider = resolve(__dirname, "..", "..", "provider");

/** A text of a module, and what stands in its place. */
export type Mutation = readonly [what: string, from: string, to: string];

/** The source of a module of provider/. */
export function sourceOf(file: string): string {
  return readFileSync(join(provider, file), "utf8");
}

/** The source with a text replaced that stands in it once. */
export function mutated(file: string, [, from, to]: Mutation): string {
  const parts = sourceOf(file).split(from);
  assert.equal(parts.length, 2, `stands in ${file} once: ${from}`);
  return parts.join(to);
}

/** Compiles a module and runs it, with other modules in the place of those it imports. */
export function load(
  file: string,
  source = sourceOf(file),
  stead: Readonly<Record<string, unknown>> = {},
): unknown {
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 },
  });
  const original = createRequire(join(provider, file));
  const module = { exports: {} };
  const require = (name: string): unknown => stead[name] ?? original(name);
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- what else is a module in memory?
  const run = new Function("require", "module", "exports", outputText) as (
    ...args: unknown[]
  ) => void;
  run(require, module, module.exports);
  return module.exports;
}

// Single runs of the CLI on a stack: what each showed, and what it changed in the state.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CommandError, type Stack } from "@pulumi/pulumi/automation";
import type { TestStack } from "./stacks";

/**
 * The `input` of every Stash in the state, by name: that of the live one, and those of old ones that
 * a replacement has left over, as `a (to be deleted)`.
 */
export type State = Readonly<Record<string, readonly string[]>>;

/** One run of the CLI. */
export interface Run {
  readonly failed: boolean;
  /** All that it showed. */
  readonly terminal: string;
  /** The lines under Diagnostics, by the name of the resource they stand at. */
  readonly diagnostics: Readonly<Record<string, readonly string[]>>;
  readonly before: State;
  readonly after: State;
}

/** What every command takes: where to show what it shows. */
export interface Display {
  readonly onOutput: (text: string) => void;
  readonly onError: (text: string) => void;
  /** The CLI writes its progress dots beside all else: a row may come to stand in a line of dots. */
  readonly suppressProgress: true;
}

/** A command to be run on a stack. */
export type Command = (stack: Stack, display: Display) => Promise<unknown>;

interface SavedResource {
  readonly urn: string;
  readonly delete?: boolean;
  readonly inputs?: { readonly input?: unknown };
}

interface SavedStack {
  readonly checkpoint: { readonly latest?: { readonly resources?: readonly SavedResource[] } };
}

/** Where a stack of `inlineStack` has a Stash. */
export function urnOf(name: string): string {
  return `urn:pulumi:test::inline::pulumi:index:Stash::${name}`;
}

/** Reads the state as it is saved: asking the CLI for it would take as long as a run. */
async function stateOf(stack: Stack): Promise<State> {
  const file = "../state/.pulumi/stacks/inline/test.json";
  const text = await readFile(join(stack.workspace.workDir, file), "utf8");
  const { latest } = (JSON.parse(text) as SavedStack).checkpoint;
  const state: Record<string, string[]> = {};
  for (const { urn, delete: isOld = false, inputs } of latest?.resources ?? []) {
    const [, name = ""] = urn.split("pulumi:index:Stash::");
    if (name === "") continue;
    const input = typeof inputs?.input === "string" ? inputs.input : "(none)";
    (state[name] ??= []).push(isOld ? `${input} (to be deleted)` : input);
  }
  for (const copies of Object.values(state)) copies.sort((a, b) => a.length - b.length);
  return state;
}

/** What stands under Diagnostics, by resource. */
export function diagnosticsOf(terminal: string): Record<string, string[]> {
  const [, section = ""] = /^Diagnostics:\n([\s\S]*?)(?:^\S|$(?![\s\S]))/m.exec(terminal) ?? [];
  const found: Record<string, string[]> = {};
  let lines: string[] = [];
  for (const line of section.split("\n")) {
    const head = /^ {2}\S+ \((.+)\):$/.exec(line);
    if (head !== null) lines = found[head[1]!] ??= [];
    else if (line.trim() !== "") lines.push(line.trim());
  }
  return found;
}

/** Runs commands on a stack, one after the other. */
export function runsOn({ stack }: TestStack) {
  // What `up` asks the CLI for when it is done would take longer than the update.
  Object.assign(stack, {
    outputs: () => Promise.resolve({}),
    info: () => Promise.resolve(undefined),
  });
  return async (command: Command): Promise<Run> => {
    let terminal = "";
    const show = (text: string) => {
      terminal += text;
    };
    const before = await stateOf(stack);
    let failed = false;
    try {
      await command(stack, { onOutput: show, onError: show, suppressProgress: true });
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      failed = true;
    }
    const after = await stateOf(stack);
    return { failed, terminal, diagnostics: diagnosticsOf(terminal), before, after };
  };
}

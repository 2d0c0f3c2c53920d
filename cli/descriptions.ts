// What --help says of a flag is what the package's documentation says of the argument behind it:
// schema.json has the docstrings.

import { packageFile } from "./packageFiles";

type Described = Readonly<Record<string, { readonly description: string }>>;

interface Schema {
  readonly config: { readonly variables: Described };
  readonly functions: Readonly<
    Record<string, { readonly inputs: { readonly properties: Described } }>
  >;
}

let schema: Schema | undefined;

/** The first sentence, without a full stop; `e.g.` ends none. */
function firstSentence(description: string): string {
  const [sentence = ""] = description.split(/\.(?=\s+[A-Z"]|\s*$)/);
  return sentence;
}

/** What an argument of a function means, or a setting: in one sentence, with its marks of code. */
export function describe(of: "getBackups" | "getBackup" | "settings", name: string): string {
  schema ??= JSON.parse(packageFile("schema.json")) as Schema;
  const described =
    of === "settings"
      ? schema.config.variables
      : schema.functions[`computenest:index:${of}`]?.inputs.properties;
  return firstSentence(described?.[name]?.description ?? "");
}

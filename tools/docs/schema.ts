// schema.json, what the engine and its code generators know of the package, comes from the interfaces
// and docstrings of provider/: what an editor shows, README says and the schema has is one text.

import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { documentedFilterNames } from "../../provider/args";
import { backupStatuses } from "../../provider/backup";
import { serviceRegions } from "../../provider/settings/region";
import { settingsContract } from "../../provider/settings/settingsContract";
import { documentationOf, membersOf, type Member } from "./members";
import { exampleSection, type Documented } from "./programs";

const root = resolve(__dirname, "..", "..");

/** Where the schema is kept. */
export const schemaFile = resolve(root, "schema.json");

type Json = string | number | boolean | undefined | readonly Json[] | { [key: string]: Json };
type JsonObject = Record<string, Json>;

const token = (name: string) => `computenest:index:${name}`;
const ref = (name: string): JsonObject => ({ $ref: `#/types/${token(name)}` });

/** Interfaces that the schema has as types of their own, and where they are. */
const objectTypes = {
  Backup: "backup.ts",
  Filter: "args.ts",
  AssumeRoleSettings: "settings/settings.ts",
  AssumeRoleWithOidcSettings: "settings/settings.ts",
} as const;

/** Enumerations; for inputs only: a status the service adds later must not break a result. */
const enums: Readonly<Record<string, readonly string[]>> = {
  BackupStatus: backupStatuses,
  ServiceRegion: serviceRegions,
  FilterName: documentedFilterNames,
};

/** `cn-hangzhou` as CnHangzhou: left to themselves, generators call it Cn_hangzhou or worse. */
function choiceOf(value: string): JsonObject {
  const words = value.split("-").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  const name = words.join("");
  return name === value ? { value } : { name, value };
}

/** A type of TypeScript as the schema has it. */
function typeOf(text: string): JsonObject {
  if (text.endsWith("[]")) return { type: "array", items: typeOf(text.slice(0, -2)) };
  const values = /^Record<string, (\w+)>$/.exec(text)?.[1];
  if (values !== undefined) return { type: "object", additionalProperties: typeOf(values) };
  if (text === "string" || text === "boolean") return { type: text };
  // Every number of this package is a whole one.
  if (text === "number") return { type: "integer" };
  if (text in objectTypes || text in enums) return ref(text);
  // A choice between a few texts needs no name of its own.
  if (/^"\w[\w-]*"( \| "\w[\w-]*")+$/.test(text)) return { type: "string" };
  throw new Error(`The schema has no type for ${text}.`);
}

function propertyOf({ name, type, text, defaultValue }: Member): JsonObject {
  const ending = defaultValue === undefined ? "" : ` Default: ${defaultValue}.`;
  return {
    ...typeOf(type),
    description: text + ending,
    ...(settingsContract.secrets?.has(name) && { secret: true }),
  };
}

function propertiesOf(members: readonly Member[]): JsonObject {
  return Object.fromEntries(members.map((member) => [member.name, propertyOf(member)]));
}

function objectOf(file: string, name: string, description?: string): JsonObject {
  const members = membersOf(file, name);
  const required = members.filter(({ isOptional }) => !isOptional).map((member) => member.name);
  return {
    type: "object",
    ...(description !== undefined && { description }),
    properties: propertiesOf(members),
    ...(required.length > 0 && { required }),
  };
}

/** A docstring, and a program in each language. */
function describedByExample(file: string, name: Documented): string {
  return `${documentationOf(file, name)}\n\n${exampleSection(name)}`;
}

function functionOf(name: Documented, argsFile: string, resultFile: string): JsonObject {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  return {
    description: describedByExample(`${name}.ts`, name),
    inputs: objectOf(argsFile, `${type}Args`),
    outputs: objectOf(resultFile, `${type}Result`),
  };
}

/** What a BackupGate shows beyond its inputs. */
const gateOutputs: JsonObject = {
  backup: { ...ref("Backup"), description: "The backup that let the gate open, the last time." },
  // Generators sort by name: no description may rest on the one before it.
  backupId: { type: "string", description: "Id of the backup that let the gate open." },
  passedAt: {
    type: "string",
    description: "When the gate opened: UTC, `YYYY-MM-DDTHH:MM:SSZ`. Later passes leave it alone.",
  },
};

function gateResource(): JsonObject {
  const { maxAge } = propertiesOf(membersOf("getBackupArgs.ts", "GetBackupArgs"));
  // The docstring of its own refers to the one of getBackup, which other languages do not show.
  const inputProperties = {
    ...propertiesOf(membersOf("gateArgs.ts", "BackupGateResourceArgs")),
    maxAge,
  };
  return {
    description: describedByExample("resources.ts", "BackupGate"),
    inputProperties,
    requiredInputs: ["maxAge"],
    properties: { ...inputProperties, ...gateOutputs },
    required: ["maxAge", ...Object.keys(gateOutputs)],
  };
}

// The docstring of Settings tells of stack config, which the engine does not show an explicit provider.
const providerDescription =
  "Where and as whom to ask. The keys are those of pulumi-alicloud; every one may be left out. What " +
  "is left out comes from the environment, else from the `@alicloud/credentials` chain: credentials " +
  "(keys, token, profile, roles) as a whole, everything else key by key.";

function typesOfSchema(): JsonObject {
  const objects = Object.entries(objectTypes).map(([name, file]): [string, Json] => [
    token(name),
    objectOf(file, name, documentationOf(file, name)),
  ]);
  const choices = Object.entries(enums).map(([name, values]): [string, Json] => [
    token(name),
    { type: "string", enum: values.map(choiceOf) },
  ]);
  return Object.fromEntries([...objects, ...choices]);
}

/** The schema, as it should be. */
export function renderSchema(): string {
  const { version, description, license, peerDependencies } = JSON.parse(
    readFileSync(resolve(root, "package.json"), "utf8"),
  ) as Record<"version" | "description" | "license", string> & { peerDependencies: JsonObject };
  const settings = propertiesOf(membersOf("settings/settings.ts", "Settings"));
  const schema: JsonObject = {
    name: "computenest",
    displayName: "Alibaba Cloud Compute Nest backups",
    version,
    description,
    license,
    keywords: ["pulumi", "computenest", "alicloud", "backup", "category/cloud", "kind/native"],
    config: { variables: settings },
    provider: {
      description: providerDescription,
      inputProperties: settings,
    },
    types: typesOfSchema(),
    functions: {
      [token("getBackup")]: functionOf("getBackup", "getBackupArgs.ts", "result.ts"),
      [token("getBackups")]: functionOf("getBackups", "args.ts", "result.ts"),
    },
    resources: { [token("BackupGate")]: gateResource() },
    language: {
      nodejs: {
        respectSchemaVersion: true,
        packageName: "pulumi-computenest-sdk",
        // Otherwise an older SDK would do, as far as npm knows.
        dependencies: peerDependencies,
      },
      python: { respectSchemaVersion: true, pyproject: { enabled: true } },
      go: { respectSchemaVersion: true },
      csharp: { respectSchemaVersion: true },
    },
  };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}

if (require.main === module) writeFileSync(schemaFile, renderSchema());

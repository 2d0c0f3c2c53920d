import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import regexp from "eslint-plugin-regexp";
import tseslint from "typescript-eslint";

const processEnv = {
  object: "process",
  property: "env",
  message: "Only provider/settings/environment.ts reads the environment.",
};

/** A rule that forbids imports, with the reason shown to whoever breaks it. */
function forbid(...groups) {
  return {
    "no-restricted-imports": [
      "error",
      { patterns: groups.map(([group, message]) => ({ group, message })) },
    ],
  };
}

const cloudSdk = [["@alicloud/*", "undici"], "Only provider/client/ talks to the service."];
const pulumi = [
  ["@pulumi/*"],
  "Only program/, plugin/ and the files of what users call know that Pulumi exists.",
];
const front = [
  [
    "**/getBackup",
    "**/getBackups",
    "**/listBackups",
    "**/backupGate*",
    "**/index",
    "**/program/*",
    "**/plugin/*",
  ],
  "The core does not know who calls it.",
];
const simulator = [
  ["**/simulator/*", "**/simulator"],
  "The package never depends on its simulator.",
];

export default defineConfig(
  globalIgnores(["bin/", "coverage/", "dist/", "node_modules/"]),
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true }],
    },
  },
  {
    // The core: no engine, no network, no environment, no clock of its own.
    files: ["provider/**/*.ts"],
    rules: {
      ...forbid(cloudSdk, pulumi, front, simulator),
      "no-restricted-properties": ["error", processEnv],
      "no-console": "error",
    },
  },
  {
    // What a service or a user sends must not decide how long an expression takes.
    files: ["provider/**/*.ts"],
    plugins: { regexp },
    rules: {
      "regexp/no-super-linear-backtracking": ["error", { report: "potential" }],
      "regexp/no-super-linear-move": ["error", { report: "potential" }],
    },
  },
  {
    files: ["provider/client/**/*.ts"],
    rules: forbid(pulumi, front, simulator, [
      ["**/args", "**/plan", "**/select", "**/result", "**/listing", "**/resolve"],
      "client/ only knows the service; arguments and settings reach it resolved.",
    ]),
  },
  {
    files: [
      "provider/program/*.ts",
      "provider/{resources,getBackup,getBackups,listBackups,backupGate,backupGateTransform}.ts",
    ],
    rules: forbid(cloudSdk, simulator, [["**/index"], "index.ts only re-exports."]),
  },
  {
    files: ["provider/plugin/*.ts"],
    rules: forbid(
      cloudSdk,
      simulator,
      [["**/program/*", "**/getBackup", "**/getBackups", "**/backupGate*"], "These need the SDK."],
      [
        ["@pulumi/pulumi", "!@pulumi/pulumi/"],
        "The plugin speaks the engine's protocol; the SDK takes half a second to load.",
      ],
    ),
  },
  {
    files: ["provider/index.ts"],
    rules: forbid(cloudSdk, simulator),
  },
  {
    // What is loaded later or in parts, and nothing else.
    files: ["provider/{program,plugin,client}/deferred.ts", "provider/client/undiciParts.ts"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  {
    files: ["provider/settings/environment.ts"],
    rules: { "no-restricted-properties": "off" },
  },
  {
    // The simulator is the other end of the wire: sharing code would let one mistake hide another.
    files: ["simulator/**/*.ts"],
    rules: forbid(cloudSdk, pulumi, [
      ["**/provider/*"],
      "The simulator shares no code with provider/.",
    ]),
  },
  {
    // A user of the package like any other; how it reads and words times is shared.
    files: ["cli/**/*.ts"],
    rules: forbid(cloudSdk, pulumi, simulator, [
      ["**/provider/*", "!**/provider/durations", "!**/provider/timestamps"],
      "The command knows the package as its users do: pulumi-computenest.",
    ]),
  },
  {
    files: ["test/**/*.ts"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
  {
    files: ["**/*.mjs", "**/*.js", "**/*.cjs"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: {
      globals: { process: "readonly", console: "readonly", setTimeout: "readonly" },
    },
  },
  {
    files: ["cli/page/*.js"],
    languageOptions: {
      globals: { document: "readonly", innerWidth: "readonly", innerHeight: "readonly" },
    },
  },
);

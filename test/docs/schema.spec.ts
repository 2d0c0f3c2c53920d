import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { renderSchema, schemaFile } from "../../tools/docs/schema";

interface Shape {
  readonly $ref?: string;
  readonly secret?: boolean;
  readonly items?: Shape;
  readonly additionalProperties?: Shape;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly inputProperties?: Readonly<Record<string, Shape>>;
  readonly enum?: readonly unknown[];
}

interface Schema {
  readonly config: { readonly variables: Readonly<Record<string, Shape>> };
  readonly provider: Shape;
  readonly types: Readonly<Record<string, Shape>>;
  readonly functions: Readonly<Record<string, { inputs: Shape; outputs: Shape }>>;
  readonly resources: Readonly<Record<string, Shape>>;
}

/** All that a shape is made of, itself included, however deep. */
function partsOf(schema: Schema, shape: Shape, seen = new Set<Shape>()): Set<Shape> {
  if (seen.has(shape)) return seen;
  seen.add(shape);
  const type = shape.$ref === undefined ? undefined : schema.types[shape.$ref.slice(8)];
  if (shape.$ref !== undefined) assert.ok(type, `${shape.$ref} is there`);
  const inner = [type, shape.items, shape.additionalProperties];
  for (const part of [...inner, ...Object.values(shape.properties ?? {})]) {
    if (part !== undefined) partsOf(schema, part, seen);
  }
  return seen;
}

describe("schema.json", function () {
  this.timeout(60_000);
  const schema = JSON.parse(renderSchema()) as Schema;

  it("is what the docstrings give (npm run docs)", async () => {
    assert.equal(await readFile(schemaFile, "utf8"), renderSchema());
  });

  it("marks every setting that is a secret, and no other", () => {
    const secretsOf = (properties: Readonly<Record<string, Shape>> = {}) =>
      Object.keys(properties).filter((name) => properties[name]?.secret === true);
    const type = (name: string) => schema.types[`computenest:index:${name}`]?.properties;
    const keys = ["accessKey", "secretKey", "securityToken"];

    assert.deepEqual(secretsOf(schema.config.variables), keys);
    assert.deepEqual(secretsOf(schema.provider.inputProperties), keys);
    assert.deepEqual(secretsOf(type("AssumeRoleSettings")), ["externalId"]);
    assert.deepEqual(secretsOf(type("AssumeRoleWithOidcSettings")), ["oidcToken"]);
    assert.deepEqual(secretsOf(type("Backup")), []);
  });

  it("lets no result be of a few values only: the service may add some", () => {
    const results = [
      ...Object.values(schema.functions).map(({ outputs }) => outputs),
      {
        properties: {
          backup: schema.resources["computenest:index:BackupGate"]?.properties?.["backup"],
        },
      } as Shape,
    ];

    for (const result of results) {
      const parts = [...partsOf(schema, result)];
      assert.ok(parts.length > 5);
      assert.deepEqual(
        parts.filter((part) => part.enum !== undefined),
        [],
      );
    }
  });

  it("has the functions and the resource, and what they refer to", () => {
    assert.deepEqual(Object.keys(schema.functions), [
      "computenest:index:getBackup",
      "computenest:index:getBackups",
    ]);
    assert.deepEqual(Object.keys(schema.resources), ["computenest:index:BackupGate"]);
    const { config, provider, functions, resources } = schema;
    const shapes = [
      { properties: config.variables },
      { properties: provider.inputProperties ?? {} },
      ...Object.values(functions).flatMap(({ inputs, outputs }) => [inputs, outputs]),
      ...Object.values(resources),
      ...Object.values(resources).map(({ inputProperties = {} }) => ({
        properties: inputProperties,
      })),
    ];
    for (const shape of shapes) assert.ok(partsOf(schema, shape).size > 1);
  });
});

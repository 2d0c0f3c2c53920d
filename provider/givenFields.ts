import { types } from "node:util";
import * as z from "./zod";

/** The fields of an object that may have no others. */
interface Fields {
  readonly shape: Readonly<Record<string, z.ZodType>>;
  /** Those to look at even where they are missing. */
  readonly needed: readonly string[];
}

function readFields(schema: z.ZodType): Fields | undefined {
  if (!(schema instanceof z.ZodObject)) return undefined;
  const { shape, catchall, checks = [] } = schema.def as z.core.$ZodObjectDef;
  if (!(catchall instanceof z.ZodNever) || checks.length > 0) return undefined;
  const fields = shape as Record<string, z.ZodType>;
  const needed = Object.keys(fields).filter((name) => !(fields[name] instanceof z.ZodOptional));
  return { shape: fields, needed };
}

const known = new WeakMap<z.ZodType, Fields | undefined>();

function fieldsOf(schema: z.ZodType): Fields | undefined {
  if (!known.has(schema)) known.set(schema, readFields(schema));
  return known.get(schema);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  // Which names a proxy has is not always what it answers to.
  if (typeof value !== "object" || value === null || types.isProxy(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/**
 * What a strict object schema makes of a value, found by way of the fields that are there. A call gives
 * few of many arguments, and the schema looks at all of them: that takes ten times as long where it
 * has not been called a thousand times before. Undefined: the schema has to be asked, which has words
 * for what is wrong.
 */
export function parseGiven<T>(schema: z.ZodType<T>, value: unknown): T | undefined {
  const fields = fieldsOf(schema);
  if (fields === undefined || !isPlainObject(value)) return undefined;
  const names = new Set([...fields.needed, ...Reflect.ownKeys(value)]);
  const parsed: Record<string, unknown> = {};
  for (const name of names) {
    if (typeof name !== "string" || !Object.hasOwn(fields.shape, name)) return undefined;
    const { success, data } = (fields.shape[name] as z.ZodType).safeParse(value[name]);
    if (!success) return undefined;
    parsed[name] = data;
  }
  return parsed as T;
}

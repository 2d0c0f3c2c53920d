// What is used of zod. In the package, `npm run build` puts just that into this file's place, in one piece:
// all of zod takes 45 ms to load, and a program waits for that before its first request; this takes 8.

export {
  array,
  enum,
  int,
  number,
  object,
  record,
  strictObject,
  string,
  union,
  unknown,
  ZodArray,
  ZodNever,
  ZodObject,
  ZodOptional,
} from "zod";
export type { core, infer, ZodType } from "zod";

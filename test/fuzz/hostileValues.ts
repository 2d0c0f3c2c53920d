// Values that no caller should pass, and some do. They are made inside of a property, from recipes:
// fast-check itself would stumble over some of them.

import { inspect } from "node:util";
import fc from "fast-check";

function cyclic(): object {
  const self: Record<string, unknown> = { ids: [] };
  self["self"] = self;
  (self["ids"] as unknown[]).push(self);
  return self;
}

function refuse(): never {
  throw new Error("touched");
}

const touchy = new Proxy({}, { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse });

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** Another value each time it is read: what was checked is not what is used. */
function fickle(): object {
  let reads = 0;
  return Object.defineProperty({}, "serviceInstanceId", {
    enumerable: true,
    get: () => ((reads += 1) > 1 ? reads : "si-1"),
  });
}

/** Answers to a name that it does not say it has. */
const secretive = () =>
  new Proxy(
    {},
    {
      get: (_, name) => (name === "serviceInstanceId" ? "si-1" : undefined),
      has: (_, name) => name === "serviceInstanceId",
    },
  );

/** Half a character: no URL can hold it. */
export const loneSurrogate = "si-\uD800";

const oddities: readonly (() => unknown)[] = [
  cyclic,
  revoked,
  secretive,
  fickle,
  () => touchy,
  () => ({
    get serviceInstanceId() {
      return refuse();
    },
  }),
  () => ({
    get [Symbol.toStringTag]() {
      return refuse();
    },
  }),
  () => ({ [inspect.custom]: refuse, toJSON: refuse, toString: refuse }),
  () => ({ [Symbol.toPrimitive]: refuse }),
  () => Object.create(touchy) as unknown,
  () => JSON.parse('{"__proto__":{"serviceInstanceId":"si-1"}}') as unknown,
  () => JSON.parse('{"constructor":{"prototype":1},"hasOwnProperty":2}') as unknown,
  () => Symbol("odd"),
  () => ({ [Symbol("odd")]: 1 }),
  () => refuse,
  () => Promise.resolve({}),
  () => new Date(NaN),
  () => new Error("odd"),
  () => new Uint8Array(100_000),
  () => Array.from({ length: 20_000 }, (_, i) => i),
  () => Array<unknown>(20_000),
  () => Array.from({ length: 20_000 }, () => "si-1"),
  () => "x".repeat(1_000_000),
  () => loneSurrogate,
  () => "\0",
  () => " ",
  () => "__proto__",
  () => NaN,
  () => -0,
  () => Infinity,
  () => 2 ** 60,
  () => 10n ** 400n,
  () => null,
];

/** How to make a value; shown as what it makes. */
export type Recipe = () => unknown;

function recipe(make: () => unknown, text: string): Recipe {
  return Object.assign(() => make(), { [fc.toStringMethod]: () => text });
}

/** Recipes for values that bear being looked at. */
export function plain(values: fc.Arbitrary<unknown>): fc.Arbitrary<Recipe> {
  return values.map((value) => recipe(() => value, fc.stringify(value)));
}

/** Anything at all. */
export const anything: fc.Arbitrary<Recipe> = fc.oneof(
  fc.constantFrom(...oddities).map((make) => recipe(make, String(make))),
  plain(fc.string({ unit: "binary" })),
  plain(fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true })),
);

/** An object with some of the names that a function knows, each right or anything, and others. */
export function objectWith(
  known: Readonly<Record<string, fc.Arbitrary<Recipe>>>,
): fc.Arbitrary<Recipe> {
  const fields = Object.entries(known).map(([name, right]) =>
    fc.tuple(fc.constant(name), fc.oneof({ weight: 3, arbitrary: right }, anything)),
  );
  const stranger = fc.tuple(fc.oneof(fc.string(), fc.constant("__proto__")), anything);
  const entry = fc.oneof({ weight: 8, arbitrary: fc.oneof(...fields) }, stranger);
  return fc
    .array(entry, { maxLength: 6 })
    .map((entries) =>
      recipe(
        () => Object.fromEntries(entries.map(([name, make]) => [name, make()])),
        fc.stringify(entries),
      ),
    );
}

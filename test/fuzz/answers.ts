// A grammar of answers that are nearly the service's: texts of JSON, because what spoils a body -
// a name twice, a number too large, half a character - is lost when it is made from values.

import fc from "fast-check";

const deep = `${"[".repeat(5000)}${"]".repeat(5000)}`;

/** JSON that nobody expects. */
const odd = fc.oneof(
  fc.json(),
  fc.constantFrom(
    ...["null", "true", "-1", "1.5", "1e999", "-0", "123456789012345678901234567890", '""', '" "'],
    ...['"\\ud800"', '"\\u0000"', '"9007199254740993"', '"__proto__"', '"Success"', '"2026-13-45"'],
    ...[
      '{"__proto__":{"BackupId":"backup-0"}}',
      "[]",
      "{}",
      "[null]",
      deep,
      `"${"x".repeat(9999)}"`,
    ],
  ),
);

/** A member of an object: mostly as it is to be; else left out, odd, or there twice. */
function member(name: string, value: fc.Arbitrary<string>): fc.Arbitrary<string[]> {
  const named = (text: string) => `${JSON.stringify(name)}:${text}`;
  return fc.oneof(
    { weight: 40, arbitrary: value.map((text) => [named(text)]) },
    fc.constant<string[]>([]),
    odd.map((text) => [named(text)]),
    fc.tuple(value, odd).map((both) => both.map(named)),
    fc.tuple(odd, value).map((both) => both.map(named)),
  );
}

function object(members: Readonly<Record<string, fc.Arbitrary<string>>>): fc.Arbitrary<string> {
  const known = Object.entries(members).map(([name, value]) => member(name, value));
  const strange = fc.constantFrom("__proto__", "constructor", "Code", "Success", "NextToken", "");
  const stranger = fc.tuple(strange, odd).chain(([name, text]) => member(name, fc.constant(text)));
  const strangers = fc.oneof({ weight: 9, arbitrary: fc.constant<string[]>([]) }, stranger);
  return fc.tuple(...known, strangers).map((all) => `{${all.flat().join()}}`);
}

function json(...values: unknown[]): fc.Arbitrary<string> {
  return fc.constantFrom(...values.map((value) => JSON.stringify(value)));
}

function row(index: number): fc.Arbitrary<string> {
  return object({
    BackupId: json(`backup-${index}`),
    ServiceInstanceId: json("si-1", "si-2"),
    Status: json("Created", "Creating", "CreateFailed", "Archived"),
    StartTime: json(
      "2026-01-01T00:00:00Z",
      "2026-01-01T08:00:00+08:00",
      "2026-01-01 00:00:00",
      null,
    ),
    EndTime: json("2026-01-01T00:10:00Z", ""),
    RetentionDays: json(7, "7", null, 0),
    StatusDetail: json("detail"),
  });
}

/** An answer that is a whole list of up to five backups, or would be. */
const answer = fc.nat(5).chain((count) => {
  const rows = Array.from({ length: count }, (_, index) => row(index));
  return object({
    Backups: fc.tuple(...rows).map((texts) => `[${texts.join()}]`),
    TotalCount: json(count, String(count)),
    NextToken: json("", null),
    RequestId: json("R-1"),
  });
});

/** The same, some of them damaged as texts. */
export const answers: fc.Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: answer },
  fc.tuple(answer, fc.nat(200)).map(([text, at]) => text.slice(0, -1 - at)),
  fc.tuple(answer, fc.nat(), fc.string({ maxLength: 2 })).map(([text, place, other]) => {
    const at = place % text.length;
    return text.slice(0, at) + other + text.slice(at + 1);
  }),
  answer.map((text) => `\uFEFF${text}`),
  answer.map((text) => `[${text}]`),
  answer.map((text) => `${text}${text}`),
  odd,
);

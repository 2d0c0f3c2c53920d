import assert from "node:assert/strict";

import { parsePage } from "../../simulator/pageRequest";
import { createTokens } from "../../simulator/tokens";

const tokens = createTokens();
const parse = (parameters: Record<string, string>) =>
  parsePage("ListBackups", new Map(Object.entries(parameters)), tokens);

const elevenIds = Array.from({ length: 11 }, (_, index) => `backup-${index}`);

interface Refusal {
  readonly name: string;
  readonly parameters: Record<string, string>;
  readonly code: string;
  readonly reason: string;
}

const filter = (number: number, name: string, ...values: string[]) => ({
  [`Filter.${number}.Name`]: name,
  ...Object.fromEntries(
    values.map((value, index) => [`Filter.${number}.Value.${index + 1}`, value]),
  ),
});
const invalidFilter = (reason: string) => ({ code: "InvalidParameter.Filter", reason });
const invalidPageSize = (text: string) => ({
  code: "InvalidParameter.MaxResults",
  reason: `MaxResults is 1 to 100, not "${text}".`,
});

const refusals: Refusal[] = [
  ...["0", "101", "-1", "1.5", "ten", "", "1e2", "99999999999"].map((text) => ({
    name: `MaxResults "${text}"`,
    parameters: { MaxResults: text },
    ...invalidPageSize(text),
  })),
  {
    name: "RegionId, as the API has none",
    parameters: { RegionId: "cn-hangzhou" },
    code: "InvalidParameter",
    reason: "this action has no parameter RegionId.",
  },
  {
    name: "a filter of an unknown name",
    parameters: filter(1, "Name", "x"),
    ...invalidFilter(
      "Filter.1.Name is one of BackupId, ServiceInstanceId, Status, StartTime, EndTime, " +
        'not "Name".',
    ),
  },
  {
    name: "more than ten values",
    parameters: filter(1, "BackupId", ...elevenIds),
    ...invalidFilter("Filter.1 has 11 values, more than 10."),
  },
  {
    name: "a filter without values",
    parameters: filter(1, "BackupId"),
    ...invalidFilter("Filter.1 has no Value."),
  },
  {
    name: "a filter without a name",
    parameters: { "Filter.1.Value.1": "x" },
    ...invalidFilter("Filter.1 has no Name."),
  },
  {
    name: "one name twice",
    parameters: { ...filter(1, "Status", "Created"), ...filter(2, "Status", "Deleted") },
    ...invalidFilter("Status is given by two filters."),
  },
  {
    name: "a gap between the filters",
    parameters: filter(2, "Status", "Created"),
    ...invalidFilter("there is no Filter.1."),
  },
  {
    name: "a gap between the values",
    parameters: { "Filter.1.Name": "Status", "Filter.1.Value.2": "Created" },
    ...invalidFilter("there is no Filter.1.Value.1."),
  },
  ...["Filter.0.Name", "Filter.1.Names", "Filter.1.Value", "Filter.x.Name", "Filter.1.Value.0"].map(
    (parameter) => ({
      name: parameter,
      parameters: { [parameter]: "Status" },
      ...invalidFilter(`${parameter} is not Filter.N.Name or Filter.N.Value.M.`),
    }),
  ),
  {
    name: "a token nobody issued",
    parameters: { NextToken: "AAAAAQ==" },
    code: "InvalidParameter.NextToken",
    reason: "NextToken is not one that this query was given.",
  },
];

describe("parsePage", () => {
  for (const { name, parameters, code, reason } of refusals) {
    it(`refuses ${name}`, () => {
      assert.throws(() => parse(parameters), {
        name: "ServiceError",
        httpStatus: 400,
        code,
        message: `The specified parameter is not valid: ${reason}`,
      });
    });
  }

  it("reads filters, page size and place", () => {
    const parameters = { ...filter(1, "Status", "Created", "Deleted"), MaxResults: "50" };
    const { query } = parse(parameters);

    const page = parse({ ...parameters, NextToken: tokens.issue(query, 150) });

    assert.deepEqual(page, {
      filters: [{ name: "Status", values: ["Created", "Deleted"] }],
      pageSize: 50,
      offset: 150,
      query,
    });
  });

  const others = [
    { name: "another page size", parameters: { MaxResults: "51" } },
    { name: "other filters", parameters: { MaxResults: "50", ...filter(1, "Status", "Created") } },
  ];
  for (const { name, parameters } of others) {
    it(`refuses the token of a query with ${name}`, () => {
      const token = tokens.issue(parse({ MaxResults: "50" }).query, 50);

      assert.throws(() => parse({ ...parameters, NextToken: token }), {
        code: "InvalidParameter.NextToken",
      });
    });
  }

  it("takes an empty token as none, and ten values", () => {
    const page = parse({ NextToken: "", ...filter(1, "BackupId", ...elevenIds.slice(1)) });

    assert.equal(page.offset, 0);
    assert.equal(page.filters[0]?.values.length, 10);
  });
});

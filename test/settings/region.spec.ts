import assert from "node:assert/strict";
import { chooseRegion, isServiceRegion, otherRegion } from "../../provider/settings/region";

const configured = (value: string) => ({ value, source: "alicloud:region" });
const account = (value: "Domestic" | "International") => ({ value, source: "accountType" });
const mappedTo = (from: string, to: string) =>
  `alicloud:region is ${from}, where the service has no endpoint, so ${to} was asked`;

describe("chooseRegion", () => {
  const cases: [string, Parameters<typeof chooseRegion>, string, string | undefined][] = [
    [
      "takes a region that exists",
      [configured("cn-hangzhou"), undefined],
      "cn-hangzhou",
      undefined,
    ],
    [
      "takes it whatever the account type",
      [configured("ap-southeast-1"), account("Domestic")],
      "ap-southeast-1",
      undefined,
    ],
    [
      "goes by an international account where the region does not exist",
      [configured("cn-beijing"), account("International")],
      "ap-southeast-1",
      undefined,
    ],
    [
      "goes by a domestic account where the region does not exist",
      [configured("us-east-1"), account("Domestic")],
      "cn-hangzhou",
      undefined,
    ],
    [
      "goes by the account alone",
      [undefined, account("International")],
      "ap-southeast-1",
      undefined,
    ],
    [
      "guesses the mainland site",
      [configured("cn-beijing"), undefined],
      "cn-hangzhou",
      mappedTo("cn-beijing", "cn-hangzhou"),
    ],
    [
      "guesses the international site",
      [configured("eu-central-1"), undefined],
      "ap-southeast-1",
      mappedTo("eu-central-1", "ap-southeast-1"),
    ],
    [
      "counts Hong Kong to the international site",
      [configured("cn-hongkong"), undefined],
      "ap-southeast-1",
      mappedTo("cn-hongkong", "ap-southeast-1"),
    ],
    [
      "guesses cn-hangzhou when nothing is said",
      [undefined, undefined],
      "cn-hangzhou",
      "no region is configured, so cn-hangzhou was asked",
    ],
  ];
  for (const [title, given, region, guess] of cases) {
    it(title, () => {
      assert.deepEqual(chooseRegion(...given), { region, guess });
    });
  }
});

describe("isServiceRegion", () => {
  it("knows the two that exist", () => {
    const all = ["cn-hangzhou", "ap-southeast-1", "cn-beijing", ""];

    assert.deepEqual(all.filter(isServiceRegion), ["cn-hangzhou", "ap-southeast-1"]);
  });
});

describe("otherRegion", () => {
  it("is the other of the two", () => {
    assert.equal(otherRegion("cn-hangzhou"), "ap-southeast-1");
    assert.equal(otherRegion("ap-southeast-1"), "cn-hangzhou");
  });
});

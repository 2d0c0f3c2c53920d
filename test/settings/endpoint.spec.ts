import assert from "node:assert/strict";
import { ConfigurationError } from "../../provider/errors";
import { chooseEndpoint } from "../../provider/settings/endpoint";

type Protocol = "HTTPS" | "HTTP";

function choose(address?: string, protocol?: Protocol) {
  return chooseEndpoint(
    "cn-hangzhou",
    address === undefined ? undefined : { value: address, source: "ALIBABA_CLOUD_ENDPOINT" },
    protocol && { value: protocol, source: "alicloud:protocol" },
  );
}

describe("chooseEndpoint", () => {
  const usable: [string | undefined, Protocol | undefined, string, string][] = [
    [
      undefined,
      undefined,
      "https://computenest.cn-hangzhou.aliyuncs.com",
      "computenest.cn-hangzhou.aliyuncs.com",
    ],
    [
      "computenest-vpc.cn-hangzhou.aliyuncs.com",
      undefined,
      "https://computenest-vpc.cn-hangzhou.aliyuncs.com",
      "computenest-vpc.cn-hangzhou.aliyuncs.com",
    ],
    ["gateway.example:8443", undefined, "https://gateway.example:8443", "gateway.example:8443"],
    ["gateway.example:443", undefined, "https://gateway.example", "gateway.example"],
    ["https://gateway.example/", undefined, "https://gateway.example", "gateway.example"],
    ["https://gateway.example", "HTTP", "https://gateway.example", "gateway.example"],
    ["http://127.0.0.1:8080", undefined, "http://127.0.0.1:8080", "127.0.0.1:8080"],
    ["127.0.0.1:8080", "HTTP", "http://127.0.0.1:8080", "127.0.0.1:8080"],
    ["127.8.9.10", "HTTP", "http://127.8.9.10", "127.8.9.10"],
    ["localhost:8080", "HTTP", "http://localhost:8080", "localhost:8080"],
    ["nest.localhost", "HTTP", "http://nest.localhost", "nest.localhost"],
    ["http://[::1]:8080", undefined, "http://[::1]:8080", "[::1]:8080"],
  ];
  for (const [address, protocol, origin, host] of usable) {
    it(`takes ${address ?? "nothing"}${protocol ? ` with ${protocol}` : ""} for ${origin}`, () => {
      assert.deepEqual(choose(address, protocol), { origin, host });
    });
  }

  it("goes by the region where no endpoint is set", () => {
    const { host } = chooseEndpoint("ap-southeast-1", undefined, undefined);

    assert.equal(host, "computenest.ap-southeast-1.aliyuncs.com");
  });

  const form = "Write a host, host:port or URL, e.g. computenest.cn-hangzhou.aliyuncs.com.";
  const plain =
    "whoever is on the way could read the answers and forge them. " +
    "Use HTTPS; HTTP is for loopback addresses such as 127.0.0.1.";
  const cannot = (reason: string) =>
    `The endpoint of ALIBABA_CLOUD_ENDPOINT cannot be used: ${reason}. ${form}`;
  const refused: [string | undefined, Protocol | undefined, string][] = [
    ["not a host", undefined, cannot('"not a host" is no address')],
    ["ftp://example.com", undefined, cannot('"ftp://example.com" is neither https nor http')],
    [
      "https://example.com/api",
      undefined,
      cannot('"https://example.com/api" has more than scheme, host and port'),
    ],
    ["example.com?a=b", undefined, cannot('"example.com?a=b" has more than scheme, host and port')],
    [
      "https://example.com/#a",
      undefined,
      cannot('"https://example.com/#a" has more than scheme, host and port'),
    ],
    ["https://user:pa55word@example.com", undefined, cannot("it holds a user name or password")],
    ["https://:pa55word@example.com", undefined, cannot("it holds a user name or password")],
    ["https://user:pa55word@exam ple.com", undefined, cannot("it is no address")],
    [
      "http://example.com",
      undefined,
      `Plain HTTP to example.com is refused (ALIBABA_CLOUD_ENDPOINT): ${plain}`,
    ],
    ["example.com", "HTTP", `Plain HTTP to example.com is refused (alicloud:protocol): ${plain}`],
    [
      "http://1270.0.0.1.example.com",
      undefined,
      `Plain HTTP to 1270.0.0.1.example.com is refused (ALIBABA_CLOUD_ENDPOINT): ${plain}`,
    ],
    [
      "http://10.0.0.1",
      undefined,
      `Plain HTTP to 10.0.0.1 is refused (ALIBABA_CLOUD_ENDPOINT): ${plain}`,
    ],
    [
      undefined,
      "HTTP",
      `Plain HTTP to computenest.cn-hangzhou.aliyuncs.com is refused (alicloud:protocol): ${plain}`,
    ],
  ];
  for (const [address, protocol, message] of refused) {
    it(`refuses ${address ?? "the region's"}${protocol ? ` with ${protocol}` : ""}`, () => {
      assert.throws(
        () => choose(address, protocol),
        (error) => error instanceof ConfigurationError && error.message === message,
      );
    });
  }
});

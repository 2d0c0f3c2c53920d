import assert from "node:assert/strict";
import { ConfigurationError } from "../../provider/errors";
import { chooseProxy } from "../../provider/settings/proxy";

function choose(httpsProxy: string | undefined, origin = "https://a.example") {
  const endpoint = { origin, host: new URL(origin).host };
  return chooseProxy(endpoint, { httpsProxy, noProxy: "b.example" });
}

describe("chooseProxy", () => {
  const none = { httpsProxy: undefined, noProxy: undefined };

  it("takes the proxy of the environment, and what it is not for", () => {
    assert.deepEqual(choose("https://user:word@proxy.example"), {
      httpsProxy: "https://user:word@proxy.example",
      noProxy: "b.example",
    });
  });

  it("takes a proxy without a scheme for an http one", () => {
    assert.equal(choose("proxy.example:3128").httpsProxy, "http://proxy.example:3128");
  });

  it("takes none where the environment names none", () => {
    assert.deepEqual(choose(undefined), none);
  });

  for (const origin of ["http://127.0.0.1:80", "https://localhost", "https://[::1]:8443"]) {
    it(`asks ${origin} directly, whatever the environment names`, () => {
      assert.deepEqual(choose("no address at all", origin), none);
    });
  }

  const noAddress = "it is no http or https address";
  const unusable: readonly [string, string][] = [
    ["http://user:pa55word@ho st", noAddress],
    ["http://user:pa55#word@proxy.example", noAddress],
    ["socks5://user:pa55word@proxy.example", noAddress],
    [
      "http://user:100%pa55word@proxy.example",
      "its user or password holds a % that is not part of a code such as %25",
    ],
  ];
  for (const [address, reason] of unusable) {
    it(`refuses ${address} without showing it`, () => {
      assert.throws(
        () => choose(address),
        (error) =>
          error instanceof ConfigurationError &&
          error.message ===
            `The proxy of HTTPS_PROXY cannot be used: ${reason}. Write host:port or an http or ` +
              "https URL, e.g. http://proxy.example:3128; in a user or password, write special " +
              "characters as codes (@ is %40, # is %23, % is %25).",
      );
    });
  }
});

import assert from "node:assert/strict";

import { createTokens } from "../../simulator/tokens";

describe("createTokens", () => {
  const tokens = createTokens();

  it("reads what it issued", () => {
    for (const offset of [0, 1, 100, 199_900]) {
      const token = tokens.issue("query", offset);

      assert.equal(tokens.read("query", token), offset);
      assert.equal(tokens.claimedOffset(token), offset);
    }
  });

  it("issues one token for one place, and a fresh one when asked", () => {
    assert.equal(tokens.issue("query", 100), tokens.issue("query", 100));
    const fresh = tokens.issue("query", 100, "fresh");
    assert.notEqual(fresh, tokens.issue("query", 100, "fresh"));
    assert.equal(tokens.read("query", fresh), 100);
  });

  it("issues base64 with padding", () => {
    assert.match(tokens.issue("query", 100), /^AAAAA[A-Za-z0-9+/]{70}=$/);
  });

  it("refuses the token of another query and of another simulator", () => {
    assert.equal(tokens.read("other", tokens.issue("query", 100)), undefined);
    assert.equal(tokens.read("query", createTokens().issue("query", 100)), undefined);
  });

  it("refuses an altered token, whichever character it is", () => {
    const token = tokens.issue("query", 100);

    for (let at = 0; at < token.length; at += 1) {
      const other = token[at] === "B" ? "C" : "B";
      assert.equal(
        tokens.read("query", token.slice(0, at) + other + token.slice(at + 1)),
        undefined,
      );
    }
    assert.equal(tokens.read("query", `${token} `), undefined);
    assert.equal(tokens.read("query", token.slice(0, -1)), undefined);
  });

  it("does not see a place in what is no token", () => {
    assert.equal(tokens.claimedOffset("nonsense"), undefined);
  });
});

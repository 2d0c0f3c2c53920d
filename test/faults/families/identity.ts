import type { Family } from "../family";
import { answers } from "../outcome";
import { simulator, withTemporaryKeys } from "../peers";
import { always, once, onPage2 } from "./strikes";
import { deniedByRam, gaveUp, refused } from "./words";

export const identity: Family = {
  title: "An identity that is not accepted",
  cases: [
    { fault: "the nonce was used, once", peer: once({ kind: "nonceUsed" }), outcome: answers(1) },
    {
      fault: "the nonce was used, each time",
      peer: always({ kind: "nonceUsed" }),
      outcome: refused(
        "rejected",
        "SignatureNonceUsed, HTTP 400",
        "Specified signature nonce was used already",
        `${gaveUp} `,
      ),
    },
    {
      fault: "the STS token expired, and there is a new one",
      peer: withTemporaryKeys([{ kind: "expiredToken", on: onPage2 }], 2),
      outcome: answers(1),
    },
    {
      fault: "the STS token expired, and so has the new one",
      peer: withTemporaryKeys([{ kind: "expiredToken", on: onPage2, times: Infinity }], 2),
      outcome: refused(
        "denied",
        "InvalidSecurityToken.Expired, HTTP 400",
        "Specified SecurityToken is expired",
        "The temporary credentials have expired; get new ones. ",
      ),
    },
    {
      fault: "this machine's clock is 20 minutes slow",
      peer: simulator([], { clock: () => Date.now() + 20 * 60_000 }),
      outcome: refused(
        "rejected",
        "InvalidTimeStamp.Expired, HTTP 400",
        "Specified time stamp or date value is expired",
        "Set this machine's clock: it may be at most 15 minutes off. ",
      ),
    },
    {
      fault: "this machine's clock is 20 minutes fast",
      peer: simulator([], { clock: () => Date.now() - 20 * 60_000 }),
      outcome: refused(
        "rejected",
        "InvalidTimeStamp.Expired, HTTP 400",
        "Specified time stamp or date value is expired",
        "Set this machine's clock: it may be at most 15 minutes off. ",
      ),
    },
    {
      fault: "the secret key is another one",
      peer: simulator([], { accessKeySecret: "anotherSecretKey" }),
      settings: { secretKey: "notTheSecretKey" },
      outcome: refused(
        "denied",
        "SignatureDoesNotMatch, HTTP 400",
        "Specified signature does not match our calculation. (the rest is not shown, as it repeats secrets)",
        "Check that the secret key belongs to the access key. ",
      ),
    },
    {
      fault: "RAM denies the action",
      peer: simulator([], { deny: ["ListBackups"] }),
      outcome: deniedByRam,
    },
  ],
};

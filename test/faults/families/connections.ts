import type { Family } from "../family";
import { answers } from "../outcome";
import { nobody, noSuchHost, noTls, wrongCertificate } from "../peers";
import { always, once } from "./strikes";
import { noAnswer, noAnswerAtAll } from "./words";

export const connections: Family = {
  title: "A network that breaks",
  cases: [
    {
      fault: "connection reset before the answer, once",
      peer: once({ kind: "resetBeforeHeaders" }),
      outcome: answers(1),
    },
    {
      fault: "connection ends within the headers, once",
      peer: once({ kind: "resetDuringHeaders" }),
      outcome: answers(1),
    },
    {
      fault: "connection ends within the body, once",
      peer: once({ kind: "resetDuringBody" }),
      outcome: answers(1),
    },
    {
      fault: "connection reset before the answer, each time",
      peer: always({ kind: "resetBeforeHeaders" }),
      outcome: noAnswer("read ECONNRESET"),
    },
    {
      fault: "connection ends within the headers, each time",
      peer: always({ kind: "resetDuringHeaders" }),
      outcome: noAnswer("other side closed"),
      openApi: { because: "words", outcome: noAnswer("socket hang up") },
    },
    {
      fault: "connection ends within the body, each time",
      peer: always({ kind: "resetDuringBody" }),
      outcome: noAnswer("other side closed"),
      openApi: { because: "words", outcome: noAnswer("aborted") },
    },
    {
      fault: "nobody listens there",
      peer: nobody,
      outcome: noAnswer("connect ECONNREFUSED HOST"),
    },
    {
      fault: "the host name does not exist",
      peer: noSuchHost,
      outcome: noAnswerAtAll("getaddrinfo ENOTFOUND HOST"),
    },
    {
      fault: "a certificate that nobody vouches for",
      peer: wrongCertificate,
      outcome: noAnswerAtAll(
        "self-signed certificate",
        "Nobody this machine trusts has signed it. If HOST is to be trusted, as with a company's " +
          "proxy that reads along, set NODE_EXTRA_CA_CERTS to the file (PEM) of the authority that " +
          "signed it, in the environment that pulumi is started from.",
      ),
    },
    {
      fault: "no TLS where it has to be",
      peer: noTls,
      outcome: noAnswerAtAll(
        "no TLS connection: wrong version number",
        "Check the endpoint, and whether a proxy on the way answers for HOST.",
      ),
    },
  ],
};

// Certificates, made when a test needs them: nothing to keep. Node can sign but not write
// certificates, so the few lines of DER (X.509, RFC 5280) are here.

import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { isIP } from "node:net";

function der(tag: number, ...parts: (Buffer | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const length =
    body.length < 128
      ? [body.length]
      : body.length < 256
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const hex = (text: string) => Buffer.from(text, "hex");
const objectId = { commonName: "550403", altNames: "551d11", basicConstraints: "551d13" } as const;
const ecdsaWithSha256 = sequence(der(0x06, hex("2a8648ce3d040302")));

const named = (name: string) =>
  sequence(der(0x31, sequence(der(0x06, hex(objectId.commonName)), der(0x0c, name))));

function extension(id: string, value: Buffer, isCritical = false): Buffer {
  const critical = isCritical ? [der(0x01, hex("ff"))] : [];
  return sequence(der(0x06, hex(id)), ...critical, der(0x04, value));
}

/** Host names, and addresses of version 4. */
function altNames(hosts: readonly string[]): Buffer {
  const names = hosts.map((host) =>
    isIP(host) === 4 ? der(0x87, Buffer.from(host.split(".").map(Number))) : der(0x82, host),
  );
  return extension(objectId.altNames, sequence(...names));
}

/** A key and a certificate for it, as PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

interface Content {
  readonly subject: string;
  readonly issuer: string;
  readonly extensions: readonly Buffer[];
  /** As certificates write it: `491231235959Z`. */
  readonly until?: string;
  readonly signer?: KeyObject;
}

let lastSerial = 0;

function certify({ subject, issuer, extensions, until = "491231235959Z", signer }: Content) {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const validity = sequence(der(0x17, "200101000000Z"), der(0x17, until));
  const version = der(0xa0, der(0x02, hex("02")));
  lastSerial += 1;
  const serial = der(0x02, Buffer.from([lastSerial]));
  const spki = publicKey.export({ type: "spki", format: "der" });
  const more = extensions.length === 0 ? [] : [der(0xa3, sequence(...extensions))];
  const names = [named(issuer), validity, named(subject)];
  const body = sequence(version, serial, ecdsaWithSha256, ...names, spki, ...more);
  const signature = der(0x03, hex("00"), sign("sha256", body, signer ?? privateKey));
  const certificate = sequence(body, ecdsaWithSha256, signature).toString("base64");
  return {
    privateKey,
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n`,
  };
}

/** A certificate that nobody else has signed. */
export function selfSigned(): Certificate {
  return certify({ subject: "test", issuer: "test", extensions: [] });
}

/** Somebody who signs certificates for hosts. */
export interface Authority {
  readonly cert: string;
  /** A certificate for hosts; `until`: its last moment, as certificates write it. */
  issue(hosts: readonly string[], until?: string): Certificate;
}

/** An authority that nobody trusts who is not told to. */
export function createAuthority(): Authority {
  const issuer = "authority of a test";
  const isAuthority = extension(objectId.basicConstraints, sequence(der(0x01, hex("ff"))), true);
  const { cert, privateKey } = certify({ subject: issuer, issuer, extensions: [isAuthority] });
  return {
    cert,
    issue(hosts, until) {
      const content = { subject: "host of a test", issuer, extensions: [altNames(hosts)] };
      return certify({ ...content, signer: privateKey, ...(until !== undefined && { until }) });
    },
  };
}

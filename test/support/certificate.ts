// A self-signed certificate, made when a test needs one: nothing to keep, nothing to expire. Node
// can sign but not write certificates, so the few lines of DER (X.509, RFC 5280) are here.

import { generateKeyPairSync, sign } from "node:crypto";

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

/** A key and a certificate for it, as PEM. */
export function selfSigned(): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const ecdsaWithSha256 = sequence(der(0x06, hex("2a8648ce3d040302")));
  const name = sequence(der(0x31, sequence(der(0x06, hex("550403")), der(0x0c, "test"))));
  const validity = sequence(der(0x17, "200101000000Z"), der(0x17, "491231235959Z"));
  const version = der(0xa0, der(0x02, hex("02")));
  const serial = der(0x02, hex("01"));
  const spki = publicKey.export({ type: "spki", format: "der" });
  const body = sequence(version, serial, ecdsaWithSha256, name, validity, name, spki);
  const signature = der(0x03, hex("00"), sign("sha256", body, privateKey));
  const certificate = sequence(body, ecdsaWithSha256, signature).toString("base64");
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n`,
  };
}

/**
 * Minimal walk of an RFC 3161 token: what it stamps and when it says so.
 * The signature and the certificate of the authority are NOT checked here: `local_token.ts` does it for the local
 * authority, `openssl ts -verify` for any.
 */
import { type Node, child, children, generalizedTime, oid, readNode } from "./der";
import { type Bytes, hex } from "./encoding";

export interface TimestampToken {
  /** DER of the token (ContentInfo), without the response around it. */
  token: Bytes;
  /** OID of the digest, and the digest stamped. */
  algorithm: string;
  imprint: Bytes;
  policy: string;
  serial: string;
  time: Date;
}

const SIGNED_DATA = "1.2.840.113549.1.7.2";
const TST_INFO = "1.2.840.113549.1.9.16.1.4";
export const SHA256_OID = "2.16.840.1.101.3.4.2.1";

/** A response starts with a status sequence, a bare token with an object identifier. */
function tokenNode(der: Uint8Array): Node {
  const data = new Uint8Array(der);
  const root = readNode(data, 0);
  if (root.tag !== 0x30 || root.raw.length !== data.length) throw new Error("not DER");
  if (children(root)[0]?.tag === 0x06) return root;
  return child(root, 1, 0x30);
}

export function signedDataOf(der: Uint8Array): Node {
  const token = tokenNode(der);
  if (oid(child(token, 0, 0x06)) !== SIGNED_DATA) throw new Error("not a signed token");
  return child(child(token, 1, 0xa0), 0, 0x30);
}

/** The content that the token signs, as it was encoded. */
export function statementOf(signedData: Node): Bytes {
  const content = child(signedData, 2, 0x30);
  if (oid(child(content, 0, 0x06)) !== TST_INFO) throw new Error("not a timestamp token");
  return child(child(content, 1, 0xa0), 0, 0x04).body;
}

export function parseTimestamp(der: Uint8Array): TimestampToken {
  const token = tokenNode(der);
  const info = readNode(statementOf(signedDataOf(der)), 0);
  const imprint = child(info, 2, 0x30);
  return {
    token: new Uint8Array(token.raw),
    algorithm: oid(child(child(imprint, 0, 0x30), 0, 0x06)),
    imprint: new Uint8Array(child(imprint, 1, 0x04).body),
    policy: oid(child(info, 1, 0x06)),
    serial: hex(child(info, 3, 0x02).body),
    time: generalizedTime(child(info, 4, 0x18)),
  };
}

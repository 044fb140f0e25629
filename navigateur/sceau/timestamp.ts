/**
 * Minimal walk of an RFC 3161 token: what it stamps and when it says so.
 * The signature and the certificate of the authority are NOT checked here: `openssl ts -verify` does it.
 */
import { type Bytes, hex } from "./encoding";

interface Node {
  tag: number;
  /** Whole encoding, tag and length included. */
  raw: Bytes;
  body: Bytes;
}

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

function readLength(data: Bytes, offset: number): { length: number; next: number } {
  const first = data[offset];
  if (first === undefined) throw new Error("truncated DER");
  if (first < 0x80) return { length: first, next: offset + 1 };
  const count = first & 0x7f;
  if (count === 0 || count > 4) throw new Error("unsupported DER length");
  let length = 0;
  for (let i = 1; i <= count; i++) length = length * 256 + (data[offset + i] ?? NaN);
  if (!Number.isFinite(length)) throw new Error("truncated DER");
  return { length, next: offset + 1 + count };
}

function readNode(data: Bytes, offset: number): Node {
  const tag = data[offset];
  if (tag === undefined || (tag & 0x1f) === 0x1f) throw new Error("unsupported DER tag");
  const { length, next } = readLength(data, offset + 1);
  if (next + length > data.length) throw new Error("truncated DER");
  return { tag, raw: data.subarray(offset, next + length), body: data.subarray(next, next + length) };
}

function children(node: Node): Node[] {
  const nodes: Node[] = [];
  for (let offset = 0; offset < node.body.length; ) {
    const child = readNode(node.body, offset);
    nodes.push(child);
    offset += child.raw.length;
  }
  return nodes;
}

function child(node: Node, index: number, tag: number): Node {
  const found = children(node)[index];
  if (!found || found.tag !== tag) throw new Error("unexpected DER structure");
  return found;
}

function oid(node: Node): string {
  const numbers: number[] = [];
  let value = 0;
  for (const byte of node.body) {
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) {
      numbers.push(value);
      value = 0;
    }
  }
  const first = numbers.shift() ?? 0;
  const top = Math.min(2, Math.floor(first / 40));
  return [top, first - 40 * top, ...numbers].join(".");
}

function generalizedTime(node: Node): Date {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(String.fromCharCode(...node.body));
  if (!match) throw new Error("malformed time");
  const [, year, month, day, hour, minute, second, fraction] = match;
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction?.slice(0, 4) ?? ""}Z`);
}

/** A response starts with a status sequence, a bare token with an object identifier. */
function tokenNode(der: Uint8Array): Node {
  const data = new Uint8Array(der);
  const root = readNode(data, 0);
  if (root.tag !== 0x30 || root.raw.length !== data.length) throw new Error("not DER");
  if (children(root)[0]?.tag === 0x06) return root;
  return child(root, 1, 0x30);
}

function tstInfo(token: Node): Node {
  if (oid(child(token, 0, 0x06)) !== SIGNED_DATA) throw new Error("not a signed token");
  const signedData = child(child(token, 1, 0xa0), 0, 0x30);
  const content = child(signedData, 2, 0x30);
  if (oid(child(content, 0, 0x06)) !== TST_INFO) throw new Error("not a timestamp token");
  const octets = child(child(content, 1, 0xa0), 0, 0x04);
  return readNode(octets.body, 0);
}

export function parseTimestamp(der: Uint8Array): TimestampToken {
  const token = tokenNode(der);
  const info = tstInfo(token);
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

/** Minimal walk of DER: enough for a timestamp token and the certificate that it carries. */
import type { Bytes } from "./encoding";

export interface Node {
  tag: number;
  /** Whole encoding, tag and length included. */
  raw: Bytes;
  body: Bytes;
}

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

export function readNode(data: Bytes, offset: number): Node {
  const tag = data[offset];
  if (tag === undefined || (tag & 0x1f) === 0x1f) throw new Error("unsupported DER tag");
  const { length, next } = readLength(data, offset + 1);
  if (next + length > data.length) throw new Error("truncated DER");
  return { tag, raw: data.subarray(offset, next + length), body: data.subarray(next, next + length) };
}

export function children(node: Node): Node[] {
  const nodes: Node[] = [];
  for (let offset = 0; offset < node.body.length; ) {
    const child = readNode(node.body, offset);
    nodes.push(child);
    offset += child.raw.length;
  }
  return nodes;
}

export function child(node: Node, index: number, tag: number): Node {
  const found = children(node)[index];
  if (!found || found.tag !== tag) throw new Error("unexpected DER structure");
  return found;
}

export function oid(node: Node): string {
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

export function generalizedTime(node: Node): Date {
  const match = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(String.fromCharCode(...node.body));
  if (!match) throw new Error("malformed time");
  const [, year, month, day, hour, minute, second, fraction] = match;
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction?.slice(0, 4) ?? ""}Z`);
}

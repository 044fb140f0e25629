/** Small ZIP archives, read (stored or deflated) and completed (stored) in memory. */
import { type Bytes, concat, utf8, utf8Decode } from "./encoding";

/** Bounds of a receipt (SPEC, section 7), the same as in the Python package. */
export const MAX_SIZE = 64 * 1024 * 1024;
export const MAX_ENTRIES = 30;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}(?:\/[A-Za-z0-9][A-Za-z0-9._-]{0,99})?$/;
const ENCRYPTED = 1;
const END_SIGNATURE = 0x06054b50;
const CENTRAL_SIGNATURE = 0x02014b50;
const LOCAL_SIGNATURE = 0x04034b50;
const UTF8_NAMES = 0x0800;

export interface ZipEntry {
  name: string;
  flags: number;
  method: number;
  crc: number;
  compressed: number;
  size: number;
  offset: number;
}

interface Directory {
  entries: ZipEntry[];
  offset: number;
  length: number;
}

function findEnd(view: DataView): number {
  for (let offset = view.byteLength - 22; offset >= Math.max(0, view.byteLength - 65_557); offset--) {
    if (view.getUint32(offset, true) === END_SIGNATURE) return offset;
  }
  throw new Error("not a ZIP archive");
}

function readEntry(view: DataView, data: Bytes, offset: number): { entry: ZipEntry; next: number } {
  if (offset + 46 > data.length || view.getUint32(offset, true) !== CENTRAL_SIGNATURE) throw new Error("damaged ZIP directory");
  const nameLength = view.getUint16(offset + 28, true);
  const rest = view.getUint16(offset + 30, true) + view.getUint16(offset + 32, true);
  const entry: ZipEntry = {
    name: utf8Decode(data.subarray(offset + 46, offset + 46 + nameLength)),
    flags: view.getUint16(offset + 8, true),
    method: view.getUint16(offset + 10, true),
    crc: view.getUint32(offset + 16, true),
    compressed: view.getUint32(offset + 20, true),
    size: view.getUint32(offset + 24, true),
    offset: view.getUint32(offset + 42, true),
  };
  return { entry, next: offset + 46 + nameLength + rest };
}

function readDirectory(data: Bytes): Directory {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  const offset = view.getUint32(end + 16, true);
  if (count > MAX_ENTRIES) throw new Error("too many entries");
  const entries: ZipEntry[] = [];
  let position = offset;
  for (let i = 0; i < count; i++) {
    const { entry, next } = readEntry(view, data, position);
    entries.push(entry);
    position = next;
  }
  return { entries, offset, length: position - offset };
}

/** Refuse, before any content is read, what a receipt cannot hold. */
function checkEntries(entries: ZipEntry[]): void {
  if (entries.reduce((sum, { size }) => sum + size, 0) > MAX_SIZE) throw new Error("archive too large");
  const names = new Set<string>();
  for (const { name, flags } of entries) {
    if (!NAME.test(name)) throw new Error(`odd name: ${name}`);
    if (names.has(name)) throw new Error(`duplicate entry: ${name}`);
    if (flags & ENCRYPTED) throw new Error(`encrypted entry: ${name}`);
    names.add(name);
  }
}

async function inflate(data: Bytes, size: number): Promise<Bytes> {
  const reader = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const pieces: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    total += value.length;
    if (total > size) throw new Error("entry longer than announced");
    pieces.push(value);
  }
  return concat(...pieces);
}

async function readContent(data: Bytes, entry: ZipEntry): Promise<Bytes> {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  if (entry.offset + 30 > data.length || view.getUint32(entry.offset, true) !== LOCAL_SIGNATURE) throw new Error("damaged ZIP entry");
  const start = entry.offset + 30 + view.getUint16(entry.offset + 26, true) + view.getUint16(entry.offset + 28, true);
  const raw = data.subarray(start, start + entry.compressed);
  if (entry.method !== 0 && entry.method !== 8) throw new Error(`unsupported compression: ${entry.name}`);
  const content = entry.method === 0 ? raw.slice() : await inflate(raw, entry.size);
  if (content.length !== entry.size || crc32(content) !== entry.crc) throw new Error(`damaged entry: ${entry.name}`);
  return content;
}

/** Every file of the archive by name; throws on a damaged, encrypted, oversized or oddly named one. */
export async function readZip(archive: Uint8Array): Promise<Map<string, Bytes>> {
  if (archive.length > MAX_SIZE) throw new Error("archive too large");
  const data = new Uint8Array(archive);
  const { entries } = readDirectory(data);
  checkEntries(entries);
  const files = new Map<string, Bytes>();
  for (const entry of entries) files.set(entry.name, await readContent(data, entry));
  return files;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

export function crc32(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) crc = (CRC_TABLE[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

function header(signature: number, fields: [width: 2 | 4, value: number][]): Bytes {
  const bytes = new Uint8Array(4 + fields.reduce((sum, [width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, signature, true);
  let offset = 4;
  for (const [width, value] of fields) {
    if (width === 2) view.setUint16(offset, value, true);
    else view.setUint32(offset, value, true);
    offset += width;
  }
  return bytes;
}

/** 1 January 1980, the first date that ZIP knows: the entry carries no clock. */
const DOS_DATE = 0x21;

/** Add one stored file at the end of an archive, leaving every other byte as it was. */
export function appendToZip(archive: Uint8Array, name: string, content: Uint8Array): Bytes {
  const data = new Uint8Array(archive);
  const directory = readDirectory(data);
  if (directory.entries.some((entry) => entry.name === name)) throw new Error(`duplicate entry: ${name}`);
  const encoded = utf8(name);
  const crc = crc32(content);
  const common: [2 | 4, number][] = [[2, UTF8_NAMES], [2, 0], [2, 0], [2, DOS_DATE], [4, crc], [4, content.length], [4, content.length], [2, encoded.length], [2, 0]];
  const local = concat(header(LOCAL_SIGNATURE, [[2, 20], ...common]), encoded, content);
  const offset = directory.offset;
  const central = concat(header(CENTRAL_SIGNATURE, [[2, 20], [2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]), encoded);
  const count = directory.entries.length + 1;
  const length = directory.length + central.length;
  const end = header(END_SIGNATURE, [[2, 0], [2, 0], [2, count], [2, count], [4, length], [4, offset + local.length], [2, 0]]);
  const old = data.subarray(directory.offset, directory.offset + directory.length);
  return concat(data.subarray(0, directory.offset), local, old, central, end);
}

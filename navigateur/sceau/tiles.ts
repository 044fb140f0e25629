/** The leaves of the public register, read from its tiles (c2sp.org/tlog-tiles), each tile under the signed root. */
import { sha256 as nobleSha256 } from "@noble/hashes/sha2.js";

import { type Bytes, concat } from "./encoding";
import { type Checkpoint, verifyInclusion } from "./log";

export const TILE_WIDTH = 256;
const TILE_LEVELS = 8;
const HASH_SIZE = 32;
/** Tiles asked for at once: they are small, and the way to the server is long. */
const TOGETHER = 8;

/** What the server gives at a path under the register's address. It may lie: the root judges. */
export type FetchTile = (path: string) => Promise<Bytes>;
type Read = (level: number, index: number) => Promise<Bytes>;

export interface Leaf {
  index: number;
  data: Bytes;
}

/** Sizes stay under 2^53, hence division instead of shifts. */
function below(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

function nodeHash(left: Uint8Array, right: Uint8Array): Bytes {
  return new Uint8Array(nobleSha256(concat(Uint8Array.of(1), left, right)));
}

function numbered(index: number, width: number): string {
  const groups = [String(index % 1000).padStart(3, "0")];
  for (let rest = Math.floor(index / 1000); rest > 0; rest = Math.floor(rest / 1000)) groups.unshift(`x${String(rest % 1000).padStart(3, "0")}`);
  return groups.join("/") + (width < TILE_WIDTH ? `.p/${width}` : "");
}

function parseEntries(content: Bytes, width: number): Bytes[] {
  const leaves: Bytes[] = [];
  for (let offset = 0; offset < content.length; ) {
    const size = (content[offset] as number) * 256 + (content[offset + 1] ?? NaN);
    const leaf = content.slice(offset + 2, offset + 2 + size);
    if (leaf.length !== size) throw new Error("an entries tile of the log is truncated");
    leaves.push(leaf);
    offset += 2 + size;
  }
  if (leaves.length !== width) throw new Error("an entries tile of the log is truncated");
  return leaves;
}

/** The stored nodes of a log of `size` leaves, from its tiles of hashes, each read once. */
function storedNodes(size: number, fetchTile: FetchTile): Read {
  const tiles = new Map<string, Promise<Bytes>>();
  async function hash(level: number, index: number): Promise<Bytes> {
    const tile = Math.floor(index / TILE_WIDTH);
    const width = Math.min(TILE_WIDTH, Math.floor(size / TILE_WIDTH ** level) - tile * TILE_WIDTH);
    const path = `tile/${level}/${numbered(tile, width)}`;
    const content = await (tiles.get(path) ?? tiles.set(path, fetchTile(path)).get(path));
    if (content?.length !== width * HASH_SIZE) throw new Error("a tile of the log has a wrong length");
    return content.slice((index % TILE_WIDTH) * HASH_SIZE, (index % TILE_WIDTH + 1) * HASH_SIZE);
  }
  return async (level, index) => {
    const above = level % TILE_LEVELS;
    let row = await Promise.all(Array.from({ length: 2 ** above }, (_, i) => hash((level - above) / TILE_LEVELS, index * 2 ** above + i)));
    while (row.length > 1) row = Array.from({ length: row.length / 2 }, (_, i) => nodeHash(row[2 * i] as Bytes, row[2 * i + 1] as Bytes));
    return row[0] as Bytes;
  };
}

/** The nodes that these leaves make, and the stored ones elsewhere. */
function over(leaves: Bytes[], first: number, stored: Read): Read {
  const levels: Bytes[][] = [leaves.map((leaf) => new Uint8Array(nobleSha256(concat(Uint8Array.of(0), leaf))))];
  for (let row = levels[0] as Bytes[]; row.length > 1; row = levels[levels.length - 1] as Bytes[]) {
    levels.push(Array.from({ length: Math.floor(row.length / 2) }, (_, i) => nodeHash(row[2 * i] as Bytes, row[2 * i + 1] as Bytes)));
  }
  return async (level, index) => levels[level]?.[index - first / 2 ** level] ?? stored(level, index);
}

async function rangeRoot(start: number, end: number, read: Read): Promise<Bytes> {
  const size = end - start;
  if (Number.isInteger(Math.log2(size))) return read(Math.log2(size), start / size);
  const middle = start + below(size);
  return nodeHash(await rangeRoot(start, middle, read), await rangeRoot(middle, end, read));
}

async function inclusionPath(index: number, size: number, read: Read): Promise<Bytes[]> {
  const path: Bytes[] = [];
  for (let [start, end] = [0, size]; end - start > 1; ) {
    const middle = start + below(end - start);
    path.unshift(await (index < middle ? rangeRoot(middle, end, read) : rangeRoot(start, middle, read)));
    if (index < middle) end = middle;
    else start = middle;
  }
  return path;
}

/** Every leaf from the tile of `since` on. Throws when a tile is not the one that the root commits to. */
export async function* readEntries({ size, root }: Checkpoint, since: number, fetchTile: FetchTile): AsyncGenerator<Leaf> {
  const stored = storedNodes(size, fetchTile);
  const firsts: number[] = [];
  for (let first = since - (since % TILE_WIDTH); first < size; first += TILE_WIDTH) firsts.push(first);
  while (firsts.length > 0) {
    const some = firsts.splice(0, TOGETHER).map((first) => ({ first, width: Math.min(TILE_WIDTH, size - first) }));
    const contents = await Promise.all(some.map(({ first, width }) => fetchTile(`tile/entries/${numbered(first / TILE_WIDTH, width)}`)));
    for (const [i, { first, width }] of some.entries()) {
      const leaves = parseEntries(contents[i] as Bytes, width);
      const read = over(leaves, first, stored);
      // The path of the first leaf of a tile goes through every other leaf of the tile.
      const path = await inclusionPath(first, size, read);
      if (!(await verifyInclusion(await read(0, first), first, size, path, root))) throw new Error("an entries tile of the log is not under its root");
      for (const [place, data] of leaves.entries()) yield { index: first + place, data };
    }
  }
}

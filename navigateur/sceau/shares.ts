/** Shares of a key, each bound to its key and to its use (SPEC.md §3). */
import { combine as combinePoints, split as splitSecret } from "shamir-secret-sharing";

import { type Bytes, concat, equal, erase, fromHex, hex } from "./encoding";
import { sha256 } from "./hash";
import { type KeyPair, SEED_LENGTH, keyPairFromSeed } from "./identity";

const VERSION = 2;
const PURPOSES = ["member", "custodian", "trial"] as const;
const HEAD_LENGTH = 51;
export const SHARE_LENGTH = HEAD_LENGTH + SEED_LENGTH + 1;

/** What a share is for: to open, to recover, or only to rehearse. */
export type Purpose = (typeof PURPOSES)[number];

export interface Sharing {
  shares: number;
  threshold: number;
  purpose: Purpose;
  /** Canonical text of the signed record of the key; empty for a trial, which has none. */
  record: Uint8Array;
}

/** What a share says of itself. */
export interface Share {
  purpose: Purpose;
  threshold: number;
  fingerprint: string;
  /** SHA-256 of the record; zeros for a trial. */
  record: Bytes;
  head: Bytes;
  /** `y ‖ x`. */
  payload: Bytes;
}

/** Fewer shares than the threshold that each of them carries. */
export class NotEnoughSharesError extends Error {
  readonly threshold: number;
  readonly given: number;

  constructor(threshold: number, given: number) {
    super(`${threshold} shares are needed, ${given} given`);
    this.name = "NotEnoughSharesError";
    this.threshold = threshold;
    this.given = given;
  }
}

export async function split({ seed, fingerprint }: Pick<KeyPair, "seed" | "fingerprint">, { shares, threshold, purpose, record }: Sharing): Promise<Bytes[]> {
  if (seed.length !== SEED_LENGTH) throw new Error("a seed has 32 bytes");
  if (!(threshold >= 1 && threshold <= shares && shares <= 255)) throw new Error("impossible sharing");
  if ((record.length === 0) !== (purpose === "trial")) throw new Error("a share has a record if and only if its key is that of a consultation");
  const digest = record.length === 0 ? new Uint8Array(32) : await sha256(record);
  const head = concat(Uint8Array.of(VERSION, 1 + PURPOSES.indexOf(purpose), threshold), fromHex(fingerprint), digest);
  // The library starts at two: with a threshold of one, every holder has the seed itself, read at x = 0.
  if (threshold === 1) return Array.from({ length: shares }, () => concat(head, seed, Uint8Array.of(0)));
  return (await splitSecret(seed, shares, threshold)).map((payload) => concat(head, payload));
}

export function readShare(share: Uint8Array): Share {
  const purpose = PURPOSES[(share[1] ?? 0) - 1];
  const threshold = share[2] ?? 0;
  if (share.length !== SHARE_LENGTH || share[0] !== VERSION || !purpose || threshold === 0) throw new Error("a share has an unknown format");
  const record = new Uint8Array(share.subarray(19, HEAD_LENGTH));
  if (record.every((byte) => byte === 0) !== (purpose === "trial")) throw new Error("a share has an unknown format");
  const head = new Uint8Array(share.subarray(0, HEAD_LENGTH));
  return { purpose, threshold, fingerprint: hex(share.subarray(3, 19)), record, head, payload: new Uint8Array(share.subarray(HEAD_LENGTH)) };
}

/** Rebuild the key. The shares must agree on it, and give the one that they name. */
export async function combine(shares: Uint8Array[]): Promise<KeyPair> {
  const known = shares.map(readShare);
  const [first] = known;
  if (!first) throw new Error("no share was given");
  if (known.some(({ head }) => !equal(head, first.head))) throw new Error("the shares do not belong to the same sharing");
  const payloads = distinct(known);
  try {
    const seed = await interpolate(payloads, first.threshold);
    const pair = await keyPairFromSeed(seed);
    erase(seed);
    if (pair.fingerprint === first.fingerprint) return pair;
    erase(pair.seed);
    throw new Error("the shares do not give the key that they name");
  } finally {
    erase(...known.map(({ payload }) => payload));
  }
}

function distinct(known: Share[]): Bytes[] {
  const payloads: Bytes[] = [];
  for (const { payload } of known) if (!payloads.some((other) => equal(other, payload))) payloads.push(payload);
  const coordinates = payloads.map((payload) => payload[SEED_LENGTH]);
  if (coordinates.some((x) => (x === 0) !== (known[0]?.threshold === 1))) throw new Error("a share has an impossible coordinate");
  if (new Set(coordinates).size !== payloads.length) throw new Error("two different shares have the same coordinate");
  return payloads;
}

async function interpolate(payloads: Bytes[], threshold: number): Promise<Bytes> {
  if (payloads.length < threshold) throw new NotEnoughSharesError(threshold, payloads.length);
  if (threshold === 1) return (payloads[0] as Bytes).slice(0, -1);
  const base = payloads.slice(0, threshold);
  const secret = new Uint8Array(await combinePoints(base));
  for (const extra of payloads.slice(threshold)) {
    // Same value at 0 and at threshold − 1 other points: the same polynomial.
    const other = await combinePoints([...base.slice(1), extra]);
    if (!equal(secret, new Uint8Array(other))) throw new Error("the shares do not belong to the same sharing");
  }
  return secret;
}

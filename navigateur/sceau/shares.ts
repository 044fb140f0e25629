/** Shares of a seed, in the format of SPEC.md §3: version ‖ threshold ‖ y ‖ x. */
import { combine as combinePoints, split as splitSecret } from "shamir-secret-sharing";

import { type Bytes, concat, equal } from "./encoding";

const VERSION = 1;

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

export async function split(secret: Uint8Array, shares: number, threshold: number): Promise<Bytes[]> {
  if (secret.length === 0) throw new Error("an empty secret cannot be shared");
  if (!(threshold >= 1 && threshold <= shares && shares <= 255)) throw new Error("impossible sharing");
  const head = Uint8Array.of(VERSION, threshold);
  // The library starts at two: with a threshold of one, every holder has the secret itself, read at x = 0.
  if (threshold === 1) return Array.from({ length: shares }, () => concat(head, secret, Uint8Array.of(0)));
  return (await splitSecret(secret, shares, threshold)).map((payload) => concat(head, payload));
}

interface Sharing {
  threshold: number;
  /** Distinct payloads `y ‖ x`. */
  payloads: Bytes[];
}

function checkFormat(share: Uint8Array): void {
  if (share.length < 4 || share[0] !== VERSION || share[1] === 0) throw new Error("a share has an unknown format");
  if ((share[share.length - 1] === 0) !== (share[1] === 1)) throw new Error("a share has an impossible coordinate");
}

function readSharing(shares: Uint8Array[]): Sharing {
  const [first] = shares;
  if (!first) throw new Error("no share was given");
  shares.forEach(checkFormat);
  if (shares.some((share) => share[1] !== first[1] || share.length !== first.length)) {
    throw new Error("the shares do not belong to the same sharing");
  }
  const payloads: Bytes[] = [];
  for (const share of shares) {
    const payload = new Uint8Array(share.subarray(2));
    if (!payloads.some((known) => equal(known, payload))) payloads.push(payload);
  }
  if (new Set(payloads.map((payload) => payload[payload.length - 1])).size !== payloads.length) {
    throw new Error("two different shares have the same coordinate");
  }
  return { threshold: first[1] as number, payloads };
}

/**
 * Rebuild a secret. Nothing proves that the shares belong together: the caller must compare the
 * fingerprint of the recombined identity with the published one.
 */
export async function combine(shares: Uint8Array[]): Promise<Bytes> {
  const { threshold, payloads } = readSharing(shares);
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

/** Sealed manifest of an envelope: canonical JSON (RFC 8785), salt and commitment. */
import { type Bytes, hex, randomBytes, utf8, utf8Decode } from "./encoding";
import { sha256Hex } from "./hash";

export const MANIFEST_FORMAT = "beffroi.manifeste/1";
export const MANIFEST_NAME = "manifeste.age";

export interface ManifestFile {
  nom: string;
  taille: number;
  /** Of the clear file; null when it was sealed by another browser, whose hash never left it. */
  sha256: string | null;
  sha256_scelle: string | null;
  racine: string | null;
}

export interface Manifest {
  format: typeof MANIFEST_FORMAT;
  sel: string;
  enveloppe: string;
  lot: number | null;
  consultation: string;
  fichiers: ManifestFile[];
}

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

function canonicalString(text: string): string {
  if (/[\ud800-\udfff]/u.test(text)) throw new Error("lone surrogate");
  return JSON.stringify(text);
}

/** RFC 8785: JSON.stringify has its numbers and strings; only the order of members is ours. */
export function canonicalize(value: Json): string {
  if (typeof value === "string") return canonicalString(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new Error("not a JSON number");
    return JSON.stringify(value);
  }
  if (value === null || typeof value === "boolean") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalize).join(",")}]`;
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${canonicalString(name)}:${canonicalize(value[name] as Json)}`).join(",")}}`;
}

/** True when `data` is the canonical form of the JSON it holds: only then is its digest a digest of its meaning. */
export function isCanonical(data: Uint8Array): boolean {
  try {
    const text = utf8Decode(data);
    return canonicalize(JSON.parse(text) as Json) === text;
  } catch {
    return false;
  }
}

export function buildManifest(content: Omit<Manifest, "format" | "sel">): Manifest {
  return { format: MANIFEST_FORMAT, sel: hex(randomBytes(32)), ...content };
}

export function manifestBytes(manifest: Manifest): Bytes {
  return utf8(canonicalize(manifest as unknown as Json));
}

/** SHA-256 of the canonical manifest: published in the receipt, it binds the content without showing it. */
export function commitment(manifest: Manifest): Promise<string> {
  return sha256Hex(manifestBytes(manifest));
}

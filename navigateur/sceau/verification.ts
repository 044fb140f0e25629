/** The checks of a receipt, one method each, under the same codes as the Python package. */
import { type Bytes, concat, equal, utf8Decode } from "./encoding";
import { sha256 } from "./hash";
import { StolenKey, leafHash, openCheckpoint, parseTlogProof, parseVerifierKeys, verifyInclusion } from "./log";
import { type Manifest, MANIFEST_FORMAT, commitment, isCanonical } from "./manifest";
import { SHA256_OID, parseTimestamp } from "./timestamp";

export const RECEIPT_FORMAT = "beffroi.depot/1";

export interface ReceiptFile {
  nom: string;
  taille: number;
  racine: string;
  sha256: string;
  sha256_source?: string;
}

export interface ReceiptEnvelope {
  enveloppe: string;
  lot: number | null;
  empreinte: string;
  engagement: string;
  fichiers: ReceiptFile[];
  manifeste: ReceiptFile;
}

export interface ReceiptRecord {
  format: string;
  /** Set by a trial instance: the receipt is worth nothing. */
  espace?: string;
  recepisse: string;
  recu_le: string;
  date_limite: string;
  hors_delai: boolean;
  deposant: { nom: string; identifiant: string; personne?: string };
  acheteur: { nom: string; siret?: string };
  consultation: { reference: string; titre: string; objet: string };
  lots: number[];
  enveloppes: ReceiptEnvelope[];
}

export type CheckName =
  | "archive" | "record" | "canonical" | "log_key" | "key_from_archive" | "authority_root" | "timestamp"
  | "received_at" | "deadline" | "qualified_timestamp" | "checkpoint" | "inclusion" | "manifest";

/** `not_checked` says that this page cannot conclude, never that all is well. */
export type Outcome = "ok" | "failed" | "absent" | "not_checked";

export interface Check {
  name: CheckName;
  outcome: Outcome;
  /** Technical precision, in English, for the details of the page. */
  detail: string;
}

/** SPEC.md, section 14. Intact only under a key of the register known from elsewhere than the archive. */
export type Verdict = "intact" | "false" | "unreadable" | "not_established";

export interface ReceiptReport {
  verdict: Verdict;
  checks: Check[];
  record: ReceiptRecord | null;
  manifests: Manifest[];
  /** Instants claimed by the tokens; the authority's signature and certificate are not checked here. */
  timestamp: Date | null;
  qualifiedTimestamp: Date | null;
  logSize: number | null;
  logIndex: number | null;
}

export interface VerifyOptions {
  /** Verifier keys of the register, one a line, each with its sizes if they are known, obtained elsewhere than from the archive. */
  trustedLogKeys?: string;
}

const COMPULSORY: CheckName[] = ["archive", "record", "canonical", "timestamp", "received_at", "deadline", "checkpoint", "inclusion"];
/** The leaf holds the record and its local token: the register's key answers for both. */
const ANCHOR: CheckName = "log_key";
/** A token claims to be right to the second, and the record gives its time, cut to the millisecond. */
const CLOCK_TOLERANCE_S = 2;

/** Nothing is wrong, and nothing can be concluded. */
class NotEstablished extends Error {}

export class Verification {
  readonly report: ReceiptReport = {
    verdict: "unreadable", checks: [], record: null, manifests: [], timestamp: null, qualifiedTimestamp: null, logSize: null, logIndex: null,
  };

  constructor(private readonly files: Map<string, Bytes>, private readonly options: VerifyOptions) {}

  add(name: CheckName, outcome: Outcome, detail: string): void {
    this.report.checks.push({ name, outcome, detail });
  }

  private async attempt(name: CheckName, check: () => Promise<string>): Promise<void> {
    try {
      this.add(name, "ok", await check());
    } catch (error) {
      this.add(name, error instanceof NotEstablished || error instanceof StolenKey ? "not_checked" : "failed", error instanceof Error ? error.message : String(error));
    }
  }

  private file(name: string): Bytes {
    const content = this.files.get(name);
    if (!content) throw new Error(`${name} is missing`);
    return content;
  }

  private get record(): ReceiptRecord {
    if (!this.report.record) throw new Error("there is no readable record");
    return this.report.record;
  }

  async run(): Promise<ReceiptReport> {
    this.add("archive", "ok", `${this.files.size} files`);
    await this.attempt("record", async () => this.readRecord());
    await this.attempt("canonical", async () => this.checkCanonical());
    this.add("authority_root", "not_checked", "the authority's signature and certificate are checked by the command line or by openssl");
    await this.attempt("timestamp", () => this.checkTimestamp());
    await this.attempt("received_at", async () => this.checkTimes());
    await this.attempt("deadline", async () => this.checkDeadline());
    await this.checkQualifiedTimestamp();
    await this.checkLogKey();
    await this.attempt("checkpoint", () => this.checkCheckpoint());
    await this.attempt("inclusion", () => this.checkInclusion());
    await this.checkManifests();
    this.report.verdict = this.conclude();
    return this.report;
  }

  private conclude(): Verdict {
    const { checks } = this.report;
    if (checks.some(({ outcome }) => outcome === "failed")) return "false";
    const passed = new Set(checks.filter(({ outcome }) => outcome === "ok").map(({ name }) => name));
    return [...COMPULSORY, ANCHOR].every((name) => passed.has(name)) ? "intact" : "not_established";
  }

  private readRecord(): string {
    const record = JSON.parse(utf8Decode(this.file("depot.json"))) as ReceiptRecord;
    if (record.format !== RECEIPT_FORMAT || !Array.isArray(record.enveloppes)) throw new Error("unknown record format");
    this.report.record = record;
    return record.recepisse;
  }

  private checkCanonical(): string {
    if (!isCanonical(this.file("depot.json"))) throw new Error("depot.json is not canonical JSON");
    return "RFC 8785";
  }

  private async imprintTime(name: string): Promise<Date> {
    const { algorithm, imprint, time } = parseTimestamp(this.file(name));
    if (algorithm !== SHA256_OID) throw new Error("the token's digest is not SHA-256");
    if (!equal(imprint, await sha256(this.file("depot.json")))) throw new Error("the token stamps another record");
    return time;
  }

  private async checkTimestamp(): Promise<string> {
    this.report.timestamp = await this.imprintTime("depot.tsr");
    return this.report.timestamp.toISOString();
  }

  private checkTimes(): string {
    const stamped = this.report.timestamp;
    if (!stamped) throw new Error("the timestamp could not be read");
    const received = instant(this.record.recu_le);
    if (this.isApart(stamped)) {
      this.refuseTwoSides(stamped);
      throw new Error(`the record says ${this.record.recu_le}, the timestamp ${stamped.toISOString()}`);
    }
    return new Date(received).toISOString();
  }

  /** Microseconds count at the limit: the texts decide where the milliseconds are equal. */
  private checkDeadline(): string {
    const late = this.isLate();
    if (this.record.hors_delai !== late) throw new Error("the record contradicts its own times");
    const said = late ? "late" : "in time";
    const stamped = this.report.timestamp;
    if (!stamped || !this.isOnTwoSides(stamped)) return said;
    if (this.isApart(stamped)) this.refuseTwoSides(stamped);
    return `${said}, to within ${CLOCK_TOLERANCE_S} s: the record says ${this.record.recu_le}, the timestamp ${stamped.toISOString()}`;
  }

  private isLate(): boolean {
    return microseconds(this.record.recu_le) > microseconds(this.record.date_limite);
  }

  private isOnTwoSides(stamped: Date): boolean {
    return microseconds(stamped.toISOString()) > microseconds(this.record.date_limite) !== this.isLate();
  }

  private isApart(stamped: Date): boolean {
    const apart = microseconds(this.record.recu_le) - microseconds(stamped.toISOString());
    return (apart < 0n ? -apart : apart) > BigInt(CLOCK_TOLERANCE_S) * 1_000_000n;
  }

  /** Which of the two is right decides whether the deposit was in time, and the archive does not say. */
  private refuseTwoSides(stamped: Date): void {
    const { recu_le, date_limite } = this.record;
    if (this.isOnTwoSides(stamped)) throw new NotEstablished(`the record says ${recu_le}, the timestamp ${stamped.toISOString()}: on two sides of the deadline ${date_limite}, and more than ${CLOCK_TOLERANCE_S} s apart`);
  }

  private async checkQualifiedTimestamp(): Promise<void> {
    if (!this.files.has("depot-qualifie.tsr")) this.add("qualified_timestamp", "absent", "this copy holds none");
    else await this.attempt("qualified_timestamp", async () => {
      this.report.qualifiedTimestamp = await this.imprintTime("depot-qualifie.tsr");
      return this.report.qualifiedTimestamp.toISOString();
    });
  }

  private ownKeys(): string[] {
    return keyLines(utf8Decode(this.file("cles/journal.vkey")));
  }

  private trustedKeys(): string[] {
    return keyLines(this.options.trustedLogKeys ?? "");
  }

  /** The key shipped in the archive proves only that the archive agrees with itself. */
  private async checkLogKey(): Promise<void> {
    const trusted = this.trustedKeys();
    if (trusted.length === 0) this.add("key_from_archive", "not_checked", "no published key to compare with");
    else await this.attempt("log_key", async () => {
      const known = trusted.map((line) => line.split(" ")[0] as string);
      if (!this.ownKeys().every((key) => known.includes(key))) throw new Error("the archive's key is not the published one");
      return trusted.join(", ");
    });
  }

  private judges(): string {
    const trusted = this.trustedKeys();
    return (trusted.length > 0 ? trusted : this.ownKeys()).join("\n");
  }

  private proof() {
    return parseTlogProof(utf8Decode(this.file("depot.tlog-proof")));
  }

  private async checkCheckpoint(): Promise<string> {
    const checkpoint = await openCheckpoint(this.proof().note, await parseVerifierKeys(this.judges()));
    this.report.logSize = checkpoint.size;
    return `${checkpoint.origin}, ${checkpoint.size} entries`;
  }

  private async checkInclusion(): Promise<string> {
    const { index, path, checkpoint } = this.proof();
    const { token } = parseTimestamp(this.file("depot.tsr"));
    const data = concat(await sha256(this.file("depot.json")), await sha256(token));
    const included = await verifyInclusion(await leafHash(data), index, checkpoint.size, path, checkpoint.root);
    if (!included) throw new Error("the record is not at this place of the log");
    this.report.logIndex = index;
    return `entry ${index}`;
  }

  private async checkManifests(): Promise<void> {
    if (!this.files.has("manifeste.json")) this.add("manifest", "absent", "only the copy saved by the depositor has them");
    else await this.attempt("manifest", async () => {
      const manifests = readManifests(this.file("manifeste.json"));
      const envelopes = new Map(this.record.enveloppes.map((envelope) => [envelope.engagement, envelope]));
      for (const manifest of manifests) await takeEnvelope(manifest, envelopes);
      this.report.manifests = manifests;
      return `${manifests.length} manifests, ${envelopes.size} missing`;
    });
  }
}

/** Each manifest is that of one envelope, and describes only files that the receipt lists. */
async function takeEnvelope(manifest: Manifest, envelopes: Map<string, ReceiptEnvelope>): Promise<void> {
  const engagement = await commitment(manifest);
  const envelope = envelopes.get(engagement);
  if (!envelope) throw new Error("a manifest is not one that the deposit committed to");
  envelopes.delete(engagement);
  const listed = new Set(envelope.fichiers.map(({ racine }) => racine));
  if (manifest.fichiers.some(({ racine }) => racine !== null && !listed.has(racine))) throw new Error("a manifest describes a file that the receipt does not list");
}

function keyLines(text: string): string[] {
  return text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
}

function instant(text: string): number {
  const value = /(?:Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(value)) throw new Error("malformed instant");
  return value;
}

/** `Date` stops at the millisecond; the record goes to the microsecond. */
function microseconds(text: string): bigint {
  const fraction = (/\.(\d+)/.exec(text)?.[1] ?? "").padEnd(6, "0").slice(0, 6);
  const seconds = instant(text.replace(/\.\d+/, "")) / 1000;
  return BigInt(seconds) * 1_000_000n + BigInt(fraction);
}

/** One manifest, or the list of those of every envelope. */
export function readManifests(data: Uint8Array): Manifest[] {
  const content = JSON.parse(utf8Decode(data)) as Manifest | Manifest[];
  const manifests = Array.isArray(content) ? content : [content];
  if (manifests.length === 0 || manifests.some((manifest) => manifest.format !== MANIFEST_FORMAT)) throw new Error("unknown manifest format");
  return manifests;
}

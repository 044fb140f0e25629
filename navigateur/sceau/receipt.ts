/** Offline verification of a receipt (recu.zip) and of the depositor's own files against it. */
import { type Bytes, concat, equal, utf8Decode } from "./encoding";
import { sha256 } from "./hash";
import { leafHash, parseTlogProof, parseVerifierKey, verifyInclusion, verifyNote } from "./log";
import { type Manifest, MANIFEST_FORMAT, type ManifestFile, commitment, isCanonical } from "./manifest";
import { SHA256_OID, parseTimestamp } from "./timestamp";
import { readZip } from "./zip";

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
  | "archive" | "record" | "canonical" | "log_key" | "checkpoint" | "inclusion"
  | "timestamp" | "qualified_timestamp" | "manifest";

/** `not_checked` says that this page cannot conclude, never that all is well. */
export type Outcome = "ok" | "failed" | "absent" | "not_checked";

export interface Check {
  name: CheckName;
  outcome: Outcome;
  /** Technical precision, in English, for the details of the page. */
  detail: string;
}

export interface ReceiptReport {
  /** True when nothing failed and everything compulsory was checked. */
  valid: boolean;
  checks: Check[];
  record: ReceiptRecord | null;
  manifests: Manifest[];
  /** Instants claimed by the tokens; their authority's certificate is not checked here. */
  timestamp: Date | null;
  qualifiedTimestamp: Date | null;
  logSize: number | null;
  logIndex: number | null;
}

export interface VerifyOptions {
  /** Verifier key of the register, obtained elsewhere than from the archive. */
  trustedLogKey?: string;
}

const COMPULSORY: CheckName[] = ["archive", "record", "canonical", "checkpoint", "inclusion", "timestamp"];

class Verification {
  readonly report: ReceiptReport = {
    valid: false, checks: [], record: null, manifests: [], timestamp: null, qualifiedTimestamp: null, logSize: null, logIndex: null,
  };

  constructor(private readonly files: Map<string, Bytes>, private readonly options: VerifyOptions) {}

  private add(name: CheckName, outcome: Outcome, detail: string): void {
    this.report.checks.push({ name, outcome, detail });
  }

  private async attempt(name: CheckName, check: () => Promise<string>): Promise<void> {
    try {
      this.add(name, "ok", await check());
    } catch (error) {
      this.add(name, "failed", error instanceof Error ? error.message : String(error));
    }
  }

  private file(name: string): Bytes {
    const content = this.files.get(name);
    if (!content) throw new Error(`${name} is missing`);
    return content;
  }

  async run(): Promise<ReceiptReport> {
    this.add("archive", "ok", `${this.files.size} files`);
    await this.attempt("record", async () => this.readRecord());
    await this.attempt("canonical", async () => this.checkCanonical());
    await this.checkLogKey();
    await this.attempt("checkpoint", () => this.checkCheckpoint());
    await this.attempt("inclusion", () => this.checkInclusion());
    await this.attempt("timestamp", () => this.checkTimestamp());
    await this.checkQualifiedTimestamp();
    await this.checkManifests();
    const { checks } = this.report;
    const allOk = COMPULSORY.every((name) => checks.some((check) => check.name === name && check.outcome === "ok"));
    this.report.valid = allOk && checks.every((check) => check.outcome !== "failed");
    return this.report;
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

  private logKeyText(): string {
    return utf8Decode(this.file("cles/journal.vkey")).trim();
  }

  /** The key shipped in the archive proves only that the archive agrees with itself. */
  private async checkLogKey(): Promise<void> {
    const trusted = this.options.trustedLogKey?.trim();
    if (!trusted) this.add("log_key", "not_checked", "no trusted key to compare with");
    else await this.attempt("log_key", async () => {
      if (this.logKeyText() !== trusted) throw new Error("the archive's key is not the published one");
      return trusted;
    });
  }

  private proof() {
    return parseTlogProof(utf8Decode(this.file("depot.tlog-proof")));
  }

  private async checkCheckpoint(): Promise<string> {
    const key = await parseVerifierKey(this.options.trustedLogKey ?? this.logKeyText());
    const { note, checkpoint } = this.proof();
    if (checkpoint.origin !== key.name) throw new Error("the checkpoint is of another log");
    if (!(await verifyNote(note, key))) throw new Error("the checkpoint's signature is wrong");
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

  private async checkQualifiedTimestamp(): Promise<void> {
    if (!this.files.has("depot-qualifie.tsr")) this.add("qualified_timestamp", "absent", "not held by this copy");
    else await this.attempt("qualified_timestamp", async () => {
      this.report.qualifiedTimestamp = await this.imprintTime("depot-qualifie.tsr");
      return this.report.qualifiedTimestamp.toISOString();
    });
  }

  private async checkManifests(): Promise<void> {
    if (!this.files.has("manifeste.json")) this.add("manifest", "absent", "only the copy saved by the depositor has it");
    else await this.attempt("manifest", async () => {
      this.report.manifests = readManifests(this.file("manifeste.json"));
      const commitments = new Set(this.report.record?.enveloppes.map((envelope) => envelope.engagement));
      for (const manifest of this.report.manifests) {
        if (!commitments.has(await commitment(manifest))) throw new Error("a manifest is not the one that was committed to");
      }
      return `${this.report.manifests.length} manifests`;
    });
  }
}

/** One manifest, or the list of those of every envelope. */
export function readManifests(data: Uint8Array): Manifest[] {
  const content = JSON.parse(utf8Decode(data)) as Manifest | Manifest[];
  const manifests = Array.isArray(content) ? content : [content];
  if (manifests.length === 0 || manifests.some((manifest) => manifest.format !== MANIFEST_FORMAT)) throw new Error("unknown manifest format");
  return manifests;
}

export async function verifyReceipt(archive: Uint8Array, options: VerifyOptions = {}): Promise<ReceiptReport> {
  let files: Map<string, Bytes>;
  try {
    files = await readZip(archive);
  } catch (error) {
    const failed = new Verification(new Map(), options).report;
    failed.checks.push({ name: "archive", outcome: "failed", detail: error instanceof Error ? error.message : String(error) });
    return failed;
  }
  return new Verification(files, options).run();
}

export interface FileMatch {
  name: string;
  /** Clear file of the manifest, sealed file of the receipt, or neither. */
  kind: "clear" | "sealed" | "unknown";
  expected: string | null;
}

/** Find a file of the depositor in its receipt, by content alone: the name may have changed since. */
export function matchFile(name: string, sha256Value: string, report: ReceiptReport): FileMatch {
  const clear = report.manifests.flatMap((manifest): ManifestFile[] => manifest.fichiers).find((file) => file.sha256 === sha256Value);
  if (clear) return { name, kind: "clear", expected: clear.nom };
  const envelopes = report.record?.enveloppes ?? [];
  const sealed = envelopes.flatMap((envelope) => [...envelope.fichiers, envelope.manifeste]).find((file) => file.sha256 === sha256Value);
  return sealed ? { name, kind: "sealed", expected: sealed.nom } : { name, kind: "unknown", expected: null };
}


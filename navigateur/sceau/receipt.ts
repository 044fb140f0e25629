/** Offline verification of a receipt (recu.zip) and of the depositor's own files against it. */
import type { ManifestFile } from "./manifest";
import { type ReceiptReport, Verification, type VerifyOptions } from "./verification";
import { readZip } from "./zip";

export type { Check, CheckName, Outcome, ReceiptRecord, ReceiptReport, Verdict, VerifyOptions } from "./verification";

export async function verifyReceipt(archive: Uint8Array, options: VerifyOptions = {}): Promise<ReceiptReport> {
  try {
    return await new Verification(await readZip(archive), options).run();
  } catch (error) {
    const failed = new Verification(new Map(), options);
    failed.add("archive", "failed", error instanceof Error ? error.message : String(error));
    return failed.report;
  }
}

export interface FileMatch {
  name: string;
  /** Clear file of a manifest, sealed file of the receipt, neither, or not to be told without the missing manifests. */
  kind: "clear" | "sealed" | "unknown" | "incomparable";
  expected: string | null;
}

/** Find a file of the depositor in its receipt, by content alone: the name may have changed since. */
export function matchFile(name: string, sha256Value: string, report: ReceiptReport): FileMatch {
  const clear = report.manifests.flatMap((manifest): ManifestFile[] => manifest.fichiers).find((file) => file.sha256 === sha256Value);
  if (clear) return { name, kind: "clear", expected: clear.nom };
  const envelopes = report.record?.enveloppes ?? [];
  const sealed = envelopes.flatMap((envelope) => [...envelope.fichiers, envelope.manifeste]).find((file) => file.sha256 === sha256Value);
  if (sealed) return { name, kind: "sealed", expected: sealed.nom };
  const described = report.manifests.length > 0 && report.manifests.length === envelopes.length;
  return { name, kind: described ? "unknown" : "incomparable", expected: null };
}


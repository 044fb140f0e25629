/** Every key published for a consultation: those that the platform shows, and those that the register holds (SPEC.md §11). */
import { type Bytes, equal, fromBase64 } from "./encoding";
import { type KeyRecord, type KnownRegister, type PublishedKey, verifyKeyRecord } from "./key_record";
import { type Checkpoint, leafData, leafLabel, openCheckpoint, parseNote, parseTlogProof, parseVerifierKeys } from "./log";
import { type FetchTile, readEntries } from "./tiles";

export interface ShownKey {
  index: number;
  leaf: Bytes;
  record: KeyRecord;
}

/** Each key of the list holds, for this consultation. Any doubt throws. */
export function verifyShownKeys(consultation: string, shown: PublishedKey[], register: KnownRegister): Promise<ShownKey[]> {
  return Promise.all(shown.map(async (published) => {
    const { destinataire: recipient, enveloppe: envelope } = (JSON.parse(published.ecriture) as { donnees: { cle: KeyRecord } }).donnees.cle;
    const record = await verifyKeyRecord(published, { consultation, envelope, recipient }, register);
    return { index: parseTlogProof(published.preuve).index, leaf: await leafData(published.ecriture, fromBase64(published.jeton)), record };
  }));
}

/** The public head of the register, once its key signed it; `logKeys`: one a line. */
export async function verifyHead(note: string, logKeys: string): Promise<Checkpoint> {
  return openCheckpoint(parseNote(note), await parseVerifierKeys(logKeys));
}

/** Where the register holds, for this consultation, a public leaf that is not in the list; read from the oldest key shown. */
export async function findHiddenKeys(consultation: string, shown: ShownKey[], head: Checkpoint, fetchTile: FetchTile, onProgress?: (read: number, total: number) => void): Promise<number[]> {
  const since = Math.min(...shown.map(({ index }) => index));
  if (since >= head.size) return [];
  const [label, known, hidden] = [await leafLabel(consultation), new Map(shown.map(({ index, leaf }) => [index, leaf])), [] as number[]];
  for await (const { index, data } of readEntries(head, since, fetchTile)) {
    const listed = known.get(index);
    if (equal(data.subarray(0, label.length), label) && !(listed && equal(listed, data))) hidden.push(index);
    onProgress?.(index - since, head.size - since);
  }
  return hidden;
}

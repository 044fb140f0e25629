/** Avant de sceller quoi que ce soit : chaque clé de la consultation est signée par l'acheteur et tenue au registre. */
import { verifyKeyRecord } from "../../sceau/key_record";
import { fingerprint } from "../../sceau/identity";
import type { Donnees } from "./donnees";

/** La clé est douteuse : rien ne doit être scellé pour elle. */
export class CleDouteuse extends Error {
  constructor(readonly enveloppe: string, cause: unknown) {
    super(`clé douteuse : ${enveloppe}`, { cause });
  }
}

export async function exigerDesClesSignees({ consultation, cles, journal, horodatage }: Pick<Donnees, "consultation" | "cles" | "journal" | "horodatage">): Promise<void> {
  if (Object.keys(cles).length === 0) throw new CleDouteuse("candidature", new Error("aucune clé"));
  for (const [enveloppe, { destinataire, empreinte, preuve }] of Object.entries(cles)) {
    try {
      if (empreinte !== (await fingerprint(destinataire))) throw new Error("l'empreinte annoncée n'est pas celle de la clé");
      await verifyKeyRecord(preuve ?? undefined, { consultation, envelope: enveloppe, recipient: destinataire }, { log: journal, roots: horodatage });
    } catch (cause) {
      throw new CleDouteuse(enveloppe, cause);
    }
  }
}

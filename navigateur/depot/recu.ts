/** La copie du récépissé que l'entreprise enregistre : elle seule porte les manifestes en clair. */
import { type Bytes, utf8 } from "../sceau/encoding";
import { type Json, type Manifest, canonicalize } from "../sceau/manifest";
import { appendToZip } from "../sceau/zip";

/** Ajoute `manifeste.json` au récépissé reçu ; le serveur n'en a jamais connaissance. */
export function completerRecu(recu: Uint8Array, manifestes: Manifest[]): Bytes {
  const contenu = manifestes.length === 1 ? manifestes[0] : manifestes;
  return appendToZip(recu, "manifeste.json", utf8(canonicalize(contenu as unknown as Json)));
}

/** Propose l'enregistrement d'octets sous un nom, sans aller-retour au serveur. */
export function enregistrer(octets: Bytes, nom: string, type = "application/zip"): void {
  const adresse = URL.createObjectURL(new Blob([octets], { type }));
  const lien = document.createElement("a");
  lien.href = adresse;
  lien.download = nom;
  lien.click();
  setTimeout(() => URL.revokeObjectURL(adresse), 60_000);
}

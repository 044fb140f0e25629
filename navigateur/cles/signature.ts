/** La clé de signature d'une personne : annoncée avec sa preuve, puis apposée sur chaque clé de consultation qu'elle crée. */
import { base64 } from "../sceau/encoding";
import { possession, sign, signingKeyOf } from "../sceau/signing";
import type { IdentiteOuverte } from "./identite";

/** Ce que le service enregistre avec une identité neuve. */
export async function annoncerLaSignature({ identite, empreinte }: IdentiteOuverte): Promise<Record<string, string>> {
  return { cle_de_signature: base64(await signingKeyOf(identite)), preuve_de_possession: base64(await sign(identite, possession(empreinte))) };
}

/** Rend la signature en base64 ; le service recompose le même enregistrement et la refuse s'il en diffère. */
export async function signerLaCle({ identite }: IdentiteOuverte, enregistrement: Uint8Array): Promise<string> {
  return base64(await sign(identite, enregistrement));
}

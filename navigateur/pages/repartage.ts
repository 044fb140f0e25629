/** Page /consultations/<référence>/cles/repartage/ : remettre sa part à une autre personne, ou refaire toutes les parts. */
import type { PartScellee, Porteur, PorteurNomme } from "../cles/ceremonie";
import { type FenteVue, ouvrirParLaFaconChoisie, proposerLesFacons } from "../cles/facon";
import { type IdentiteOuverte, ouvrirCanari } from "../cles/identite";
import { Refus, dire, donnees, envoyer, pendant, requis } from "../cles/page";
import { type ClePubliee, type PaireARefaire, cleDemandee, refaireLesParts } from "../cles/repartage";
import { rescellerPart } from "../ouverture/reconstitution";
import { base64, fromBase64, fromHex } from "../sceau/encoding";
import { fingerprint } from "../sceau/identity";
import type { PublishedKey } from "../sceau/key_record";
import { identityFingerprint } from "../sceau/signing";

/** À qui remettre sa part : `identite` est l'empreinte que les deux personnes se lisent au téléphone. */
interface Destinataire extends PorteurNomme {
  identite: string;
}

interface Repartage {
  etape: "remettre" | "achever";
  adresse: string;
  empreinte: string;
  fentes: FenteVue[];
  canari: string;
  autres: Destinataire[];
  consultation: string;
  journal: string;
  horodatage: string;
  paires: { enveloppe: string; destinataire: string; empreinte: string; publiee: PublishedKey; part: string; relais: string }[];
  membres: Porteur[];
  gardiens: Porteur[];
}

function clePubliee({ consultation, journal, horodatage }: Repartage, { enveloppe, destinataire, empreinte, publiee }: Repartage["paires"][number]): ClePubliee {
  return { consultation, journal, horodatage, enveloppe, destinataire, empreinte, publiee };
}

/** La personne choisie : on ne devine pas à qui remettre une part. */
function personneChoisie({ autres }: Repartage): Destinataire | undefined {
  const choisie = document.querySelector<HTMLInputElement>("input[name=a]:checked");
  if (!choisie) {
    requis<HTMLInputElement>("input[name=a]").focus();
    throw new Refus("Choisissez à qui vous remettez votre part.");
  }
  return autres.find(({ reference }) => reference === choisie.value);
}

/** L'empreinte comparée à voix haute est bien celle de la clé pour laquelle la part se scelle. */
async function estBienElle({ destinataire, cle_de_signature, identite }: Destinataire): Promise<boolean> {
  return identite === (await identityFingerprint({ sealing: await fingerprint(destinataire), signing: fromHex(cle_de_signature) }));
}

async function remettre(repartage: Repartage, { identite }: IdentiteOuverte, autre: Destinataire | undefined): Promise<Record<string, unknown>> {
  if (!autre || !(await estBienElle(autre))) throw new Refus("La clé de cette personne ne correspond pas à son empreinte. Arrêtez, et prévenez l'assistance.");
  const parts: Record<string, string> = {};
  for (const paire of repartage.paires) {
    const { demandee } = await cleDemandee(clePubliee(repartage, paire));
    parts[paire.enveloppe] = base64(await rescellerPart({ identite, partScellee: fromBase64(paire.part) }, demandee, autre.destinataire));
  }
  return { a: autre.reference, parts };
}

async function achever(repartage: Repartage, cle: IdentiteOuverte): Promise<Record<string, unknown>> {
  const enJson = (parts: PartScellee[]) => parts.map(({ reference, contenu }) => ({ reference, contenu: base64(contenu) }));
  const corps: Record<string, unknown> = {};
  for (const paire of repartage.paires) {
    dire("Partage neuf de la clé…");
    const aRefaire: PaireARefaire = { ...clePubliee(repartage, paire), part: fromBase64(paire.part), relais: fromBase64(paire.relais) };
    const { membres, gardiens } = await refaireLesParts(cle, aRefaire, repartage);
    corps[paire.enveloppe] = { membres: enJson(membres), gardiens: enJson(gardiens) };
  }
  return corps;
}

const repartage = donnees<Repartage>();
const formulaire = requis<HTMLFormElement>("[data-repartage]");
proposerLesFacons(formulaire, repartage.fentes);
formulaire.addEventListener("submit", (evenement) => {
  evenement.preventDefault();
  void pendant(formulaire, async () => {
    const autre = repartage.etape === "remettre" ? personneChoisie(repartage) : undefined;
    const { cle } = await ouvrirParLaFaconChoisie(repartage.fentes, repartage.empreinte);
    // Le canari rendu prouve que la clé est bien ouverte ici : une session volée ne remplace pas les parts des autres.
    const clair = base64(await ouvrirCanari(cle, repartage.canari));
    const corps = { ...(repartage.etape === "remettre" ? await remettre(repartage, cle, autre) : await achever(repartage, cle)), clair };
    dire("Envoi des parts scellées…");
    const { suite } = await envoyer<{ suite: string }>(corps, repartage.adresse);
    location.assign(suite);
  }, "Votre clé ne s'est pas ouverte, ou la clé rouverte n'est pas celle publiée. Rien n'a changé. Recommencez.");
});

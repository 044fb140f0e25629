"""Vérifie les signatures d'un fichier (PAdES, CAdES,
XAdES) et dit ce qu'elles valent, dans les mots d'EN 319 102-1.

Une signature à part de son document :
  ./beffroi signature verifier offre.pdf --detachee offre.pdf.p7s
Un fichier reçu un jour connu, preuve à l'appui :
  ./beffroi signature verifier acte.pdf --recu-le 2026-11-24
Sans horodatage reconnu ni --recu-le, rien ne prouve quand la signature a été
faite : le verdict reste ouvert.
Les autorités reconnues et les listes de révocation se lisent dans « signature/racines »
et « signature/revocations » du dossier
de BEFFROI_NORMES ; rien n'est demandé au réseau.
Code de retour, celui de toute vérification : 0 si toutes les signatures sont TOTAL-PASSED,
1 si une est TOTAL-FAILED, 2 si un fichier n'a pas pu être lu, 3 si une est INDETERMINATE
(et aucune en échec) ou si rien n'est signé.
"""

import json
import os
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from beffroi.commandes.cli.analyse import jour
from beffroi.commandes.cli.erreurs import ErreurDArguments, ErreurDeCommande
from beffroi.commandes.cli.fichiers import fichier_lisible
from beffroi.commandes.cli.verdict import Verdict as Retour
from formats import dates
from formats.signature import (
    Demande,
    RapportDeSignature,
    SignatureVerifiee,
    Verdict,
    confiance_du_dossier,
    pour_json,
    verifier,
)

CODES = {
    Verdict.REUSSIE: Retour.INTACT,
    Verdict.ECHEC: Retour.FAUX,
    Verdict.INDETERMINEE: Retour.NON_ETABLI,
    None: Retour.NON_ETABLI,
}
PARIS = ZoneInfo("Europe/Paris")


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "fichier", metavar="FICHIER", type=Path, help="le fichier signé, ou le document seul"
    )
    analyseur.add_argument(
        "--detachee", metavar="SIGNATURE", type=Path, help="la signature, si elle est à part"
    )
    analyseur.add_argument(
        "--recu-le",
        type=jour,
        metavar="DATE",
        help="jour où l'on avait déjà ce fichier, comme 2026-11-24",
    )
    analyseur.add_argument("--json", action="store_true", help="pour un autre programme")


def executer(options: Namespace) -> int:
    recu = options.recu_le
    existait_le = datetime.combine(recu, time(23, 59, 59), PARIS) if recu else None
    lu = _octets(options.fichier)
    demande = Demande(options.fichier.name, lu, existait_le=existait_le)
    if options.detachee:
        signature = _octets(options.detachee)
        demande = Demande(options.detachee.name, signature, lu, options.fichier.name, existait_le)
    normes = os.environ.get("BEFFROI_NORMES")
    rapport = verifier(
        demande, confiance_du_dossier(Path(normes) if normes else None, le=datetime.now(UTC))
    )
    print(
        json.dumps(pour_json(rapport), ensure_ascii=False, indent=2)
        if options.json
        else en_lignes(rapport)
    )
    return CODES[rapport.verdict]


def _octets(chemin: Path) -> bytes:
    try:
        with fichier_lisible(chemin) as flux:
            return flux.read()
    except ErreurDeCommande as erreur:
        raise ErreurDArguments(str(erreur)) from erreur


def en_lignes(rapport: RapportDeSignature) -> str:
    lignes = [f"{rapport.nom} (SHA-256 {rapport.empreinte})", rapport.phrase]
    for rang, signature in enumerate(rapport.signatures, 1):
        lignes += [
            "",
            f"Signature {rang} : {signature.verdict} {signature.sous_indication}".rstrip(),
            *_details(signature),
        ]
    lignes += ["", f"Confiance : {rapport.confiance}.", f"Outils : {', '.join(rapport.outils)}."]
    return "\n".join(lignes)


def _details(signature: SignatureVerifiee) -> list[str]:
    lignes = [f"  {signature.motif}"]
    if signature.certificat:
        certificat = signature.certificat
        au = dates.jour(certificat.valable_au)
        lignes.append(
            f"  De {certificat.signataire}, certificat de {certificat.emetteur} "
            f"valable jusqu'au {au}."
        )
    if signature.declaree_le:
        lignes.append(f"  Heure déclarée : {dates.jour_et_heure(signature.declaree_le)}.")
    if signature.horodateur:
        lignes.append(f"  Horodatage : {signature.horodateur}.")
    return lignes + [f"  {c.nom} : {c.etat}. {c.phrase}" for c in signature.controles]

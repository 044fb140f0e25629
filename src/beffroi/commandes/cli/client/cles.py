"""Les clés pour lesquelles on va sceller :
qui les a signées, et où le registre les tient. Au moindre doute, rien n'est scellé.
"""

import json
import re
import sys
from collections.abc import Sequence
from typing import Any

from cryptography import x509

from beffroi.commandes.cli import confiance_installee
from beffroi.commandes.cli.confiance import Confiance
from beffroi.commandes.cli.erreurs import ErreurDArguments, ErreurDeCommande
from formats.phrases_du_sceau import en_francais
from sceau import Recipient, SealError, handover, key_record, log, timestamp

POUR_DIRE = {"candidature": "la candidature", "offre": "l'offre"}


def empreinte_lue(texte: str) -> str:
    """Telle que les pages l'impriment, par groupes, ou d'un trait."""
    lue = "".join(texte.split()).lower()
    if not re.fullmatch("[0-9a-f]{32}", lue):
        raise ErreurDArguments(
            f"« {texte} » n'est pas l'empreinte d'une personne : elle a trente-deux signes, "
            "chiffres et lettres de a à f. Recopiez celle du règlement."
        )
    return lue


def ce_qui_est_connu(cle: str, reponse: dict[str, Any]) -> Confiance:
    """La clé donnée, sinon celle installée pour ce registre ;
    à défaut, celle que la plateforme annonce, avec ses certificats d'horodatage.
    """
    annoncee, certificats = str(reponse.get("journal", "")), str(reponse.get("horodatage", ""))
    try:
        donnees = [log.Verifier(cle)] if cle else []
        connu = Confiance(cles=donnees, installees=confiance_installee.lire(None))
        connu = connu.pour_le_registre(annoncee, certificats.encode())
        racines = timestamp.load_roots(certificats.encode()) if certificats else []
        connues = connu.cles or [log.Verifier(annoncee)]
        suivies = handover.follow(connues, reponse.get("releves") or (), listed=True)
    except SealError as erreur:
        raise ErreurDeCommande(
            f"la clé du registre n'est pas lisible : {en_francais(erreur)}. Rien n'est scellé."
        ) from erreur
    # Une clé volée n'y ajoute rien : chaque tête montrée se confronte au registre (`Suivi`).
    return connu.du_registre(suivies, racines).sans_soupcon()


def verifier_les_cles(
    reponse: dict[str, Any], *, consultation: str, connu: Confiance, signataire: str = ""
) -> dict[str, Recipient]:
    """Rien n'est scellé tant que chaque clé n'est pas signée par l'acheteur,
    pour la consultation demandée, au registre.

    C'est la consultation que la personne a écrite qui compte :
    celle de la réponse vient de la plateforme.
    """
    destinataires = {}
    for annoncee in reponse["enveloppes"]:
        try:
            key_record.verify(
                annoncee.get("preuve") or {},
                consultation=consultation,
                envelope=annoncee["enveloppe"],
                recipient=annoncee["destinataire"],
                log_keys=connu.cles,
                roots=racines_de(connu),
                signer=signataire,
            )
            destinataires[annoncee["enveloppe"]] = Recipient.parse(annoncee["destinataire"])
        except SealError as erreur:
            raise ErreurDeCommande(
                f"la clé de l'enveloppe « {annoncee['enveloppe']} » n'est pas sûre : "
                f"{en_francais(erreur)}. "
                "Rien n'est scellé. N'envoyez rien, et prévenez l'acheteur puis l'assistance."
            ) from erreur
    return destinataires


def racines_de(connu: Confiance) -> Sequence[x509.Certificate] | None:
    """Sans aucune, un jeton se juge encore en lui-même."""
    return connu.autorites or None


def dire_qui_a_signe(reponse: dict[str, Any]) -> None:
    """Sans --signataire, comparer reste à la personne."""
    for annoncee in reponse["enveloppes"]:
        cle = json.loads(annoncee["preuve"]["ecriture"])["donnees"]["cle"]
        if cle["format"] == key_record.FORMAT:
            print(
                f"La clé de {POUR_DIRE[annoncee['enveloppe']]} est signée par l'identité "
                f"{cle['signataire']} : comparez avec le règlement, ou donnez --signataire.",
                file=sys.stderr,
            )

"""Ce qui s'écrit à l'acheteur quand une entreprise demande pourquoi :
un lien, jamais ce qu'elle a écrit.
"""

from datetime import datetime

from beffroi.choix.attribution.models import DemandeDeMotifs
from beffroi.personnes.organismes.queries import publieurs
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.services import ecrire_a_chacun
from droit.dates import en_toutes_lettres


def annoncer_la_demande(demande: DemandeDeMotifs, *, maintenant: datetime) -> None:
    consultation, avant = demande.lettre.consultation, demande.repondre_avant
    ecrire_a_chacun(
        publieurs(consultation.organisme, maintenant),
        cle=f"demande-de-motifs:{demande.reference}:",
        sujet=(
            "Une entreprise demande les motifs de votre choix, "
            f"consultation {consultation.reference}"
        ),
        gabarit="attribution/courriels/demande.txt",
        contexte={
            "consultation": consultation,
            "avant": en_toutes_lettres(avant) if avant else "",
            "page": lien_vers("attribution:demandes", consultation.reference),
        },
        maintenant=maintenant,
    )

"""Ce qui s'écrit à l'acheteur quand une entreprise demande pourquoi :
un lien, jamais ce qu'elle a écrit.
"""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from beffroi.choix.attribution.models import DemandeDeMotifs
from beffroi.personnes.organismes.queries import publieurs
from beffroi.socle.fondations.services import ecrire_courriel
from droit.dates import en_toutes_lettres


def annoncer_la_demande(demande: DemandeDeMotifs, *, maintenant: datetime) -> None:
    consultation = demande.lettre.consultation
    page = settings.ADRESSE_PUBLIQUE + reverse(
        "attribution:demandes", args=(consultation.reference,)
    )
    for personne in publieurs(consultation.organisme, maintenant):
        ecrire_courriel(
            cle=f"demande-de-motifs:{demande.reference}:{personne.reference}",
            destinataire=personne.courriel,
            sujet=(
                "Une entreprise demande les motifs de votre choix, "
                f"consultation {consultation.reference}"
            ),
            texte=render_to_string(
                "attribution/courriels/demande.txt",
                {
                    "personne": personne,
                    "consultation": consultation,
                    "avant": en_toutes_lettres(demande.repondre_avant)
                    if demande.repondre_avant
                    else "",
                    "page": page,
                },
            ),
            maintenant=maintenant,
        )

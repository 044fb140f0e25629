"""Les courriels d'un apport : c'est reçu, c'est à refaire."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string

from beffroi.centre.apports.liens import lien
from beffroi.centre.apports.models import Apport
from beffroi.socle.fondations.services import ecrire_courriel


def _ecrire(gabarit: str, apport: Apport, *, sujet: str, maintenant: datetime) -> None:
    convention = apport.convention
    contexte = {
        "apport": apport,
        "convention": convention,
        "lien": lien(convention),
        "service": settings.SERVICE,
    }
    ecrire_courriel(
        cle=f"apport:{gabarit}:{apport.reference}",
        destinataire=convention.courriel,
        sujet=f"Convention {convention.reference} : {sujet}",
        texte=render_to_string(f"apports/courriels/{gabarit}.txt", contexte),
        maintenant=maintenant,
    )


def recu(apport: Apport, *, maintenant: datetime) -> None:
    quoi = (
        "votre délibération est arrivée"
        if apport.sorte == "deliberation"
        else "votre exemplaire signé est arrivé"
    )
    _ecrire("recu", apport, sujet=quoi, maintenant=maintenant)


def a_refaire(apport: Apport, *, maintenant: datetime) -> None:
    _ecrire("a_refaire", apport, sujet="un fichier à renvoyer", maintenant=maintenant)

"""Ce qui s'écrit à qui exerce ses droits : reçu, et jusqu'à quand ; prolongé, et pourquoi ; la réponse, et qui saisir."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from beffroi.comptes import liens_signes
from beffroi.conformite.models import DemandeDeDroit
from beffroi.socle.services import ecrire_courriel
from droit.dates import en_toutes_lettres

_USAGE = "beffroi.conformite.suivre"


def recue(demande: DemandeDeDroit, *, maintenant: datetime) -> None:
    _ecrire("recue", demande, "Votre demande sur vos données est reçue", maintenant=maintenant)


def a_confirmer(demande: DemandeDeDroit, *, maintenant: datetime) -> None:
    _ecrire("a_confirmer", demande, "Confirmez votre demande sur vos données", maintenant=maintenant)


def prolongee(demande: DemandeDeDroit, *, maintenant: datetime) -> None:
    _ecrire("prolongee", demande, "Votre demande sur vos données demande plus de temps", maintenant=maintenant)


def repondue(demande: DemandeDeDroit, *, maintenant: datetime) -> None:
    _ecrire("repondue", demande, "Réponse à votre demande sur vos données", maintenant=maintenant)


def _ecrire(gabarit: str, demande: DemandeDeDroit, sujet: str, *, maintenant: datetime) -> None:
    contexte = {
        "demande": demande,
        "avant": en_toutes_lettres(demande.repondre_avant),
        "adresse": f"{settings.ADRESSE_PUBLIQUE}{reverse('conformite:suivre', args=[jeton_de(demande)])}",
        "service": settings.SERVICE,
    }
    ecrire_courriel(
        cle=f"conformite/{gabarit}/{demande.reference}",
        destinataire=demande.courriel,
        sujet=f"[{demande.reference}] {sujet}",
        texte=render_to_string(f"conformite/courriels/{gabarit}.txt", contexte),
        maintenant=maintenant,
    )


def jeton_de(demande: DemandeDeDroit) -> str:
    return liens_signes.jeton_de(demande.reference, usage=_USAGE)


def reference_de(jeton: str) -> str:
    return liens_signes.reference_de(jeton, usage=_USAGE)

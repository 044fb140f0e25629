"""Demander, puis suivre le lien du courriel, comme une personne."""

import re

from django.conf import settings

from beffroi.personnes.abonnements import services
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.models import Courriel

SUJET = services.Sujet(
    "consultation:2026-0001", "2026-0001 : Toiture de l'école", "/consultations/2026-0001/"
)
AUTRE = services.Sujet("consultation:2026-0002", "2026-0002 : Voirie", "/consultations/2026-0002/")
SOPHIE = "sophie@example.org"


def demander(sujet=SUJET, courriel=SOPHIE, **champs):
    services.demander(
        courriel=courriel, sujet=sujet, maintenant=champs.pop("le", None) or maintenant(), **champs
    )


def chemin(genre: str, courriel: str = SOPHIE) -> str:
    """Le dernier lien de ce genre reçu par cette adresse, sans le nom du serveur."""
    for lettre in Courriel.objects.filter(destinataire=courriel).order_by("-pk"):
        trouve = re.search(
            rf"{re.escape(settings.ADRESSE_PUBLIQUE)}(/suivis/{genre}\S+)", lettre.texte
        )
        if trouve:
            return trouve.group(1)
    raise AssertionError(f"aucun lien « {genre} » n'a été écrit à {courriel}")


def suivre(client, sujet=SUJET, courriel=SOPHIE, **champs):
    demander(sujet, courriel, **champs)
    client.post(chemin("confirmer/", courriel))


def annoncer(sujet=SUJET, cle="v2", **champs):
    annonce = services.Annonce(
        cle=cle,
        titre="Le dossier a changé",
        texte="Le CCTP est remplacé.",
        page=sujet.page,
        **champs,
    )
    return services.avertir(sujet=sujet.cle, annonce=annonce, maintenant=maintenant())

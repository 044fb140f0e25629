"""Ce que les courriels d'une convention disent et que d'autres tiennent : où la collectivité renvoie ses documents."""

from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from beffroi.conventions.models import Convention


class LienDuDossier(Protocol):
    """Qui sait où cette collectivité renvoie sa délibération et l'exemplaire signé : une adresse complète."""

    def __call__(self, convention: Convention) -> str: ...


def lien_du_dossier(convention: Convention) -> str:
    """L'adresse à écrire dans un courriel ; vide tant que personne ne reçoit rien en ligne."""
    chemin = settings.ADAPTATEURS.get("conventions.LienDuDossier")
    if not chemin:
        return ""
    port: LienDuDossier = import_string(chemin)
    return port(convention)

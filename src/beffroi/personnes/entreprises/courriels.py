"""Écrire à chaque personne d'une équipe."""

from collections.abc import Collection, Mapping
from datetime import datetime

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises import queries
from beffroi.personnes.entreprises.models import Equipe
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.services import ecrire_a_chacun


def ecrire_a_l_equipe(
    equipe: Equipe,
    *,
    cle: str,
    sujet: str,
    gabarit: str,
    contexte: Mapping[str, object],
    aussi: Collection[Utilisateur] = (),
    maintenant: datetime,
) -> bool:
    """Le même courriel à chacun, une fois. Faux si cette clé a déjà servi."""
    if Courriel.objects.filter(cle__startswith=f"{cle}/").exists():
        return False
    ecrire_a_chacun(
        dict.fromkeys((*queries.collegues_a_prevenir(equipe), *aussi)),
        cle=f"{cle}/",
        sujet=sujet,
        gabarit=f"entreprises/courriels/{gabarit}.txt",
        contexte={"adresse": lien_vers("entreprises:entreprise"), **contexte},
        maintenant=maintenant,
    )
    return True

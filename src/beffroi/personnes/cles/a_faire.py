"""« À faire » et les clés : préparer la sienne, refaire son essai de gardien."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from beffroi.personnes.cles import queries
from beffroi.personnes.cles.rules import essai_perime
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import roles_de
from beffroi.personnes.organismes.queries import habilitations_en_cours
from beffroi.socle.fondations.a_faire import SANS_ECHEANCE, AFaire


def cle_a_creer(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    """Qui ouvre, chez un organisme ou comme gardien, et n'a pas encore de clé prête."""
    if _ouvrira(personne, le=le) and not queries.a_une_cle_prete(personne):
        yield AFaire(
            titre="Préparer votre clé",
            detail=(
                "Sans elle, vous ne pourrez pas ouvrir de réponse. "
                "Il faut dix minutes et une imprimante."
            ),
            url="/cles/",
            geste="Préparer",
            quand="Une fois pour toutes",
            presse=False,
            echeance=SANS_ECHEANCE,
        )


def cle_ou_garde(personne: Utilisateur, *, le: datetime) -> list[QuerySet[Any]]:
    ouvre = _ouvre(personne, le=le)
    return [queries.sans_cle_prete(personne)] if ouvre else garde(personne, le=le)


def _ouvrira(personne: Utilisateur, *, le: datetime) -> bool:
    return _ouvre(personne, le=le) or queries.gardien_en_fonction(personne) is not None


def _ouvre(personne: Utilisateur, *, le: datetime) -> bool:
    return any(
        Habilitation.Role.OUVREUR in roles_de(habilitation)
        for habilitation in habilitations_en_cours(personne, le)
    )


def garde(personne: Utilisateur, *, le: datetime) -> list[QuerySet[Any]]:
    return [queries.sa_garde(personne)]


def essai_de_gardien(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    """Un gardien prouve que sa clé s'ouvre, puis le prouve de nouveau tous les 90 jours."""
    gardien = queries.gardien_en_fonction(personne)
    if (
        gardien
        and gardien.canari_empreinte
        and essai_perime(dernier=gardien.canari_ouvert_le, maintenant=le)
    ):
        yield AFaire(
            titre="Refaire votre essai de gardien"
            if gardien.canari_ouvert_le
            else "Faire votre essai de gardien",
            detail="Il prouve que votre clé ouvrira, si un acheteur a perdu les siennes.",
            url=f"/cles/canari/{gardien.reference}/",
            geste="Essayer",
            quand="Tous les 90 jours" if gardien.canari_ouvert_le else "Dès que possible",
            presse=gardien.canari_ouvert_le is None,
            echeance=le,
        )

"""« À faire » d'une entreprise : renouveler une pièce gardée."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.pieces import queries, rules
from beffroi.socle.fondations.a_faire import AFaire
from droit.dates import en_toutes_lettres
from formats import dates


def pieces_a_renouveler(personne: Utilisateur, *, le: datetime) -> Iterator[AFaire]:
    """Expirée, ou dans moins de trente jours ;
    elle presse à sept jours, et n'empêche jamais de répondre.
    """
    jour = le.astimezone(dates.PARIS).date()
    for version in queries.a_renouveler(personne, le=jour):
        fin = version.valable_jusqu_au or jour
        expiree = rules.est_expiree(fin, le=jour)
        yield AFaire(
            titre="Renouveler une pièce",
            detail=version.piece.intitule,
            url=f"/entreprise/pieces/{version.piece.reference}/remplacer/",
            geste="Remplacer",
            quand=f"Expirée depuis le {en_toutes_lettres(fin + timedelta(days=1))}"
            if expiree
            else f"Valable jusqu'au {en_toutes_lettres(fin)}",
            presse=expiree or fin - jour <= min(rules.RAPPELS),
            echeance=datetime.combine(fin, time(23, 59), dates.PARIS),
        )


def finissantes(personne: Utilisateur, *, le: datetime) -> list[QuerySet[Any]]:
    return [queries.a_renouveler(personne, le=le.astimezone(dates.PARIS).date())]

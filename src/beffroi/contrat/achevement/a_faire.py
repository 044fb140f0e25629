"""« À faire » et l'achèvement :
le rapport de présentation, exigé dès qu'un contrat est signé, et pas encore établi.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.contrat.achevement import ecrans, queries
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.a_faire import AFaire
from beffroi.socle.guichet.lecture import voisines
from droit.dates import en_toutes_lettres


def rapports_a_etablir(
    consultations: Iterable[Consultation], *, personne: Utilisateur, le: datetime
) -> Iterator[AFaire]:
    """Aucun texte ne fixe son jour : il part avec les pièces du contrat (CCP, art. R. 2184-5)."""
    signees = queries.signees_sans_rapport(consultations)
    voisines([consultation for consultation, _ in signees])
    for consultation, signe_le in signees:
        devoir = ecrans.devoir(consultation, le=le)
        if devoir.exige:
            yield AFaire(
                titre="Établir le rapport de présentation",
                detail=f"{consultation.titre}, {consultation.reference}. {devoir.motif}",
                url=f"/consultations/{consultation.reference}/rapport-de-presentation/",
                geste="Établir",
                quand=f"Contrat signé le {en_toutes_lettres(signe_le)}",
                presse=False,
                echeance=le,
            )


def contrats_signes(
    consultations: list[Consultation], *, personne: Utilisateur, le: datetime
) -> list[QuerySet[Any]]:
    return [queries.signes_sans_rapport([une.pk for une in consultations])]

"""« À faire » et les relectures : ce que le juriste doit rendre, ce que l'acheteur a reçu."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import Any

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import NON_PUBLIEES
from beffroi.achat.relectures import queries
from beffroi.achat.relectures.models import Relecture
from beffroi.achat.relectures.permissions import ACTES_DU_CENTRE
from beffroi.achat.relectures.rules.delais import est_pressee
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import permet
from beffroi.socle.fondations.a_faire import AFaire
from formats import dates


def relectures_a_rendre(habilitations: Iterable[Habilitation], *, le: datetime) -> Iterator[AFaire]:
    """Celles dont personne ne s'est chargé, et les siennes, la plus pressée d'abord."""
    for relecture in chain.from_iterable(attendues(habilitations, le=le)):
        consultation = relecture.consultation
        yield AFaire(
            titre="Rendre un avis" if relecture.prise_par_id else "Relire un règlement",
            detail=f"{consultation.titre}, {consultation.organisme}",
            url=f"/cdg/relectures/{relecture.reference}/",
            geste="Continuer" if relecture.prise_par_id else "Relire",
            quand=_attendu(relecture, le=le),
            presse=est_pressee(relecture.due_le, le=le),
            echeance=relecture.due_le,
        )


def attendues(habilitations: Iterable[Habilitation], *, le: datetime) -> list[QuerySet[Relecture]]:
    juristes = [
        une.utilisateur_id for une in habilitations if permet(une, "relire", ACTES_DU_CENTRE)
    ]
    return [queries.file_d_un_juriste(juristes)] if juristes else []


def _attendu(relecture: Relecture, *, le: datetime) -> str:
    jour = dates.jour(relecture.due_le)
    return f"En retard depuis le {jour}" if relecture.due_le < le else f"Attendue avant le {jour}"


def avis_recus(
    consultations: Iterable[Consultation], *, personne: Utilisateur, le: datetime
) -> Iterator[AFaire]:
    """Le dernier avis de chaque brouillon : y répondre, corriger, ou publier."""
    avis = queries.derniers_avis(consultations)
    sans_reponse = queries.remarques_sans_reponse(avis.values())
    for consultation, rendue in avis.items():
        if rendue.rendue_le:
            yield _avis_recu(
                consultation,
                rendue,
                rendue_le=rendue.rendue_le,
                sans_reponse=sans_reponse[rendue.pk],
                le=le,
            )


def soumises(
    consultations: list[Consultation], *, personne: Utilisateur, le: datetime
) -> list[QuerySet[Any]]:
    return [queries.rendues_de([une.pk for une in consultations if une.etat in NON_PUBLIEES])]


def _avis_recu(
    consultation: Consultation,
    rendue: Relecture,
    *,
    rendue_le: datetime,
    sans_reponse: int,
    le: datetime,
) -> AFaire:
    titre, geste, suite = _suite(rendue, sans_reponse)
    return AFaire(
        titre=titre,
        detail=consultation.titre,
        url=f"/consultations/{consultation.reference}/{suite}",
        geste=geste,
        quand=f"Avis rendu le {dates.jour(rendue_le)}",
        presse=rendue.avis == Relecture.Avis.A_CORRIGER,
        echeance=consultation.date_limite_remise or le,
    )


def _suite(rendue: Relecture, sans_reponse: int) -> tuple[str, str, str]:
    lire = f"relecture/{rendue.reference}/"
    if sans_reponse:
        return (
            f"Répondre au juriste ({sans_reponse} remarque{'s' if sans_reponse > 1 else ''})",
            "Répondre",
            lire,
        )
    if rendue.avis == Relecture.Avis.A_CORRIGER:
        return "Corriger le règlement, puis le faire relire", "Lire l'avis", lire
    return "Le juriste a rendu son avis : vous pouvez publier", "Vérifier", "preparer/verifier/"

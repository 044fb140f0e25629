"""Ce que les archives reçoivent des données essentielles :
la fiche publiée de chaque contrat, et ce qui s'y est ajouté.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from beffroi.achat.consultations.models import Consultation
from beffroi.contrat.donnees_essentielles.models import FicheDeContrat
from beffroi.personnes.organismes.models import Organisme
from formats.versement import Etape, Piece, Sorte, composee


def parues(consultation: Consultation, *, le: datetime) -> list[QuerySet[FicheDeContrat]]:
    return [_parues(FicheDeContrat.objects.filter(consultation=consultation.reference))]


def pieces(consultation: Consultation, *, le: datetime) -> Iterator[Piece]:
    yield from _fiches(FicheDeContrat.objects.filter(consultation=consultation.reference))


def hors_consultation(organisme: Organisme, *, le: datetime) -> Iterator[Piece]:
    """Les fiches reprises d'un autre logiciel,
    et celles des contrats inscrits sans consultation d'ici.
    """
    yield from _fiches(FicheDeContrat.objects.filter(organisme=organisme, consultation=""))


def _parues(fiches: QuerySet[FicheDeContrat]) -> QuerySet[FicheDeContrat]:
    return fiches.filter(publiee_le__isnull=False)


def _fiches(fiches: QuerySet[FicheDeContrat]) -> Iterator[Piece]:
    for fiche in _parues(fiches).order_by("pk").prefetch_related("ajouts"):
        paru = [(fiche.numero, fiche.contenu, fiche.publiee_le)]
        paru += [
            (f"{fiche.numero}-{a.sorte}-{a.rang}", a.contenu, a.publie_le)
            for a in fiche.ajouts.all()
        ]
        for nom, contenu, date in paru:
            yield Piece(
                titre=f"Données essentielles {nom}",
                sorte=Sorte.DONNEES,
                etape=Etape.EXECUTION,
                nom=f"donnees-essentielles-{nom}.json",
                ouvrir=composee(contenu.encode),
                le=date,
                sujet=fiche.reference,
                contrat=fiche.contrat,
            )

"""Relire la part de la nuit : une fois par nuit, et le journal retient ce qui a été lu, et ce qui est abîmé."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from beffroi.archives import veille
from beffroi.journal.acteurs import PLATEFORME
from beffroi.journal.models import Ecriture
from beffroi.journal.queries import histoire
from beffroi.journal.services import journaliser
from beffroi.socle.stockage import empreinte_gardee
from droit.calendrier.heures import PARIS


def veiller(*, maintenant: datetime) -> list[veille.Abime]:
    """Lit hors de toute transaction : un gros fichier se relit lentement. Une seconde ronde de la nuit ne relit rien."""
    jour = maintenant.astimezone(PARIS).date()
    if histoire(veille.sujet_du(jour)).exists():
        return []
    part, lus, abimes = veille.part_du(jour), 0, list[veille.Abime]()
    for consultation, piece in veille.objets_de(part, le=maintenant):
        lue = empreinte_gardee(piece.cle)
        lus += 1
        if lue != piece.sha256:
            abimes.append(
                veille.Abime(
                    consultation=consultation.reference,
                    titre=piece.titre,
                    cle=piece.cle,
                    attendue=piece.sha256,
                    lue=lue,
                )
            )
    _inscrire(part, lus, abimes, sujet=veille.sujet_du(jour), le=maintenant)
    return abimes


@transaction.atomic
def _inscrire(part: int, lus: int, abimes: list[veille.Abime], *, sujet: str, le: datetime) -> Ecriture:
    donnees = {"part": part, "lus": lus, "abimes": [asdict(un) for un in abimes]}
    return journaliser(veille.ACTE, sujet=sujet, par=PLATEFORME, le=le, donnees=donnees)

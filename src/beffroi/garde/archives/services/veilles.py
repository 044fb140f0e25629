"""Relire la part de la nuit : une fois par nuit.

Le journal retient ce qui a été lu, et le centre apprend ce qui est abîmé.
"""

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from beffroi.garde.archives import courriels, gardes, veille
from beffroi.socle.fondations.stockage import empreinte_gardee
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.queries import histoire
from beffroi.socle.journal.services import journaliser
from droit.calendrier.heures import PARIS


def veiller(*, maintenant: datetime) -> list[veille.Abime]:
    """Lit hors de toute transaction : un gros fichier se relit lentement.

    Une seconde ronde de la nuit ne relit rien.
    """
    jour = maintenant.astimezone(PARIS).date()
    if histoire(veille.sujet_du(jour)).exists():
        return []
    part, connues = veille.part_du(jour), veille.empreintes_fixees()
    lus, abimes, fixees = 0, list[veille.Abime](), dict[str, str]()
    for ou, piece in veille.objets_de(part, le=maintenant):
        lue, attendue = empreinte_gardee(piece.cle), piece.sha256 or connues.get(piece.cle, "")
        lus += 1
        if lue and not attendue:
            if len(fixees) < veille.FIXEES_AU_PLUS:
                fixees[piece.cle] = lue
        elif lue != attendue or not lue:
            if not gardes.est_designee(piece.cle):
                continue
            abimes.append(
                veille.Abime(
                    consultation=ou, titre=piece.titre, cle=piece.cle, attendue=attendue, lue=lue
                )
            )
    _inscrire({"part": part, "lus": lus, "fixees": fixees}, abimes, nuit=jour, le=maintenant)
    return abimes


@transaction.atomic
def _inscrire(
    ronde: dict[str, object], abimes: list[veille.Abime], *, nuit: date, le: datetime
) -> Ecriture:
    donnees = {**ronde, "abimes": [asdict(un) for un in abimes]}
    ecriture = journaliser(
        veille.ACTE, sujet=veille.sujet_du(nuit), par=PLATEFORME, le=le, donnees=donnees
    )
    courriels.abimes_trouves(abimes, nuit=nuit, maintenant=le)
    return ecriture

"""La sortie d'un adhérent : ses jours, ses étapes, la fin de sa clause de sous-traitance."""

from datetime import date, datetime

from beffroi.centre.conventions.services import fin
from beffroi.centre.conventions.tests import gestes
from beffroi.garde.conformite.services.sous_traitance import Issue, finir_la_sous_traitance
from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.socle.journal.acteurs import PLATEFORME

FIN, ACCUSE, EFFACE = date(2027, 1, 2), date(2027, 1, 20), date(2027, 2, 1)
LE = datetime(2027, 2, 10, 10, tzinfo=LUNDI.tzinfo)


def noter(convention, etape, jour):
    if etape == "efface_le":
        gestes.effacee(convention, jour, maintenant=LE)
        return
    fin.noter_une_etape(
        convention=convention, etape=etape, le=jour, fichier=None, par=PLATEFORME, maintenant=LE
    )


def finir(convention, **dite):
    issue = Issue(**{"finie_le": EFFACE, "sort": "effacees", **dite})
    return finir_la_sous_traitance(
        convention=convention, issue=issue, par=PLATEFORME, maintenant=LE
    )

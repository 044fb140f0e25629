"""Ouvrir ce qui suit l'appel de janvier :
il se fige, se calcule, se valide à deux et s'émet comme lui.
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from beffroi.centre.contributions import queries, suites
from beffroi.centre.contributions.models import Exercice
from beffroi.centre.tarif.rules.suites import peut_completer, peut_regulariser
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat, exiger
from beffroi.socle.journal.services import journaliser
from formats.dates import PARIS


@transaction.atomic
def completer(*, annee: int, par: Utilisateur, maintenant: datetime) -> Exercice:
    """L'appel de ceux que celui de janvier n'a pas eus :
    une adhésion depuis, un effectif déclaré depuis.
    """
    dernier = queries.dernier_exercice(annee)
    a_appeler = [une for une in suites.a_appeler(annee, dernier.parametres) if une.peut_s_appeler]
    exiger(
        peut_completer(
            annee=annee, dernier_est_emis=dernier.emis_le is not None, a_appeler=len(a_appeler)
        )
    )
    return _ouvrir(dernier, Exercice.Sorte.COMPLEMENT, par=par, maintenant=maintenant)


@transaction.atomic
def regulariser(*, annee: int, par: Utilisateur, maintenant: datetime) -> Exercice:
    """L'année finie, son compte remplace l'estimation : un appel complémentaire, ou un avoir."""
    dernier = queries.dernier_exercice(annee)
    exiger(
        peut_regulariser(
            annee=annee,
            aujourd_hui=maintenant.astimezone(PARIS).date(),
            dernier_est_emis=dernier.emis_le is not None,
            a_regulariser=len(suites.a_regulariser(dernier)),
        )
    )
    return _ouvrir(dernier, Exercice.Sorte.REGULARISATION, par=par, maintenant=maintenant)


def _ouvrir(dernier: Exercice, sorte: str, *, par: Utilisateur, maintenant: datetime) -> Exercice:
    try:
        with transaction.atomic():
            exercice = Exercice.objects.create(
                annee=dernier.annee,
                rang=dernier.rang + 1,
                sorte=sorte,
                ouvert_par=par,
                ouvert_le=maintenant,
            )
    except IntegrityError as doublon:
        raise ConflitEtat("Une autre personne vient de l'ouvrir. Rechargez la page.") from doublon
    donnees = {"sorte": exercice.sorte}
    journaliser(
        "exercice.ouvrir_une_suite",
        sujet=exercice.reference,
        par=par.acteur,
        le=maintenant,
        donnees=donnees,
    )
    return exercice

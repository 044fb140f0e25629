"""Finir la clause de sous-traitance d'un adhérent parti :
un acte, après la remise et l'effacement.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.queries import consultations_en_cours, denonciation_en_cours
from beffroi.centre.conventions.states import Etat
from beffroi.garde.conformite.models import FinDeSousTraitance
from beffroi.garde.conformite.ports import encore_gardees
from beffroi.garde.conformite.queries import fin_de_sous_traitance
from beffroi.garde.conformite.rules.sous_traitance import Sortie, peut_finir
from beffroi.socle.fondations.erreurs import ConflitEtat, exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser
from formats.dates import PARIS


@dataclass(frozen=True)
class Issue:
    """Ce que le centre constate : le jour, et ce que les données sont devenues."""

    finie_le: date
    sort: str
    texte: str = ""


@transaction.atomic
def finir_la_sous_traitance(
    *, convention: Convention, issue: Issue, par: Acteur, maintenant: datetime
) -> FinDeSousTraitance:
    """Les jours de la remise et de l'effacement sont ceux que le dossier
    tient : ils ne se retapent pas.
    """
    convention = verrouiller(convention, avec=("adherent__organisme",))
    if fin_de_sous_traitance(convention) is not None:
        raise ConflitEtat("La clause de sous-traitance est déjà finie : la fiche dit quand.")
    depart, tout_efface = (
        denonciation_en_cours(convention),
        issue.sort == FinDeSousTraitance.Sort.EFFACEES,
    )
    sortie = Sortie(
        fin=depart.fin_le if depart else None,
        est_close=convention.etat == Etat.CLOSE,
        en_cours=len(consultations_en_cours(convention)),
        accuse_le=depart.accuse_le if depart else None,
        efface_le=depart.efface_le if depart else None,
        gardees=encore_gardees(convention.adherent.organisme, le=maintenant) if tout_efface else 0,
    )
    jour, texte = maintenant.astimezone(PARIS).date(), "" if tout_efface else issue.texte.strip()
    exiger(
        peut_finir(
            sortie, finie_le=issue.finie_le, tout_efface=tout_efface, texte=texte, aujourd_hui=jour
        )
    )
    assert depart is not None and depart.remis_le is not None
    faits = {
        "finie_le": issue.finie_le,
        "rendues_le": depart.remis_le,
        "effacees_le": depart.efface_le,
    }
    finie = FinDeSousTraitance.objects.create(
        convention=convention,
        sort=issue.sort,
        texte=texte,
        par=par.libelle,
        notee_le=maintenant,
        **faits,
    )
    dites = {nom: le.isoformat() if le else "" for nom, le in faits.items()}
    journaliser(
        "convention.finir_la_sous_traitance",
        sujet=convention.reference,
        organisme=convention.organisme_du_journal,
        par=par,
        le=maintenant,
        donnees={**dites, "sort": issue.sort, "texte": texte},
    )
    return finie

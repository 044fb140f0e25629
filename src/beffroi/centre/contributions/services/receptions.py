"""Noter quand les adhérents ont reçu leur appel :
un seul, ou toute une liste, entière ou pas du tout.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from django.db import transaction

from beffroi.centre.contributions.documents import numero_d_appel
from beffroi.centre.contributions.models import Contribution, Exercice
from beffroi.centre.tarif.rules.reception import Dite, peut_etre_recu
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller, verrouiller_ensemble
from beffroi.socle.journal.services import journaliser
from droit.decision import Decision, Motif
from formats.dates import PARIS


@transaction.atomic
def noter_la_reception(
    *, contribution: Contribution, le: date, par: Utilisateur, maintenant: datetime
) -> Contribution:
    """Le jour où l'adhérent a reçu son appel ; l'échéance court de là.

    La même date, redite, n'écrit rien.
    """
    contribution = verrouiller(contribution, avec=("exercice",))
    exiger(_decision(contribution, le, maintenant))
    if contribution.recue_le:
        return contribution
    contribution.recue_le = le
    contribution.save(update_fields=["recue_le"])
    journaliser(
        "contribution.recevoir",
        sujet=contribution.reference,
        organisme=contribution.siret,
        par=par.acteur,
        le=maintenant,
        donnees={"recue_le": le.isoformat()},
    )
    return contribution


@transaction.atomic
def noter_des_receptions(
    *, exercice: Exercice, dites: Iterable[Dite], par: Utilisateur, maintenant: datetime
) -> list[Contribution]:
    """Toute la liste, ou rien : chaque ligne qui ne va pas est dite, avec son rang.

    Rend celles qui viennent d'être notées.
    """
    dites = list(dites)
    emises = exercice.contributions.filter(emise_le__isnull=False).select_related("exercice")
    par_numero = {numero_d_appel(contribution): contribution for contribution in emises}
    nommees = [par_numero[dite.numero] for dite in dites if dite.numero in par_numero]
    verrouillees = verrouiller_ensemble(nommees)
    siennes = {numero: verrouillees.get(une.pk, une) for numero, une in par_numero.items()}
    fautes = list(_fautes(dites, siennes, maintenant))
    if fautes:
        raise RegleEnfreinte(f"Rien n'est noté : {len(fautes)} à corriger.", motifs=tuple(fautes))
    notees = []
    for dite in dites:
        contribution = siennes[dite.numero]
        if contribution.recue_le is None:
            contribution.recue_le = dite.le
            notees.append(contribution)
    Contribution.objects.bulk_update(notees, ["recue_le"], batch_size=200)
    donnees = {"appels": len(notees)}
    journaliser(
        "exercice.noter_des_receptions",
        sujet=exercice.reference,
        par=par.acteur,
        le=maintenant,
        donnees=donnees,
    )
    return notees


def _fautes(
    dites: list[Dite], siennes: dict[str, Contribution], maintenant: datetime
) -> Iterator[Motif]:
    vues: dict[str, date | None] = {}
    for dite in dites:
        contribution = siennes.get(dite.numero)
        if dite.faute or dite.le is None:
            yield Motif(f"Ligne {dite.rang} : {dite.faute}.")
        elif contribution is None:
            yield Motif(
                f"Ligne {dite.rang} : aucun appel de cet exercice n'a le numéro « "
                f"{dite.numero[:40]} »."
            )
        elif vues.setdefault(dite.numero, dite.le) != dite.le:
            yield Motif(f"Ligne {dite.rang} : {dite.numero} est nommé deux fois, à deux dates.")
        else:
            yield from (
                Motif(f"Ligne {dite.rang}, {contribution.nom} : {motif.texte}")
                for motif in _decision(contribution, dite.le, maintenant).motifs
            )


def _decision(contribution: Contribution, le: date, maintenant: datetime) -> Decision:
    emise_le = contribution.emise_le
    return peut_etre_recu(
        emis_le=emise_le.astimezone(PARIS).date() if emise_le else None,
        le=le,
        aujourd_hui=maintenant.astimezone(PARIS).date(),
        deja=contribution.recue_le,
    )

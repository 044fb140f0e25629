"""Annuler une réunion convoquée, ou la reporter : chacun l'apprend, rien ne s'efface."""

from datetime import datetime

from django.db import transaction

from beffroi.choix.commissions import courriels, queries, rules
from beffroi.choix.commissions.models import Annulation, Reunion
from beffroi.choix.commissions.services.commissions import noter
from beffroi.choix.commissions.services.reunions import (
    Affaire,
    ProjetDeReunion,
    preparer_une_reunion,
)
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat, exiger
from beffroi.socle.fondations.verrous import verrouiller


@transaction.atomic
def annuler(
    *,
    reunion: Reunion,
    motif: str,
    par: Utilisateur,
    maintenant: datetime,
    reportee_au: datetime | None = None,
) -> Annulation:
    """Garde la réunion, dit pourquoi elle ne se tient pas, l'écrit à chacun.

    Reportée, la suivante attend d'être convoquée.
    """
    # La commission d'abord, comme qui prépare une réunion : deux actes ne s'attendent pas en rond.
    commission = verrouiller(reunion.commission, avec=("organisme",))
    reunion = verrouiller(reunion, avec=("commission__organisme",))
    if reunion.close_le or reunion.annulee:
        raise ConflitEtat("Cette réunion est déjà close, ou annulée : elle ne change plus.")
    votes = reunion.points.filter(deliberations__isnull=False).exists()
    faits = rules.FaitsDAnnulation(
        convoquee=reunion.convoquee_le is not None,
        votes=votes,
        motif=motif,
        reportee_au=reportee_au,
        maintenant=maintenant,
    )
    exiger(rules.peut_etre_annulee(faits))
    suivante = (
        _reporter(reunion, reportee_au, par=par, maintenant=maintenant) if reportee_au else None
    )
    annulation = Annulation.objects.create(
        reunion=reunion,
        motif=motif.strip(),
        reportee_en=suivante,
        annulee_le=maintenant,
        annulee_par=par,
    )
    reunion.version += 1
    reunion.save(update_fields=["version"])
    donnees = {"motif": annulation.motif, "reportee_en": suivante.reference if suivante else ""}
    noter(
        "annuler_la_reunion",
        commission,
        par=par,
        le=maintenant,
        sujet=reunion.reference,
        donnees=donnees,
    )
    membres = [siege.membre for siege in queries.sieges_de(reunion)]
    courriels.annuler(annulation, membres, maintenant=maintenant)
    return annulation


def _reporter(
    reunion: Reunion, prevue_le: datetime, *, par: Utilisateur, maintenant: datetime
) -> Reunion:
    """Le même lieu, le même ordre du jour, un autre jour :
    relue, puis convoquée comme une autre.
    """
    projet = ProjetDeReunion(
        prevue_le=prevue_le,
        lieu=reunion.lieu,
        affaires=[Affaire(p.consultation, p.lot, p.objet) for p in queries.points_de(reunion)],
        a_distance=reunion.a_distance,
        suite_de=reunion.suite_de,
    )
    return preparer_une_reunion(
        commission=reunion.commission, projet=projet, par=par, maintenant=maintenant
    )

"""Dire, avant d'ouvrir, si deux équipes d'une même entreprise font un seul soumissionnaire."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots import services as depots
from beffroi.reponse.depots.models import Pli
from beffroi.seance.ouverture.models import Seance
from beffroi.seance.ouverture.services.dernieres import EN_COURS, accueillir_les_dernieres
from beffroi.seance.ouverture.services.table import (
    exiger_etat,
    exiger_la_presidence,
    place_a_table,
)
from beffroi.seance.ouverture.states import EtatDeSeance
from beffroi.socle.fondations.verrous import verrouiller

EN_QUESTION = (EtatDeSeance.PREPAREE, *EN_COURS)


@transaction.atomic
def dire_les_soumissionnaires(
    *,
    seance: Seance,
    plis: Sequence[Pli],
    un_seul: bool,
    motif: str,
    par: Utilisateur,
    maintenant: datetime,
) -> None:
    """Qui préside tranche avant d'ouvrir. Une réponse reçue à temps et inscrite après
    l'installation peut poser la question : ce qui n'est plus proposé quitte alors la séance.
    """
    seance = verrouiller(seance)
    exiger_la_presidence(seance, par)
    place_a_table(seance, par)
    exiger_etat(seance, *EN_QUESTION)
    depots.dire_les_soumissionnaires(
        plis=plis, un_seul=un_seul, motif=motif, par=par, maintenant=maintenant
    )
    accueillir_les_dernieres(seance=seance, maintenant=maintenant)

"""Ce que la frise d'une réponse dit des écrans montrés : l'accord, l'agent venu, la fin.

Ni nom, ni rien de vu.
"""

from datetime import datetime

from django.db.models import Q, QuerySet

from beffroi.reponse.depots.models import BrouillonDeReponse
from beffroi.reponse.traces.ports import Fait
from beffroi.service.assistance.depot_en_question import demandes_pour
from beffroi.service.teleassistance.models import Partage
from beffroi.service.teleassistance.rules import APRES_L_HEURE_LIMITE


def partages_de(brouillon: BrouillonDeReponse) -> list[Fait]:
    faits = []
    for partage in _siens(brouillon):
        faits.append(
            Fait(partage.consenti_le, "Téléassistance : accord donné pour montrer son écran")
        )
        if partage.rejoint_le:
            faits.append(
                Fait(partage.rejoint_le, "Téléassistance : un agent du centre de gestion est là")
            )
        if partage.montre_le:
            faits.append(Fait(partage.montre_le, "Téléassistance : écran montré"))
        if partage.fini_le:
            par = f"par {partage.get_fini_par_display().lower()}"
            faits.append(
                Fait(
                    partage.fini_le, "Téléassistance : fin", f"{partage.get_etat_display()}, {par}"
                )
            )
    return faits


def _siens(brouillon: BrouillonDeReponse) -> list[Partage]:
    """Ceux d'une demande sur cette réponse, et ceux de qui l'a commencée,
    s'il n'en préparait alors aucune autre ailleurs.

    Un partage ne dit pas pour quelle consultation il se fait :
    dans le doute, l'acheteur n'apprend rien d'une autre.
    """
    lies = Q(demande__in=demandes_pour(brouillon))
    seuls = Q(demande=None, personne=brouillon.commence_par)
    partages = Partage.objects.filter(lies | seuls)
    tenus = [p for p in partages if p.demande_id or _court(brouillon, p.consenti_le)]
    a_situer = any(not partage.demande_id for partage in tenus)
    ailleurs = list(_autres(brouillon)) if a_situer else []
    return [
        partage
        for partage in tenus
        if partage.demande_id or not any(_court(une, partage.consenti_le) for une in ailleurs)
    ]


def _autres(brouillon: BrouillonDeReponse) -> QuerySet[BrouillonDeReponse]:
    siennes = BrouillonDeReponse.objects.filter(commence_par=brouillon.commence_par)
    return siennes.exclude(Q(consultation=brouillon.consultation)).select_related(
        "consultation", "invitation__tour"
    )


def _court(brouillon: BrouillonDeReponse, le: datetime) -> bool:
    """De son début à une heure après l'heure limite : on dépose encore, hors délai."""
    limite = brouillon.date_limite
    return brouillon.commence_le <= le and (limite is None or le <= limite + APRES_L_HEURE_LIMITE)

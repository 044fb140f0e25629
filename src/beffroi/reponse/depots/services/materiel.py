"""Noter ce qui arrive autrement que par la plateforme."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots import rules
from beffroi.reponse.depots.events import DepotMaterielInscrit
from beffroi.reponse.depots.models import DepotMateriel
from beffroi.socle.fondations.erreurs import RegleEnfreinte, exiger
from beffroi.socle.fondations.evenements import publier
from beffroi.socle.journal.services import journaliser


@dataclass(frozen=True)
class Arrivee:
    """Ce que l'agent a sous les yeux : quoi, de qui, quand, et quelle preuve."""

    sorte: str
    deposant: str
    recu_le: datetime
    preuve: str
    lot: int | None = None
    observation: str = ""


@transaction.atomic
def enregistrer_depot_materiel(
    *, consultation: Consultation, arrivee: Arrivee, par: Utilisateur, maintenant: datetime
) -> DepotMateriel:
    """Inscrit une copie de sauvegarde,
    un échantillon ou un pli papier, avec son heure et sa preuve.

    CCP, art. R. 2132-11 à R. 2132-13 et annexe 6, art. 2.
    """
    exiger(rules.depot_materiel_est_date(recu_le=arrivee.recu_le, maintenant=maintenant))
    if arrivee.sorte not in DepotMateriel.Sorte.values:
        raise RegleEnfreinte(
            "Indiquez ce qui est arrivé : copie de sauvegarde, échantillon ou réponse papier."
        )
    if not arrivee.preuve.strip() or not arrivee.deposant.strip():
        raise RegleEnfreinte(
            "Indiquez qui a déposé, et la preuve de l'arrivée : récépissé, numéro de recommandé."
        )
    depot = DepotMateriel.objects.create(
        consultation=consultation,
        sorte=arrivee.sorte,
        deposant=arrivee.deposant.strip(),
        lot=arrivee.lot,
        recu_le=arrivee.recu_le,
        preuve=arrivee.preuve.strip(),
        observation=arrivee.observation.strip(),
        saisi_par=par,
        saisi_le=maintenant,
    )
    journaliser(
        "depot_materiel.enregistrer",
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par.acteur,
        le=maintenant,
        donnees={
            "sorte": depot.sorte,
            "deposant": depot.deposant,
            "lot": depot.lot,
            "recu_le": depot.recu_le.isoformat(),
            "preuve": depot.preuve,
            "observation": depot.observation,
        },
    )
    publier(DepotMaterielInscrit(depot))
    return depot

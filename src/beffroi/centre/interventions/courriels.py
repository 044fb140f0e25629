"""Ce qui s'écrit aux administrateurs d'un organisme :
une intervention s'ouvre chez eux, elle a fini.
"""

from datetime import datetime

from beffroi.centre.interventions import queries
from beffroi.centre.interventions.models import Intervention
from beffroi.personnes.organismes.queries import administrateurs_actifs
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.services import ecrire_a_chacun
from formats.dates import jour_et_heure_limite


def ouverte(intervention: Intervention, *, maintenant: datetime) -> None:
    sujet = f"{intervention.organisme} : le centre de gestion intervient chez vous"
    _ecrire("ouverte", intervention, sujet, maintenant=maintenant)


def close(intervention: Intervention, *, maintenant: datetime) -> None:
    sujet = f"{intervention.organisme} : l'intervention du centre de gestion a pris fin"
    _ecrire("close", intervention, sujet, maintenant=maintenant)


def _ecrire(gabarit: str, intervention: Intervention, sujet: str, *, maintenant: datetime) -> None:
    organisme = intervention.organisme
    ecrire_a_chacun(
        [une.utilisateur for une in administrateurs_actifs(organisme)],
        cle=f"intervention/{gabarit}/{intervention.reference}/",
        sujet=sujet,
        gabarit=f"interventions/courriels/{gabarit}.txt",
        contexte={
            "intervention": intervention,
            "gestes": queries.gestes_de([intervention]).get(intervention.reference, ()),
            "jusqu_au": jour_et_heure_limite(intervention.expire_le),
            "adresse": lien_vers("interventions:chez_nous", organisme.siret),
        },
        maintenant=maintenant,
    )

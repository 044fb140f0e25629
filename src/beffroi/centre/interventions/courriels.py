"""Ce qui s'écrit aux administrateurs d'un organisme :
une intervention s'ouvre chez eux, elle a fini.
"""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from beffroi.centre.interventions import queries
from beffroi.centre.interventions.models import Intervention
from beffroi.personnes.organismes.queries import administrateurs_actifs
from beffroi.socle.fondations.services import ecrire_courriel
from formats.dates import jour_et_heure_limite


def ouverte(intervention: Intervention, *, maintenant: datetime) -> None:
    sujet = f"{intervention.organisme} : le centre de gestion intervient chez vous"
    _ecrire("ouverte", intervention, sujet, maintenant=maintenant)


def close(intervention: Intervention, *, maintenant: datetime) -> None:
    sujet = f"{intervention.organisme} : l'intervention du centre de gestion a pris fin"
    _ecrire("close", intervention, sujet, maintenant=maintenant)


def _ecrire(gabarit: str, intervention: Intervention, sujet: str, *, maintenant: datetime) -> None:
    page = reverse("interventions:chez_nous", args=[intervention.organisme.siret])
    contexte = {
        "intervention": intervention,
        "gestes": queries.gestes_de([intervention]).get(intervention.reference, ()),
        "jusqu_au": jour_et_heure_limite(intervention.expire_le),
        "adresse": f"{settings.ADRESSE_PUBLIQUE}{page}",
        "service": settings.SERVICE,
    }
    texte = render_to_string(f"interventions/courriels/{gabarit}.txt", contexte)
    for habilitation in administrateurs_actifs(intervention.organisme):
        personne = habilitation.utilisateur
        cle = f"intervention/{gabarit}/{intervention.reference}/{personne.reference}"
        ecrire_courriel(
            cle=cle, destinataire=personne.courriel, sujet=sujet, texte=texte, maintenant=maintenant
        )

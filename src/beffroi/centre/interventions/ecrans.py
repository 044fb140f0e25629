"""Ce que montrent les pages :
une intervention et ses gestes, l'écran d'un organisme, la bannière d'un geste.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.forms import Form

from beffroi.centre.interventions import queries
from beffroi.centre.interventions.models import Intervention
from beffroi.centre.interventions.queries import Geste
from beffroi.centre.interventions.rules import DUREES
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.queries import attentes_de

MOTS = {
    Intervention.Cloture.FINIE: ("ok", "Finie"),
    Intervention.Cloture.EXPIREE: ("gris", "Arrivée à son heure"),
    Intervention.Cloture.ARRETEE: ("attention", "Arrêtée par l'organisme"),
}


@dataclass(frozen=True)
class Lue:
    """Une intervention telle qu'elle se lit : où elle en est, ce qui y a été fait."""

    intervention: Intervention
    gestes: Sequence[Geste]
    ouverte: bool
    ton: str
    mot: str

    @property
    def finie_le(self) -> datetime | None:
        if self.ouverte:
            return None
        return self.intervention.close_le or self.intervention.expire_le


def lues(interventions: Iterable[Intervention], *, le: datetime) -> list[Lue]:
    interventions = list(interventions)
    gestes = queries.gestes_de(interventions)
    return [
        _lue(intervention, gestes.get(intervention.reference, ()), le)
        for intervention in interventions
    ]


def sans_gestes(interventions: Iterable[Intervention], *, le: datetime) -> list[Lue]:
    """Où chacune en est, sans lire au journal ce qui y a été fait."""
    return [_lue(intervention, (), le) for intervention in interventions]


def lue(intervention: Intervention, *, le: datetime) -> Lue:
    return lues([intervention], le=le)[0]


def _lue(intervention: Intervention, gestes: Sequence[Geste], le: datetime) -> Lue:
    ouverte = intervention.est_ouverte(le)
    # Passée son heure, elle est finie, que l'ouvrier l'ait notée ou non.
    cloture = intervention.cloture or Intervention.Cloture.EXPIREE
    ton, mot = ("cours", "Ouverte") if ouverte else MOTS[Intervention.Cloture(cloture)]
    return Lue(intervention, gestes, ouverte, ton, mot)


def duree_proposee() -> int:
    """La durée que le formulaire coche : celle du réglage, si le choix l'offre."""
    minutes: int = settings.DUREE_DES_INTERVENTIONS_MIN
    return minutes if minutes in DUREES else 120


def geste(
    organisme: Organisme, form: Form | None, *, par: Utilisateur, le: datetime
) -> dict[str, Any]:
    """La page d'un geste : son formulaire, et sous quelle intervention il se ferait."""
    en_service = queries.est_en_service(organisme)
    return {
        "organisme": organisme,
        "form": form,
        "en_service": en_service,
        "en_cours": queries.en_cours(organisme, par, le) if en_service else None,
    }


def organisme(chez: Organisme, *, par: Utilisateur, le: datetime) -> dict[str, Any]:
    comptes, attentes = queries.comptes_de(chez, le), list(attentes_de(chez))
    ouvreurs = [compte for compte in comptes if compte.cle]
    return {
        **geste(chez, None, par=par, le=le),
        "comptes": comptes,
        "attentes": attentes,
        "services": queries.services_de(comptes, attentes),
        "ouvreurs": ouvreurs,
        "cles_pretes": sum(compte.cle == "prête" for compte in ouvreurs),
        "interventions": lues(queries.chez(chez)[:10], le=le),
        "coordonnees": [
            ("Adresse", " ".join(filter(None, (chez.adresse, chez.code_postal, chez.ville)))),
            ("Courriel", chez.courriel),
            ("Téléphone", chez.telephone),
            ("Données personnelles", chez.contact_donnees_personnelles),
            ("Code service Chorus Pro", chez.service_chorus),
        ],
    }

"""Les constats du moment, tels que la préparation les montre : sans règlement, sur l'achat seul."""

from datetime import datetime

from beffroi.consultations.models import Consultation
from beffroi.controles.rules import Constat, controler
from beffroi.preparation import queries as preparation
from beffroi.preparation.ports import ConstatAffiche
from beffroi.preparation.questions import adresse_du_champ
from droit.en_vigueur import Droit


def constats_de(consultation: Consultation, *, le: datetime) -> list[ConstatAffiche]:
    """Chaque écart de l'achat décrit aujourd'hui, avec la page où il se corrige."""
    achat = preparation.achat_de(consultation, le=le)
    jour = preparation.jour_de_reference(preparation.preparation_de(consultation), le)
    rapport = controler(achat, None, Droit.au(jour), le)
    return [_affiche(constat, consultation) for constat in rapport.constats]


def _affiche(constat: Constat, consultation: Consultation) -> ConstatAffiche:
    return ConstatAffiche(
        code=constat.code,
        gravite=constat.gravite.value,
        texte=constat.quoi,
        remede=constat.remede,
        source=str(constat.pourquoi.source or ""),
        url=adresse_du_champ(consultation, constat.champ),
    )

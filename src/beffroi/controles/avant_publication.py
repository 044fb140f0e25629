"""Les constats du moment, sur l'achat seul : ce que la préparation montre, ce qui empêche de publier."""

from datetime import datetime

from beffroi.consultations.models import Consultation
from beffroi.consultations.rules.publication import AVERTISSEMENT, BLOQUANT, Controle
from beffroi.controles.rules import Constat, Gravite, controler
from beffroi.preparation import queries as preparation
from beffroi.preparation.ports import ConstatAffiche
from beffroi.preparation.questions import adresse_du_champ, tache_du_champ
from beffroi.relectures.queries import passes_outre_de
from beffroi.relectures.services import empreinte_du_constat
from droit.en_vigueur import Droit


def constats_de(consultation: Consultation, *, le: datetime) -> list[ConstatAffiche]:
    """Chaque écart de l'achat décrit aujourd'hui, avec la page où il se corrige."""
    return [_affiche(constat, consultation) for constat in _restants(consultation, le=le)]


def ecarts_avant_publication(consultation: Consultation, *, le: datetime) -> list[Controle]:
    """Les mêmes, pour la page « Vérifier » et pour l'acte de publier.

    Une consultation née avant les questions n'a pas de préparation : elle suit les règles du jour de sa naissance. Un achat
    gelé est déjà publié : il n'y a plus rien à empêcher.
    """
    preparee = preparation.preparation_de(consultation)
    if preparee.pk is None or preparee.achat_gele:
        return []
    return [
        Controle(
            BLOQUANT if constat.bloque else AVERTISSEMENT,
            f"{constat.quoi} {constat.remede}",
            tache_du_champ(constat.champ),
            f"{constat.code}, {constat.pourquoi.source}" if constat.pourquoi.source else constat.code,
        )
        for constat in _restants(consultation, le=le)
        if constat.gravite is not Gravite.INFORMATION
    ]


def _restants(consultation: Consultation, *, le: datetime) -> list[Constat]:
    """Les écarts que l'acheteur n'a pas gardés en disant pourquoi, les plus graves d'abord."""
    achat = preparation.achat_de(consultation, le=le)
    jour = preparation.jour_de_reference(preparation.preparation_de(consultation), le)
    gardes = passes_outre_de(consultation)
    rapport = controler(achat, None, Droit.au(jour), le)
    return [c for c in rapport.par_gravite if empreinte_du_constat(c.code, c.quoi) not in gardes]


def _affiche(constat: Constat, consultation: Consultation) -> ConstatAffiche:
    return ConstatAffiche(
        code=constat.code,
        gravite=constat.gravite.value,
        texte=constat.quoi,
        remede=constat.remede,
        source=str(constat.pourquoi.source or ""),
        url=adresse_du_champ(consultation, constat.champ),
    )

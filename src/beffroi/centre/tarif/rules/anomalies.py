"""Ce qu'une personne regarde avant de valider :
ce qui est à vérifier d'abord, puis ce qu'il est bon de savoir.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from beffroi.centre.tarif.rules.contribution import BORNES_COMMUNES
from droit.dates import en_toutes_lettres
from formats.sommes import en_euros


@dataclass(frozen=True)
class Anomalie:
    """Un mot, ce qu'il faut en savoir, et s'il retient la validation."""

    code: str
    mot: str
    precision: str
    est_a_verifier: bool = False


@dataclass(frozen=True)
class Ligne:
    """Ce qu'on regarde d'une contribution : ses entrées, sa tranche, et celle de l'an passé."""

    agents: int | None
    seuil: int
    volume: int
    source_du_volume: str
    effectif_a_verifier: str = ""
    tranche: int | None = None
    premier_de_la_tranche: int | None = None
    est_payante: bool = False
    tranche_d_avant: int | None = None
    effet: date | None = None
    fin: date | None = None
    fin_pour_impaye: bool = False
    # Ce que des avoirs ont déjà rendu pour une erreur,
    # quand la ligne régularise l'appel qu'ils corrigent.
    corrige: Decimal | None = None


def anomalies(ligne: Ligne) -> tuple[Anomalie, ...]:
    """Ce qui retient la validation vient d'abord."""
    toutes = [
        *_de_l_effectif(ligne),
        *_du_volume(ligne),
        *_de_la_periode(ligne),
        *_de_la_correction(ligne),
    ]
    return tuple(sorted(toutes, key=lambda anomalie: not anomalie.est_a_verifier))


def _de_l_effectif(ligne: Ligne) -> Iterator[Anomalie]:
    if ligne.agents is None:
        yield Anomalie(
            "sans_effectif",
            "Effectif jamais déclaré",
            ligne.effectif_a_verifier or "non appelé, à relancer",
            est_a_verifier=True,
        )
    elif ligne.agents == ligne.seuil:
        suite = "payant" if ligne.est_payante else "gratuit"
        yield Anomalie(
            "au_seuil",
            f"Exactement {ligne.seuil} agents",
            f"{suite} par règle, à confirmer",
            est_a_verifier=True,
        )
    if ligne.effectif_a_verifier and ligne.agents is not None:
        yield Anomalie(
            "effectif", "Effectif à vérifier", ligne.effectif_a_verifier, est_a_verifier=True
        )


def _du_volume(ligne: Ligne) -> Iterator[Anomalie]:
    if not ligne.est_payante or ligne.tranche is None:
        return
    borne = ligne.premier_de_la_tranche
    if ligne.source_du_volume in {"compte", "constate"} and borne and ligne.volume == borne:
        yield Anomalie(
            "a_une_unite",
            "À une unité de la borne",
            f"relire les {ligne.volume} consultations",
            est_a_verifier=True,
        )
    if ligne.volume in BORNES_COMMUNES:
        yield Anomalie("borne", "Borne appliquée", f"{ligne.volume} va en tranche {ligne.tranche}")
    if ligne.tranche_d_avant and ligne.tranche_d_avant != ligne.tranche:
        yield Anomalie("change", "Change de tranche", f"tranche {ligne.tranche_d_avant} l'an passé")


def _de_la_periode(ligne: Ligne) -> Iterator[Anomalie]:
    if ligne.effet:
        yield Anomalie(
            "adhesion", "Nouvelle adhésion", f"effet au {en_toutes_lettres(ligne.effet)}"
        )
    if ligne.fin:
        cause = "pour impayé" if ligne.fin_pour_impaye else "dénoncée"
        yield Anomalie(
            "depart", "Part en cours d'année", f"{cause}, au {en_toutes_lettres(ligne.fin)}"
        )


def _de_la_correction(ligne: Ligne) -> Iterator[Anomalie]:
    if ligne.corrige:
        precision = f"{en_euros(ligne.corrige)} déjà rendus réduisent ce qui est dû, à confirmer"
        yield Anomalie("erreur_rendue", "Erreur déjà rendue", precision, est_a_verifier=True)

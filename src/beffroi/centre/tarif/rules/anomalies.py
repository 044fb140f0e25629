"""Ce qu'une personne regarde avant de valider :
ce qui est à vérifier d'abord, puis ce qu'il est bon de savoir.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from beffroi.centre.tarif.rules.contribution import BORNES_COMMUNES
from beffroi.centre.tarif.rules.presomption import Presomption
from droit.dates import en_toutes_lettres
from formats.sommes import en_euros

MOTS = {
    "sans_population": "Pas de population pour présumer",
    "population_inconnue": "Population inconnue",
    "juste_au_dessus": "Juste au-dessus du seuil",
    "au_dessus": "Effectif inconnu, au-dessus du seuil",
}


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
    # Sans effectif : ce que la population permet de présumer, et sinon pourquoi non.
    presomption: Presomption | None = None
    # L'effectif est ancien, et la population ne le dément pas.
    population_confirme: bool = False
    sans_piece: bool = False


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
        yield _sans_effectif(ligne)
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
            "effectif",
            "Effectif à vérifier",
            ligne.effectif_a_verifier,
            est_a_verifier=not ligne.population_confirme,
        )
    if ligne.sans_piece and ligne.est_payante:
        yield Anomalie(
            "sans_piece", "Effectif non justifié", "aucun document joint", est_a_verifier=True
        )


def _sans_effectif(ligne: Ligne) -> Anomalie:
    """Présumé, il ne retient rien ; sinon, une personne décide, et lit ce qui manque."""
    presume = ligne.presomption
    pourquoi = presume.motif.texte if presume and presume.motif else ""
    if presume and presume.est_presumee:
        return Anomalie("presume", "Présumé", pourquoi)
    mot = MOTS[presume.issue] if presume and presume.issue in MOTS else "Effectif jamais déclaré"
    precision = pourquoi or ligne.effectif_a_verifier or "non appelé, à relancer"
    return Anomalie("sans_effectif", mot, precision, est_a_verifier=True)


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
    """Un prorata se relit quand il fait payer."""
    if ligne.effet:
        yield Anomalie(
            "adhesion",
            "Nouvelle adhésion",
            f"effet au {en_toutes_lettres(ligne.effet)}",
            est_a_verifier=ligne.est_payante,
        )
    if ligne.fin:
        cause = "pour impayé" if ligne.fin_pour_impaye else "dénoncée"
        yield Anomalie(
            "depart",
            "Part en cours d'année",
            f"{cause}, au {en_toutes_lettres(ligne.fin)}",
            est_a_verifier=ligne.est_payante,
        )


def _de_la_correction(ligne: Ligne) -> Iterator[Anomalie]:
    if ligne.corrige:
        precision = f"{en_euros(ligne.corrige)} déjà rendus réduisent ce qui est dû, à confirmer"
        yield Anomalie("erreur_rendue", "Erreur déjà rendue", precision, est_a_verifier=True)

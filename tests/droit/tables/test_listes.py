"""Listes de valeurs des données essentielles :
celles du schéma officiel, comparées au schéma lui-même s'il est là.
"""

import json
from datetime import date

import pytest

from formats.tests.normes import NORMES
from tests.droit.bornes import INCONNUE, bascule

LUES_LE = date(2026, 11, 24)
SCHEMA = NORMES / "decp" / "schemas" / "schema_decp_v2.0.3.json"
LISTES = {
    "liste.ccag": 7,
    "liste.natures_de_marche": 3,
    "liste.natures_de_concession": 4,
    "liste.procedures_de_marche": 6,
    "liste.procedures_de_concession": 4,
    "liste.techniques_d_achat": 7,
    "liste.modalites_d_execution": 4,
    "liste.formes_de_prix": 3,
    "liste.types_de_prix": 4,
    "liste.groupements": 3,
    "liste.considerations_sociales": 4,
    "liste.considerations_environnementales": 3,
    "liste.identifiants_de_titulaire": 7,
    "liste.codes_de_lieu": 7,
}


def enumerations(noeud) -> set[tuple[str, ...]]:
    """Toutes les listes fermées du schéma, où qu'elles soient."""
    if isinstance(noeud, list):
        return set().union(*map(enumerations, noeud))
    if not isinstance(noeud, dict):
        return set()
    ici = {tuple(noeud["enum"])} if isinstance(noeud.get("enum"), list) else set()
    return ici.union(*map(enumerations, noeud.values()))


@pytest.mark.parametrize(("cle", "nombre"), LISTES.items())
def test_la_liste_est_entiere_et_sans_doublon(cle, nombre):
    avant, liste = bascule(cle, LUES_LE)

    assert avant == INCONNUE
    assert len(set(liste)) == len(liste) == nombre


@pytest.mark.skipif(
    not SCHEMA.exists(), reason="le schéma officiel n'est pas là (BEFFROI_TEST_STANDARDS)"
)
@pytest.mark.parametrize("cle", LISTES)
def test_elle_est_mot_pour_mot_celle_du_schema(cle):
    officielles = enumerations(json.loads(SCHEMA.read_text("utf-8")))

    assert bascule(cle, LUES_LE)[1] in officielles

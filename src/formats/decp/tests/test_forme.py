"""Un champ corrompu, et un seul : le contrat est refusé, et le champ nommé.

La corruption est tirée de tout le format.
"""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formats.decp import lire
from formats.decp.arbre import imprimable
from formats.decp.champs import LISTES, Sorte, Structure
from formats.decp.officiel import SCHEMA_JSON, verifier_le_json
from formats.decp.tests import exemples
from formats.tests.normes import NORMES

INVALIDES = NORMES / "decp" / "invalides"
DOCUMENT = exemples.document()
# Ce que chaque dossier d'exemples invalides doit faire nommer.
REFUS = {
    "marches_avec_modifications_types-incorrects.json": {"attributionAvance", "marcheInnovant"},
    "un-valide-un-invalide.json": {"marcheInnovant"},
}
FAUX = {
    Sorte.TEXTE: [12, True, "\x00", ["a"]],
    Sorte.CODE: ["Autre", 3, "", ["Marché"]],
    Sorte.ENTIER: ["3", 0, -1, True, 2.5],
    Sorte.NOMBRE: ["3", -1, True, {}],
    Sorte.BOOLEEN: ["non", 1, 0, "true"],
    Sorte.DATE: ["02/11/2026", "2026-02-30", "2026-11-02T00:00", 20261102, ""],
    Sorte.ORGANISME: [{"id": "123"}, {"id": 21620178000014}, {}, "21620178000014"],
    Sorte.VALEURS: [[], {}, "Sans objet", ["Sans objet"]],
    Sorte.OBJET: [[], "x", {}],
    Sorte.TABLE: [{}, "x", [{}], [{"autre": {}}]],
}


def _places(objet: dict, structure: Structure, chemin: str) -> list:
    """Chaque champ rempli de ce contrat : où il est, son nom, ce qu'il est."""
    trouves = []
    for champ in structure.champs:
        if champ.nom not in objet:
            continue
        ou = f"{chemin}.{champ.nom}" if chemin else champ.nom
        trouves.append((objet, ou, champ))
        if champ.sorte is Sorte.OBJET:
            trouves += _places(objet[champ.nom], champ.structure, ou)
        if champ.sorte is Sorte.TABLE:
            for rang, ligne in enumerate(objet[champ.nom], start=1):
                trouves += _places(
                    ligne[champ.enveloppe], champ.structure, f"{ou}[{rang}].{champ.enveloppe}"
                )
    return trouves


def _toutes(document: dict) -> list:
    return [
        place
        for nom, structure, _mot in LISTES
        for contrat in document["marches"][nom]
        for place in _places(contrat, structure, "")
    ]


PLACES = range(len(_toutes(DOCUMENT)))


def _champs_refuses(document: dict) -> set[str]:
    return {defaut.champ for defaut in lire(json.dumps(document).encode()).defauts}


def _nomme(refuses: set[str], ou: str) -> bool:
    return any(champ == ou or champ.startswith((f"{ou}.", f"{ou}[")) for champ in refuses)


@given(place=st.sampled_from(PLACES), tirage=st.data())
def test_un_champ_corrompu_est_refuse_et_nomme(place, tirage):
    document = copy.deepcopy(DOCUMENT)
    objet, ou, champ = _toutes(document)[place]
    objet[champ.nom] = tirage.draw(st.sampled_from(FAUX[champ.sorte]))

    assert _nomme(_champs_refuses(document), ou)


@given(place=st.sampled_from(PLACES), tirage=st.data())
def test_un_champ_exige_et_retire_est_nomme(place, tirage):
    document = copy.deepcopy(DOCUMENT)
    objet, ou, champ = _toutes(document)[place]
    del objet[champ.nom]

    assert (
        (_champs_refuses(document) == {ou})
        if champ.obligatoire
        else (_champs_refuses(document) == set())
    )


@given(place=st.sampled_from(PLACES), nom=st.text(st.characters(), min_size=1, max_size=20))
def test_un_champ_hors_du_format_est_nomme(place, nom):
    document = copy.deepcopy(DOCUMENT)
    objet, ou, champ = _toutes(document)[place]
    connus = set(objet)
    objet.setdefault(f"_{nom}", 1)

    assert connus < set(objet)
    assert _champs_refuses(document) == {imprimable(f"{ou.removesuffix(champ.nom)}_{nom}")}


def test_le_corpus_des_corruptions_couvre_tout_le_format():
    assert len(PLACES) == 86 and {champ.sorte for _objet, _ou, champ in _toutes(DOCUMENT)} == set(
        Sorte
    )


@pytest.mark.skipif(
    not INVALIDES.exists(), reason=f"les exemples invalides ne sont pas là ({INVALIDES})"
)
@pytest.mark.parametrize("nom", REFUS)
def test_un_exemple_invalide_est_refuse_le_champ_nomme(nom):
    brut = json.loads((INVALIDES / nom).read_bytes())

    assert REFUS[nom] <= _champs_refuses(brut)
    officiels = {defaut.champ for defaut in verifier_le_json(brut, NORMES / SCHEMA_JSON)}
    assert REFUS[nom] <= officiels


def test_un_objet_trop_long_dit_de_combien():
    document = copy.deepcopy(DOCUMENT)
    document["marches"]["marche"][0]["objet"] = "a" * 1001
    [defaut] = lire(json.dumps(document).encode()).defauts

    assert str(defaut) == (
        "Marché 2026001 : objet. Ce texte a 1001 caractères. Il en faut 1000 au plus. "
        "(format national 2.0.3)"
    )


def test_un_numero_de_dix_sept_caracteres_est_refuse():
    document = copy.deepcopy(DOCUMENT)
    document["marches"]["marche"][0]["id"] = "1" * 17

    assert _champs_refuses(document) == {"id"}


def test_un_null_la_ou_la_documentation_le_demande_se_lit_sans_refus():
    document = copy.deepcopy(DOCUMENT)
    document["marches"]["marche"][0] |= {"origineUE": None, "origineFrance": None}
    lu = lire(json.dumps(document).encode())

    assert [defaut.est_une_erreur for defaut in lu.defauts] == [False, False]
    assert lu.paquet.marches[0].origine_ue is None

"""L'inventaire : les mêmes composants donnent les mêmes octets, chaque relation mène à un."""

import json

from formats.cyclonedx import Composant, Licence, inventaire

PRODUIT = Composant(
    "maison",
    "1.0",
    "pkg:generic/maison@1.0",
    sorte="application",
    licence=Licence("EUPL-1.2", est_spdx=True),
    demande=("pkg:pypi/tuile@2.1",),
)
TUILE = Composant(
    "tuile",
    "2.1",
    "pkg:pypi/tuile@2.1",
    licence=Licence("Licence de la tuile", est_spdx=False),
    empreintes=(("SHA-256", "b" * 64), ("SHA-256", "a" * 64)),
    demande=("pkg:pypi/argile@3",),
)
ARGILE = Composant("argile", "3", "pkg:pypi/argile@3", condition="sys_platform == 'win32'")


def lu(*composants) -> dict:
    return json.loads(inventaire(PRODUIT, composants))


def test_les_memes_composants_donnent_les_memes_octets_dans_tout_ordre():
    assert inventaire(PRODUIT, [TUILE, ARGILE]) == inventaire(PRODUIT, [ARGILE, TUILE])


def test_le_numero_de_serie_suit_le_contenu():
    assert lu(TUILE)["serialNumber"] != lu(TUILE, ARGILE)["serialNumber"]


def test_les_relations_se_suivent_du_produit_a_la_derniere():
    assert {un["ref"]: un["dependsOn"] for un in lu(TUILE, ARGILE)["dependencies"]} == {
        "pkg:generic/maison@1.0": ["pkg:pypi/tuile@2.1"],
        "pkg:pypi/tuile@2.1": ["pkg:pypi/argile@3"],
        "pkg:pypi/argile@3": [],
    }


def test_une_licence_est_une_expression_spdx_ou_le_nom_que_l_auteur_lui_donne():
    assert lu(TUILE)["metadata"]["component"]["licenses"] == [{"expression": "EUPL-1.2"}]
    assert lu(TUILE)["components"][0]["licenses"] == [{"license": {"name": "Licence de la tuile"}}]


def test_chaque_empreinte_admise_est_celle_d_une_distribution():
    (distribution,) = lu(TUILE)["components"][0]["externalReferences"]

    assert distribution["type"] == "distribution"
    assert [une["content"][0] for une in distribution["hashes"]] == ["a", "b"]


def test_ce_qui_ne_s_installe_pas_partout_est_facultatif_et_dit_ou():
    (argile,) = lu(ARGILE)["components"]

    assert argile["scope"] == "optional"
    assert argile["properties"] == [
        {"name": "beffroi:condition", "value": "sys_platform == 'win32'"}
    ]

"""Ce que chaque contexte branche dans la maison :
tout se résout, et chaque ordre est dit en entier.
"""

from pathlib import Path

import pytest
from django.apps import apps

from beffroi.faces.portail.navigation import est_servie
from beffroi.socle.fondations import prises
from beffroi.socle.fondations.menus import Menu, Pied
from beffroi.socle.fondations.ports import offerts

# Là où l'ordre compte, une prise et une seule commence :
# l'ordre d'`INSTALLED_APPS` n'en décide pas.
RANGEES = {
    "a_faire": lambda un: un.a_faire,
    "suites": lambda un: un.suites,
    "pieces_a_archiver": lambda un: un.pieces_a_archiver,
    "pieces_hors_consultation": lambda un: un.pieces_hors_consultation,
    "espace_d_entreprise": lambda un: un.espace_d_entreprise,
    "aides": lambda un: un.aides,
    "ecrans_a_montrer": lambda un: un.ecrans_a_montrer,
    **{
        f"menu {menu}": lambda un, menu=menu: [
            e for e in un.menus if e.menu == menu and not e.au_bout
        ]
        for menu in Menu
    },
    **{
        f"pied {pied.name}": lambda un, pied=pied: [lien for lien in un.pied if lien.pied == pied]
        for pied in Pied
    },
}


@pytest.mark.parametrize("sorte", RANGEES)
def test_un_ordre_n_a_qu_un_debut(sorte):
    assert [prise.apres for prise in prises.rangees(RANGEES[sorte])].count("") == 1


@pytest.mark.parametrize("prendre", [lambda un: un.menus, lambda un: un.pied])
def test_une_entree_de_menu_mene_a_une_page_du_service(prendre):
    assert [entree.url for entree in prises.lues(prendre) if not est_servie(entree.url)] == []


def test_un_acte_demande_par_une_prise_est_dans_la_table_de_son_contexte():
    demandes = [
        prise.permis
        for prise in prises.lues(lambda un: [*un.a_faire, *un.menus])
        if getattr(prise, "permis", None)
    ]

    assert demandes
    assert [acte for acte, table in demandes if acte not in table] == []


@pytest.mark.parametrize("port", sorted(offerts().keys() - {"socle.HeureDeLEcole"}))
def test_un_port_offert_est_attendu_par_le_contexte_dont_il_porte_le_nom(port):
    attend = Path(apps.get_app_config(port.partition(".")[0]).path)
    siens = (fichier for fichier in attend.glob("*.py") if fichier.name != "prises.py")

    assert any(f'("{port}"' in fichier.read_text("utf-8") for fichier in siens)


def test_un_contexte_qui_declare_des_prises_en_a():
    assert [
        contexte for contexte, siennes in prises.declarees() if siennes == prises.Prises()
    ] == []

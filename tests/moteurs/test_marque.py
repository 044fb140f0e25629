"""Ce qui se rejoue sur PostgreSQL, et les seuls fichiers qu'il faut lire pour le savoir."""

from pathlib import Path

import pytest

from beffroi.commandes.outillage.series import AVEC_BASE, D_EUX_MEMES, ceux_des_moteurs
from tests.architecture.arbre import RACINE, relatif
from tests.moteurs.marque import dit_quelque_chose_d_un_moteur, fichiers_a_lire

PARLE = """
from django.db import IntegrityError

FAUTES = [IntegrityError, ValueError]


@pytest.fixture
def refus():
    with pytest.raises(IntegrityError):
        yield


@pytest.mark.django_db(transaction=True)
def test_deux_fils(): ...


def test_la_base_refuse(refus): ...


@pytest.mark.parametrize("faute", FAUTES)
def test_chaque_faute(faute): ...


class TestFil:
    def test_en_vrai(self):
        Thread(target=print).start()


def test_l_ecran_le_dit(client): ...
"""
SE_MARQUE = "@pytest.mark.moteurs\ndef test_un_acte(): ...\n"
POUR_TOUS = "pytestmark = pytest.mark.django_db(transaction=True)\ndef test_un(): ...\n"
SANS_RIEN = "def test_un(): ...\n"


def ecrit(dossier: Path, chemin: str, source: str) -> Path:
    fichier = dossier / chemin
    fichier.parent.mkdir(parents=True)
    fichier.write_text(source, "utf-8")
    return fichier


@pytest.mark.parametrize(
    ("essai", "dit"),
    [
        ("test_deux_fils", True),
        ("test_la_base_refuse", True),
        ("test_chaque_faute", True),
        ("TestFil", True),
        ("test_l_ecran_le_dit", False),
    ],
)
def test_seul_se_rejoue_ce_qui_parle_d_un_moteur_ou_nomme_qui_en_parle(tmp_path, essai, dit):
    fichier = ecrit(tmp_path, "mairie/tests/test_cycle.py", PARLE)

    assert dit_quelque_chose_d_un_moteur(fichier, essai) is dit


@pytest.mark.parametrize(
    ("chemin", "source", "dit", "lu"),
    [
        ("mairie/tests/test_services.py", SANS_RIEN, True, True),
        ("mairie/tests/test_services_des_agents.py", SANS_RIEN, True, True),
        ("journal/tests/test_views.py", SANS_RIEN, True, True),
        ("mairie/tests/test_cycle.py", POUR_TOUS, True, True),
        ("mairie/tests/test_views.py", SE_MARQUE + SANS_RIEN, False, True),
        ("mairie/tests/test_services.py", SE_MARQUE + SANS_RIEN, False, True),
        ("mairie/tests/test_views.py", SE_MARQUE + POUR_TOUS, True, True),
        ("mairie/tests/test_views.py", SANS_RIEN, False, False),
    ],
)
def test_un_fichier_ou_la_marque_peut_naitre_se_lit(tmp_path, chemin, source, dit, lu):
    fichier = ecrit(tmp_path, chemin, source)

    assert dit_quelque_chose_d_un_moteur(fichier, "test_un") is dit
    assert [*fichiers_a_lire([tmp_path])] == ([fichier] if lu else [])


def test_aucun_essai_marque_de_cette_serie_n_est_dans_un_fichier_que_l_on_ne_lit_pas(request):
    """Tous ceux de la série entière : c'est elle qui le prouve, à chaque changement."""
    marques = {
        relatif(essai.path)
        for essai in request.session.items
        if essai.get_closest_marker("moteurs") and ou_postgresql_rejoue(essai.path)
    }

    assert sorted(marques - {*ceux_des_moteurs()}) == []


def ou_postgresql_rejoue(fichier: Path) -> bool:
    return relatif(fichier) not in D_EUX_MEMES and any(
        fichier.is_relative_to(RACINE / ou) for ou in AVEC_BASE
    )

"""PostgreSQL ne lit que les fichiers où la marque peut naître : aucun essai marqué n'y échappe."""

from pathlib import Path

import pytest

from beffroi.commandes.outillage.series import AVEC_BASE, D_EUX_MEMES, ceux_des_moteurs
from tests.architecture.arbre import RACINE, relatif
from tests.moteurs.marque import fichiers_a_lire

DIT = "from django.db import IntegrityError\n"
SE_MARQUE = "@pytest.mark.moteurs\ndef test_un_acte(): ...\n"


@pytest.mark.parametrize(
    ("chemin", "source", "lu"),
    [
        ("mairie/tests/test_services.py", "", True),
        ("mairie/tests/test_services_des_agents.py", "", True),
        ("journal/tests/test_views.py", "", True),
        ("mairie/tests/test_cycle.py", DIT, True),
        ("mairie/tests/test_views.py", SE_MARQUE, True),
        ("mairie/tests/test_views.py", "", False),
        ("mairie/tests/scene.py", DIT, False),
    ],
)
def test_un_fichier_se_lit_s_il_dit_quelque_chose_d_un_moteur(tmp_path, chemin, source, lu):
    fichier = tmp_path / chemin
    fichier.parent.mkdir(parents=True)
    fichier.write_text(source, "utf-8")

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

"""Le temps de composer une page : chaque calcul une fois, aucune écriture, aucun souvenir après."""

import pytest

from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.models import Tache
from beffroi.socle.guichet.lecture import lecture, lu_une_fois

pytestmark = pytest.mark.django_db


@pytest.fixture
def compter():
    """Rend le nombre de fois où le calcul a eu lieu."""
    fois = []

    @lu_une_fois
    def _compter(sujet: object, **options: object) -> int:
        fois.append(sujet)
        return len(fois)

    return _compter


def test_dans_une_lecture_chaque_calcul_se_fait_une_fois(compter):
    with lecture():
        assert [compter("toiture", le=1), compter("toiture", le=1)] == [1, 1]
        assert compter("toiture", le=2) == 2


def test_hors_d_une_lecture_tout_se_relit(compter):
    assert [compter("toiture"), compter("toiture")] == [1, 2]


def test_une_lecture_ne_se_souvient_pas_de_la_precedente(compter):
    with lecture():
        compter("toiture")
    with lecture():
        assert compter("toiture") == 2


def test_une_page_qui_en_compose_une_autre_continue_la_meme_lecture(compter):
    with lecture():
        compter("toiture")
        with lecture():
            assert compter("toiture") == 1
        assert compter("toiture") == 1


def test_une_lecture_interrompue_s_oublie(compter):
    with pytest.raises(ZeroDivisionError), lecture():
        compter(1 // 0)

    assert [compter("toiture"), compter("toiture")] == [1, 2]


def test_deux_exemplaires_de_la_meme_ligne_ne_se_confondent_pas(compter):
    """Un acte a pu changer l'un sans l'autre ; une ligne pas encore gardée n'a pas même de clé."""
    with lecture():
        assert [compter(Tache(pk=1)), compter(Tache(pk=1)), compter(Tache())] == [1, 2, 3]


@pytest.mark.parametrize(
    "ecrire",
    [
        lambda: Tache.objects.bulk_create(
            [Tache(chemin="x", creee_le=maintenant(), pas_avant=maintenant())]
        ),
        lambda: Tache.objects.filter(pk=1).update(file="autre"),
        lambda: Tache.objects.filter(pk=1)._raw_delete("default"),
    ],
    ids=["ajouter", "changer", "effacer"],
)
def test_une_page_qui_se_compose_n_ecrit_rien(ecrire):
    with lecture(), pytest.raises(RuntimeError, match="n'écrit rien"):
        ecrire()

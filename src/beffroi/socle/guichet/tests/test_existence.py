"""Demander d'un coup lesquelles, de plusieurs requêtes, trouveraient une ligne."""

import pytest
from django.db.models import Exists, OuterRef

from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.models import Tache
from beffroi.socle.guichet import existence
from beffroi.socle.guichet.existence import lesquelles_trouvent

pytestmark = [pytest.mark.django_db, pytest.mark.moteurs]


@pytest.fixture
def tache():
    instant = maintenant()
    return Tache.objects.create(chemin="essai", arguments={}, creee_le=instant, pas_avant=instant)


def requetes():
    taches = Tache.objects.order_by("-pk")
    meme = Tache.objects.filter(pk=OuterRef("pk"), pas_avant__lte=maintenant())
    return [
        taches.filter(chemin="essai", pas_avant__lte=maintenant()),
        taches.filter(chemin="une autre"),
        taches.filter(pk__in=[]),
        taches.filter(Exists(meme)).distinct()[:1],
        taches.none(),
    ]


def test_une_seule_question_pour_toutes(tache, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert lesquelles_trouvent(requetes()) == [True, False, False, True, False]


def test_celles_qui_ne_peuvent_rien_trouver_ne_demandent_rien(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert lesquelles_trouvent([Tache.objects.none(), Tache.objects.filter(pk__in=[])]) == [
            False,
            False,
        ]


def test_trop_de_valeurs_se_demandent_en_plusieurs_fois(
    tache, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(existence, "VALEURS_AU_PLUS", 3)
    beaucoup = [Tache.objects.filter(pk__in=[tache.pk, -rang]) for rang in range(1, 5)]

    with django_assert_num_queries(4):
        assert lesquelles_trouvent(beaucoup) == [True] * 4

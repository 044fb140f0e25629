"""L'heure de l'école court d'un événement au suivant ; celle de la plateforme, jamais."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from beffroi.service.essai.allure import Allure, accelerer
from beffroi.socle.fondations import horloge
from beffroi.socle.fondations.erreurs import RegleEnfreinte

LE = datetime(2027, 1, 12, 9, 0, tzinfo=UTC)
ALLURE = Allure(reel=LE, ecole=LE, facteur=1440, jusqu_a=LE + timedelta(days=2))


@pytest.mark.parametrize(
    ("reelles", "a_l_ecole"),
    [
        (timedelta(), timedelta()),
        (timedelta(minutes=1), timedelta(days=1)),
        (timedelta(minutes=2), timedelta(days=2)),
        (timedelta(minutes=2, seconds=5), timedelta(days=2, seconds=5)),
        (timedelta(minutes=-1), timedelta()),
    ],
)
def test_un_jour_par_minute_puis_le_pas_de_tous(reelles, a_l_ecole):
    assert ALLURE.instant(LE + reelles) == LE + a_l_ecole


def test_l_heure_ne_recule_jamais_quand_l_allure_change():
    lues = [ALLURE.instant(LE + timedelta(seconds=s)) for s in range(0, 200, 5)]

    assert lues == sorted(lues)


def test_hors_de_l_ecole_personne_ne_fait_courir_l_heure(settings, tmp_path):
    settings.DONNEES = tmp_path

    for espace in ("", "essai"):
        settings.ESPACE = espace
        with pytest.raises(RegleEnfreinte):
            accelerer(jusqu_a=timezone.now() + timedelta(days=1))
    assert list(tmp_path.iterdir()) == []


def test_hors_de_l_ecole_une_allure_laissee_la_ne_compte_pas(settings, tmp_path):
    settings.DONNEES, settings.ESPACE, settings.FACTEUR_DE_L_ECOLE = tmp_path, "ecole", 10**9
    accelerer(jusqu_a=timezone.now() + timedelta(days=400))
    ecole = horloge.maintenant()
    settings.ESPACE = ""

    assert ecole - timezone.now() > timedelta(days=1)
    assert abs(horloge.maintenant() - timezone.now()) < timedelta(seconds=5)


def test_a_l_ecole_l_heure_reelle_reste_celle_de_tous(settings, tmp_path):
    settings.DONNEES, settings.ESPACE, settings.FACTEUR_DE_L_ECOLE = tmp_path, "ecole", 10**9
    accelerer(jusqu_a=timezone.now() + timedelta(days=400))

    assert abs(horloge.heure_reelle() - timezone.now()) < timedelta(seconds=5)

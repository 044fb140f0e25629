"""Deux onglets au même instant : un seul regard, une seule note."""

from functools import partial

import pytest

from beffroi.centre.adherents import services
from beffroi.centre.adherents.models import NoteDAppel, RegardSurLesAchats
from beffroi.centre.adherents.tests.gestes import adherent
from beffroi.personnes.comptes.tests.personnes import LUNDI, personne
from beffroi.socle.journal.models import Ecriture
from tests.moteurs.ensemble import ensemble, sauter_sans_verrou_de_ligne

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.moteurs
def test_deux_pages_ouvertes_ensemble_n_inscrivent_qu_un_regard():
    sauter_sans_verrou_de_ligne()
    regarder = partial(
        services.regarder_les_achats, adherent=adherent(), par=personne(), maintenant=LUNDI
    )

    rendus = ensemble(*[regarder] * 4)

    assert sorted(rendus) == [False, False, False, True]
    assert RegardSurLesAchats.objects.count() == 1
    assert Ecriture.objects.filter(acte="adherent.regarder_les_achats").count() == 1


@pytest.mark.moteurs
def test_deux_clics_ensemble_n_ecrivent_qu_une_note():
    sauter_sans_verrou_de_ligne()
    noter = partial(
        services.noter_un_appel,
        adherent=adherent(),
        texte="Absent",
        par=personne(),
        maintenant=LUNDI,
    )

    ensemble(*[noter] * 3)

    assert NoteDAppel.objects.count() == 1

"""Ce que « À faire » dit des recettes : à qui peut le faire, et seulement s'il y a à faire."""

from datetime import UTC, date, datetime

import pytest

from beffroi.centre.contributions.tests.gestes import agent_du_centre, garder_la_grille
from beffroi.centre.recettes.a_faire import (
    appels_a_completer,
    appels_en_retard,
    paiements_a_rapprocher,
)
from beffroi.centre.recettes.models import Paiement
from beffroi.centre.recettes.tests.gestes import (
    EN_MARS,
    LE_15_MARS,
    appel_emis,
    paiement,
    recue,
    titre,
)
from beffroi.personnes.organismes.models import Habilitation

pytestmark = pytest.mark.django_db


@pytest.fixture
def solange(db):
    return agent_du_centre("Solange Petitprez", "comptable")


@pytest.fixture
def fanny(db):
    return agent_du_centre("Fanny Delattre", "gestionnaire")


@pytest.fixture
def olivier(db):
    return agent_du_centre("Olivier Prud'homme", "ordonnateur")


@pytest.fixture
def emis(fanny, olivier):
    garder_la_grille(fanny)
    return appel_emis(fanny, olivier)


def a_faire(personne, le=EN_MARS):
    siennes = list(Habilitation.objects.filter(utilisateur=personne).select_related("organisme"))
    listes = (paiements_a_rapprocher, appels_a_completer, appels_en_retard)
    return [tache.titre for liste in listes for tache in liste(siennes, le=le)]


def test_sans_rien_a_tenir_rien_ne_se_dit(solange):
    assert a_faire(solange) == []


def test_la_comptable_note_les_titres_et_chacun_selon_son_role(emis, solange, fanny, olivier):
    assert a_faire(solange) == ["Noter des titres de recette", "Noter la réception des appels"]
    assert a_faire(fanny) == ["Noter la réception des appels"]
    assert a_faire(olivier) == []


def test_une_somme_sans_titre_se_dit_a_rapprocher(emis, solange):
    Paiement.objects.create(
        numero="X1", recu_le=LE_15_MARS, montant=5, note_par=solange, note_le=EN_MARS
    )

    assert "Rapprocher des paiements de leur titre" in a_faire(solange)


def test_un_retard_se_dit_au_lendemain_de_l_echeance_et_se_tait_une_fois_paye(emis, solange):
    recue(date(2027, 2, 1), par=solange)
    du = titre(solange)
    veille, lendemain = (datetime(2027, 3, jour, 9, tzinfo=UTC) for jour in (3, 4))
    en_retard = "Suivre des contributions en retard"

    assert (en_retard in a_faire(solange, veille), en_retard in a_faire(solange, lendemain)) == (
        False,
        True,
    )
    paiement(solange, du, "1000")
    assert en_retard not in a_faire(solange, lendemain)

"""Ce qui attend le gestionnaire :
six, trois, deux mois avant un terme, une délibération qui tarde, une assurance qui finit.
"""

from datetime import date, datetime

import pytest

from beffroi.centre.conventions import echeances, taches
from beffroi.centre.conventions.services import assurances, fin, litiges
from beffroi.centre.conventions.services.pieces import Fichier
from beffroi.centre.conventions.tests import gestes
from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.socle.journal.acteurs import PLATEFORME

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def centre(db):
    return gestes.le_centre()


def a_midi(jour: date) -> datetime:
    return datetime(jour.year, jour.month, jour.day, 12, tzinfo=LUNDI.tzinfo)


def titres(jour: date = LUNDI.date()) -> list[str]:
    return [attendue.titre for attendue in echeances.attendues(le=a_midi(jour))]


def test_une_demande_attend_qu_on_la_prepare():
    gestes.demande()

    assert titres() == ["Préparer une convention"]


def test_une_deliberation_qui_tarde_un_mois_se_relance_et_la_relance_repart_de_zero():
    convention = gestes.envoyee()

    assert titres(date(2026, 12, 1)) == []
    assert titres(date(2026, 12, 2)) == ["Relancer une collectivité qui n'a pas délibéré"]
    convention.relancee_le = a_midi(date(2026, 12, 2))
    convention.save()
    assert titres(date(2026, 12, 3)) == []


@pytest.mark.parametrize(
    "jour,mois",
    [
        (date(2029, 4, 10), None),
        (date(2029, 4, 11), 6),
        (date(2029, 7, 11), 3),
        (date(2029, 8, 11), 2),
    ],
)
def test_le_terme_s_annonce_six_trois_puis_deux_mois_avant(jour, mois):
    gestes.active()

    assert titres(jour) == ([f"Voir venir un terme, dans moins de {mois} mois"] if mois else [])


def test_la_copie_aux_archives_puis_la_remise_attendent_apres_une_fin():
    gestes.denoncee()
    assert titres() == ["Vérifier la copie aux Archives départementales"]
    taches.faire_le_tour(gestes.lendemain(date(2027, 1, 2)))

    assert "Remettre ses documents à un adhérent qui part" in titres(date(2027, 1, 3))


def test_une_copie_notee_n_attend_plus():
    denonciation = gestes.denoncee()
    fin.noter_la_copie(
        convention=denonciation.convention,
        preuve=fin.PreuveAuxArchives(LUNDI.date()),
        par=PLATEFORME,
        maintenant=LUNDI,
    )

    assert titres() == []


def test_un_litige_a_l_amiable_attend_et_presse_apres_deux_mois():
    litiges.ouvrir_un_litige(
        convention=gestes.active(),
        objet="Compte",
        le=LUNDI.date(),
        par=PLATEFORME,
        maintenant=LUNDI,
    )

    assert [attendue.presse for attendue in echeances.attendues(le=a_midi(date(2027, 1, 2)))] == [
        False
    ]
    assert [attendue.presse for attendue in echeances.attendues(le=a_midi(date(2027, 1, 3)))] == [
        True
    ]


@pytest.mark.parametrize(
    "jour,attendu", [(date(2026, 10, 30), 0), (date(2026, 10, 31), 1), (date(2027, 1, 1), 1)]
)
def test_une_assurance_s_annonce_deux_mois_avant_sa_fin(jour, attendu):
    assurances.garder_une_attestation(
        attestation=assurances.Attestation(
            "cyber",
            "Mutuelle",
            "",
            date(2026, 1, 1),
            date(2026, 12, 31),
            Fichier("a.pdf", gestes.PDF),
        ),
        par=PLATEFORME,
        maintenant=LUNDI,
    )

    assert titres(jour).count("Renouveler une attestation d'assurance") == attendu


def test_les_lectures_ne_dependent_pas_du_nombre_de_conventions(django_assert_num_queries):
    gestes.demande()
    gestes.demande(gestes.adherents.adherent("216200535", "Commune d'Audincthun"))

    with django_assert_num_queries(5):
        assert len(echeances.attendues(le=LUNDI)) == 2

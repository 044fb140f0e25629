"""Le bandeau de la convention : ce qu'une commune en lit sur chaque page, et à ses bornes."""

from datetime import date, datetime, timedelta

import pytest

from beffroi.achat.consultations.queries import organismes_ou_l_on_redige
from beffroi.centre.conventions import bandeau as lu
from beffroi.centre.conventions import taches
from beffroi.centre.conventions.models import Convention
from beffroi.centre.conventions.rules.bandeau import Situation, bandeau
from beffroi.centre.conventions.tests import gestes
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import LUNDI, personne
from beffroi.personnes.organismes.models import Organisme
from beffroi.personnes.organismes.queries import habilitations_en_cours
from beffroi.personnes.organismes.services import habiliter
from beffroi.socle.journal.acteurs import PLATEFORME

DEBUT, TERME = date(2027, 1, 19), date(2030, 1, 18)
ACTIVE = Situation(court=True, debut=DEBUT, terme=TERME)


def titre(situation: Situation, le: date) -> str:
    dit = bandeau(situation, le=le)
    return dit.titre if dit else ""


@pytest.mark.parametrize(
    ("le", "attendu"),
    [
        (date(2027, 1, 18), ""),
        (DEBUT, "Convention active depuis le 19 janvier 2027, jusqu'au 18 janvier 2030"),
        (date(2027, 2, 18), "Convention active"),
        (date(2027, 2, 19), ""),
        (TERME - timedelta(days=61), ""),
        (TERME - timedelta(days=60), "dans 60 jours"),
        (TERME, "aujourd'hui"),
        (TERME + timedelta(days=1), ""),
    ],
)
def test_active_puis_muette_puis_proche_de_son_terme(le, attendu):
    assert attendu in titre(ACTIVE, le) and bool(titre(ACTIVE, le)) is bool(attendu)


@pytest.mark.parametrize(
    ("le", "ton", "attendu"),
    [
        (date(2027, 1, 1), "info", "en préavis"),
        (date(2027, 5, 3), "attention", "dans 60 jours"),
        (date(2027, 7, 1), "attention", "demain"),
        (date(2027, 7, 2), "danger", "finit ce soir à minuit"),
        (date(2027, 7, 3), "danger", "Convention close : lecture seule"),
    ],
)
def test_la_fin_se_dit_de_plus_en_plus_fort(le, ton, attendu):
    dit = bandeau(Situation(court=False, fin=date(2027, 7, 2), fini_par="centre"), le=le)

    assert dit is not None and dit.ton == ton and attendu in dit.titre
    assert "le centre de gestion l'a résiliée" in dit.texte.lower()


def test_une_convention_ecartee_ou_pas_encore_active_ne_dit_rien():
    assert bandeau(Situation(court=False), le=DEBUT) is None


# ---------------------------------------------------------------- sur les pages


@pytest.fixture
def martine(db) -> Utilisateur:
    gestes.le_centre()
    organisme = gestes.active().adherent.organisme
    assert organisme is not None
    martine = personne("Martine Caron")
    habiliter(
        organisme=organisme,
        utilisateur=martine,
        roles={"redacteur"},
        par=PLATEFORME,
        maintenant=LUNDI,
    )
    return martine


def dits(qui: Utilisateur, le: datetime) -> list[str]:
    return [un.titre for un in lu.ou_en_est_la_convention(habilitations_en_cours(qui, le), le=le)]


def test_la_commune_lit_sa_fin_le_soir_meme_puis_la_cloture(martine):
    denonciation = gestes.denoncee(Convention.objects.get())
    soir = LUNDI + (denonciation.fin_le - LUNDI.date())
    assert dits(martine, soir) == ["Votre convention finit ce soir à minuit"]

    taches.faire_le_tour(soir + timedelta(days=1))
    assert dits(martine, soir + timedelta(days=1))[0].startswith("Convention close")


def test_l_etat_d_une_autre_commune_ne_se_lit_pas(martine):
    gestes.denoncee(Convention.objects.get())
    autre = personne("Jeanne Wattel")
    ailleurs = Organisme.objects.create(nom="Ailleurs", siret="21620001400011", cree_le=LUNDI)
    habiliter(
        organisme=ailleurs,
        utilisateur=autre,
        roles={"redacteur"},
        par=PLATEFORME,
        maintenant=LUNDI,
    )

    assert dits(autre, LUNDI) == []


def test_le_bandeau_ne_coute_aucune_lecture_de_plus_que_les_roles(
    martine, django_assert_num_queries
):
    siennes = habilitations_en_cours(martine, LUNDI)
    with django_assert_num_queries(0):
        list(lu.ou_en_est_la_convention(siennes, le=LUNDI))


def test_close_elle_n_offre_plus_de_consultation_nouvelle(martine):
    denonciation = gestes.denoncee(Convention.objects.get())
    apres = LUNDI + (denonciation.fin_le - LUNDI.date()) + timedelta(days=1)
    assert organismes_ou_l_on_redige(martine, LUNDI)

    taches.faire_le_tour(apres)
    assert not organismes_ou_l_on_redige(Utilisateur.objects.get(pk=martine.pk), apres)

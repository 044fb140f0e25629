"""Le résumé du matin :
la liste de la page, à huit heures, une fois, à qui a quelque chose à faire et le veut.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from beffroi.personnes.abonnements.rules import dernier_resume
from beffroi.personnes.rappels import ports, services, taches
from beffroi.personnes.rappels.models import Matin
from beffroi.personnes.rappels.ports import Attendu
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.models import Courriel, Tache
from beffroi.socle.fondations.taches import vider_la_file

pytestmark = pytest.mark.django_db
MATIN = datetime(2026, 5, 13, 6, 0, 5, tzinfo=UTC)
JOUR = date(2026, 5, 13)


@pytest.fixture
def scene(scene):
    """Martine a deux brouillons à finir."""
    scene.brouillon("Curage des fossés")
    scene.brouillon("Toiture", date_limite_remise=scene.limite)
    return scene


def resumes(personne):
    return list(Courriel.objects.filter(destinataire=personne.courriel, cle__startswith="a-faire:"))


def resumer(personne, jour=JOUR):
    return services.ecrire_le_resume(personne=personne, jour=jour, maintenant=maintenant())


def test_le_resume_dit_la_liste_de_la_page_dans_son_ordre(scene):
    resumer(scene.martine)

    (courriel,) = resumes(scene.martine)
    attendus = ports.ce_qui_attend(scene.martine, le=maintenant())
    places = [
        courriel.texte.index(f"- {attendu.titre}\n  {attendu.detail}") for attendu in attendus
    ]
    assert places == sorted(places) and len(places) >= 2
    assert courriel.sujet == f"À faire : {attendus[0].titre}, et {len(attendus) - 1} autre"


def test_sans_rien_a_faire_rien_ne_part(scene, monkeypatch):
    monkeypatch.setattr(services, "ce_qui_attend", lambda personne, le: [])

    assert resumer(scene.martine) is False and resumes(scene.martine) == []


def test_qui_l_arrete_ne_recoit_plus_rien_et_qui_le_reprend_recoit(scene):
    services.regler_le_resume(personne=scene.martine, voulu=False)
    resumer(scene.martine)
    assert resumes(scene.martine) == []

    services.regler_le_resume(personne=scene.martine, voulu=True)
    resumer(scene.martine)

    assert len(resumes(scene.martine)) == 1


def test_une_tache_refaite_n_ecrit_qu_un_resume_par_jour(scene):
    for jour in (JOUR, JOUR, JOUR + timedelta(days=1)):
        resumer(scene.martine, jour)

    assert len(resumes(scene.martine)) == 2


@pytest.mark.parametrize(
    ("quand", "confies"),
    [
        (MATIN - timedelta(seconds=6), 0),
        (MATIN, 1),
        (MATIN + timedelta(hours=3), 1),
        (MATIN + timedelta(hours=4), 0),
    ],
)
def test_le_matin_commence_a_huit_heures_et_finit_a_midi(scene, quand, confies):
    Tache.objects.all().delete()
    for _ in range(3):
        taches.commencer_le_matin(quand)

    pour_martine = [t for t in Tache.objects.all() if t.arguments["args"][0] == scene.martine.pk]
    assert len(pour_martine) == confies


def test_l_espace_d_essai_n_ecrit_pas_de_resume(scene, settings):
    settings.ESPACE = "essai"
    taches.commencer_le_matin(MATIN)

    assert not Matin.objects.exists()


@pytest.fixture
def matin(scene):
    """Les huit heures qui viennent."""
    return dernier_resume(maintenant() + timedelta(days=1))


@pytest.mark.moteurs
def test_la_file_ecrit_les_resumes_confies(scene, matin):
    services.commencer_le_matin(jour=matin.date())
    with time_machine.travel(matin, tick=False):
        vider_la_file()

    assert len(resumes(scene.martine)) == 1 and Matin.objects.get().jour == matin.date()


@pytest.mark.parametrize(("apres", "ecrits"), [(3, 1), (4, 0)])
def test_une_tache_que_la_file_a_retenue_jusqu_a_midi_n_ecrit_plus(scene, matin, apres, ecrits):
    services.commencer_le_matin(jour=matin.date())

    with time_machine.travel(matin + timedelta(hours=apres), tick=False):
        vider_la_file()

    assert len(resumes(scene.martine)) == ecrits


def test_une_personne_qui_a_arrete_n_est_pas_confiee(scene):
    services.regler_le_resume(personne=scene.martine, voulu=False)
    Tache.objects.all().delete()
    services.commencer_le_matin(jour=JOUR)

    assert scene.martine.pk not in [tache.arguments["args"][0] for tache in Tache.objects.all()]


def test_le_resume_ne_montre_que_vingt_lignes_et_dit_le_reste():
    attendus = [
        Attendu(str(rang), f"Geste {rang}", "Détail", "/x/", "Demain", None) for rang in range(23)
    ]

    texte = services.texte_du_resume(attendus)
    assert texte.count("- Geste") == 20 and "Et 3 autres." in texte

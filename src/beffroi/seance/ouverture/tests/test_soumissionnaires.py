"""Avant d'ouvrir, dire si deux équipes d'une même entreprise font un seul soumissionnaire.

Un SIRET, que chacun peut lire, ne dit pas qui l'écrit : sans cela, un rival ferait disparaître une
offre en déposant après elle (CCP, art. R. 2151-6 ; ADR 0049).
"""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from beffroi.personnes.comptes.services import creer_utilisateur
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.personnes.entreprises.tests.gestes import inscrit
from beffroi.personnes.niveaux.rules import Niveau
from beffroi.personnes.niveaux.tests import gestes as preuves
from beffroi.seance.ouverture import services
from beffroi.seance.ouverture.identites import identifier, plis_identifies
from beffroi.seance.ouverture.models import Seance
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import DEBUT, LIMITE, SEANCE_LE, Scene
from beffroi.socle.fondations.erreurs import RegleEnfreinte, RoleManquant
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db


@pytest.fixture
def plis(scene):
    """L'offre de Sophie, puis celle d'un inconnu qui dit le même SIRET."""
    equipe = scene.troupe.equipes["faitage"]
    ivan = creer_utilisateur(courriel="ivan@rival.example", nom="Ivan Lentour", maintenant=DEBUT)
    membre = inscrit(ivan, equipe.identifiant, nom="Atelier", le=DEBUT)
    scene.troupe.personnes["ivan"], scene.troupe.equipes["rival"] = ivan, membre.equipe
    return [scene.repond(), scene.repond("ivan", "rival", le=LIMITE - timedelta(hours=1))]


def preparee(scene: Scene) -> Seance:
    presidence = scene.personne("helene")
    seance = services.preparer_seance(
        consultation=scene.consultation,
        presidee_par=presidence,
        par=presidence,
        maintenant=SEANCE_LE,
    )
    factories.asseoir(scene, seance, autour=("helene", "bernard"))
    return seance


def installer(seance: Seance) -> Seance:
    return services.installer(
        seance=seance, lieu="Mairie", autres=[], par=seance.presidee_par, maintenant=SEANCE_LE
    )


def dire(seance: Seance, plis, *, un_seul: bool, par=None) -> None:
    services.dire_les_soumissionnaires(
        seance=seance,
        plis=plis,
        un_seul=un_seul,
        motif="Le gérant n'en connaît qu'une.",
        par=par or seance.presidee_par,
        maintenant=SEANCE_LE,
    )


def proposes(seance: Seance) -> set[str]:
    return set(seance.ouvertures.values_list("pli__reference", flat=True))


def test_la_seance_ne_s_installe_pas_avant_qu_on_l_ait_dit(scene, plis):
    with pytest.raises(RegleEnfreinte, match="c'est un seul soumissionnaire"):
        installer(preparee(scene))


@pytest.mark.moteurs
@pytest.mark.parametrize("un_seul", [True, False])
def test_dite_la_seance_s_installe_avec_ce_qui_s_ouvre(scene, plis, un_seul):
    seance = preparee(scene)

    dire(seance, plis, un_seul=un_seul)
    installer(seance)

    attendus = plis[1:] if un_seul else plis
    assert proposes(seance) == {pli.reference for pli in attendus}


def test_le_journal_dit_la_decision_et_ses_raisons(scene, plis):
    seance = preparee(scene)
    dire(seance, plis, un_seul=False)

    contenu = Ecriture.objects.get(acte="pli.dire_les_soumissionnaires").contenu
    assert all(pli.reference in contenu for pli in plis) and '"un_seul":false' in contenu
    assert "Le gérant n'en connaît qu'une." in contenu


def test_seul_qui_preside_le_dit(scene, plis):
    with pytest.raises(RoleManquant):
        dire(preparee(scene), plis, un_seul=True, par=scene.personne("bernard"))


def test_une_offre_inscrite_apres_l_installation_attend_qu_on_le_dise(scene):
    """Reçue à temps, inscrite tard : elle pose la question une fois la séance installée."""
    premiere = scene.repond()
    seance = factories.seance_ouverte(scene)
    equipe = scene.troupe.equipes["faitage"]
    ivan = creer_utilisateur(courriel="ivan@rival.example", nom="Ivan Lentour", maintenant=DEBUT)
    scene.troupe.personnes["ivan"] = ivan
    scene.troupe.equipes["rival"] = inscrit(ivan, equipe.identifiant, le=DEBUT).equipe
    seconde = scene.repond("ivan", "rival", le=LIMITE - timedelta(seconds=1))

    with pytest.raises(RegleEnfreinte, match="c'est un seul soumissionnaire"):
        factories.ouvrir_tout(seance)
    dire(seance, [premiere, seconde], un_seul=True)
    factories.ouvrir_tout(seance)

    ouvertes = seance.ouvertures.filter(etat="ouverte").values_list("pli__reference", flat=True)
    assert set(ouvertes) == {seconde.reference}


def adresse_de(seance: Seance, pli) -> str:
    return reverse("ouverture:soumissionnaires", args=[seance.reference, pli.reference])


@time_machine.travel(SEANCE_LE, tick=False)
def test_la_page_dit_les_faits_et_jamais_le_contenu(scene, plis):
    seance = preparee(scene)
    client = connecter(Client(), scene.personne("helene"))
    adresse = adresse_de(seance, plis[1])

    table = client.get(reverse("ouverture:seance", args=[seance.reference])).content.decode()
    page = client.get(adresse).content.decode()
    refus = client.post(adresse, {"combien": "un"})
    client.post(adresse, {"combien": "un", "motif": "Même gérant, joint au téléphone."})

    assert adresse_de(seance, plis[0]) in table
    assert all(pli.reference in page for pli in plis) and "Ivan Lentour" in page
    assert "prix.ods" not in page
    assert refus.status_code == 422 and "Dites vos raisons" in refus.content.decode()
    assert client.get(adresse).status_code == 404


# ---------------------------------------------------------------- ce que l'on sait de chacun


def prouver(scene):
    """L'équipe de Sophie, la veille de déposer."""
    return preuves.constater(scene.troupe.equipes["faitage"], scene.personne("fanny"), le=DEBUT)


@time_machine.travel(SEANCE_LE, tick=False)
def test_la_page_dit_qui_est_prouve_et_qui_ne_l_est_pas(scene, plis):
    prouver(scene)
    seance = preparee(scene)

    client = connecter(Client(), scene.personne("helene"))
    lue = client.get(adresse_de(seance, plis[0])).content.decode()
    assert "Entreprise prouvée" in lue and "des pièces que le centre" in lue
    assert "Déclarée" in lue and "adresse électronique non prouvée" in lue.lower()


def test_une_preuve_venue_apres_le_depot_se_dit_a_part(scene, plis):
    preuves.constater(
        scene.troupe.equipes["rival"], scene.personne("fanny"), le=LIMITE + timedelta(minutes=1)
    )
    [sophie, ivan] = identifier(plis, le=SEANCE_LE)

    assert not sophie.identite.a_change
    assert ivan.identite.au_depot.niveau is Niveau.DECLAREE
    assert ivan.identite.aujourd_hui.niveau is Niveau.PROUVEE


def test_avant_l_heure_limite_rien_ne_se_dit(scene, plis):
    assert plis_identifies(scene.consultation, None, le=LIMITE) == []
    assert len(plis_identifies(scene.consultation, None, le=SEANCE_LE)) == 2

"""Les rondes de la plateforme se font par un seul ouvrier ; celles d'un nœud, par chaque nœud."""

import os
import threading
from datetime import timedelta

import pytest

from beffroi.commandes.cli import ouvrier as ouvriers
from beffroi.commandes.cli.ouvrier import Ouvrier
from beffroi.socle.fondations import horloge
from beffroi.socle.noeuds import releve, services
from beffroi.socle.noeuds.models import TourDeRonde

pytestmark = pytest.mark.django_db


@pytest.fixture
def faites(monkeypatch, settings, tmp_path):
    """Ce que les rondes ont fait : « plateforme », « nœud »."""
    settings.DONNEES = tmp_path
    dites = []
    rondes = {"rondes": "plateforme", "rondes_du_noeud": "nœud"}
    for nom, quoi in rondes.items():
        monkeypatch.setattr(ouvriers.prises, nom, lambda quoi=quoi: [lambda le: dites.append(quoi)])
    return dites


def nomme(machine, processus):
    ouvrier = Ouvrier()
    ouvrier.machine, ouvrier.nom = machine, f"{machine}-{processus}"
    return ouvrier


@pytest.mark.moteurs
def test_de_deux_ouvriers_un_seul_fait_celles_de_la_plateforme(faites):
    un, autre = nomme("a", 7), nomme("b", 7)

    for ouvrier in (un, autre, un):
        ouvrier.faire_la_ronde()

    assert faites == ["nœud", "plateforme", "nœud", "nœud", "plateforme"]


@pytest.mark.moteurs
def test_celui_qui_s_arrete_les_rend_aussitot(faites):
    un, autre = nomme("a", 7), nomme("b", 7)
    un.faire_la_ronde()

    un.s_arreter()
    autre.faire_la_ronde()

    assert faites.count("plateforme") == 2


def test_celui_qui_se_tait_une_minute_les_perd(faites, monkeypatch):
    un, autre = nomme("a", 7), nomme("b", 7)
    un.faire_la_ronde()
    plus_tard = horloge.maintenant() + services.DUREE_D_UN_TOUR
    monkeypatch.setattr(ouvriers, "maintenant", lambda: plus_tard)

    autre.faire_la_ronde()

    assert TourDeRonde.objects.get().ouvrier == autre.nom
    assert faites.count("plateforme") == 2


def test_un_ouvrier_mort_de_cette_machine_ne_fait_attendre_personne(faites):
    mort = os.fork()
    if not mort:
        os._exit(0)
    os.waitpid(mort, 0)
    nomme("a", mort).faire_la_ronde()

    nomme("a", os.getpid()).faire_la_ronde()

    assert faites.count("plateforme") == 2


def test_un_ouvrier_vivant_de_cette_machine_les_garde(faites):
    nomme("a", os.getpid()).faire_la_ronde()

    nomme("a", 1).faire_la_ronde()

    assert faites.count("plateforme") == 1


def test_une_horloge_en_avance_ne_les_tient_pas_pour_toujours(faites):
    nomme("a", 7).faire_la_ronde()
    TourDeRonde.objects.update(jusqu_a=horloge.maintenant() + timedelta(hours=1))

    nomme("b", 7).faire_la_ronde()

    assert faites.count("plateforme") == 2


def test_qui_ne_travaille_qu_une_fois_les_fait_quand_meme(faites):
    nomme("a", 7).faire_la_ronde()

    Ouvrier(seul=True).faire_la_ronde()

    assert faites.count("plateforme") == 2


def test_deux_processus_d_un_noeud_ne_les_font_pas_ensemble(faites):
    with releve.seul_sur_ce_noeud() as seul:
        releve.faire_les_rondes_du_noeud()

    assert seul and faites == []


def test_un_serveur_web_releve_son_noeud_sans_ouvrier(faites):
    fini = releve.relever_en_servant(periode_s=0.01)

    for _ in range(500):
        if faites:
            break
        fini.wait(0.01)
    fini.set()
    # Sans l'attendre, son dernier tour se ferait dans l'essai suivant.
    next(fil for fil in threading.enumerate() if fil.name == "releve").join(timeout=10)

    assert "nœud" in faites and "plateforme" not in faites

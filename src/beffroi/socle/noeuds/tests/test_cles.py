"""Une base et les clés de son registre : un nœud qui en a d'autres, ou aucune, se reconnaît."""

import pytest

from beffroi.socle.journal import chainage
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.services import publier_la_tete
from beffroi.socle.journal.tests.test_services import MIDI, ecrire
from beffroi.socle.noeuds import queries, services
from beffroi.socle.noeuds.models import CleDeLaBase

pytestmark = pytest.mark.django_db
TOUTES = ["registre", "horodatage", "service"]


@pytest.fixture
def noeud(settings, tmp_path):
    """`noeud("b")` : se mettre à la place d'un nœud dont le dossier des clés est celui-là."""
    journal, horodatage = settings.JOURNAL, settings.HORODATAGE

    def devenir(nom):
        dossier = tmp_path / nom
        settings.JOURNAL = {**journal, "cle": dossier / "journal.txt"}
        settings.HORODATAGE = {
            **horodatage,
            "cle": dossier / "horodatage.pem",
            "precedentes": dossier / "horodatages-precedents",
        }
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = f"secret du nœud {nom}", []
        settings.CLES_DU_SERVICE = {"fichier": None, "precedentes": []}
        return dossier

    devenir("a")
    return devenir


def etrangeres():
    return [cle.usage for cle in queries.etrangeres()]


@pytest.mark.moteurs
def test_la_premiere_venue_donne_ses_cles_a_la_base(noeud):
    assert etrangeres() == []
    services.retenir_les_cles(le=MIDI)

    assert sorted(CleDeLaBase.objects.values_list("usage", flat=True)) == sorted(TOUTES)
    assert etrangeres() == []


def test_un_noeud_sans_les_cles_n_en_fabrique_pas(noeud):
    services.retenir_les_cles(le=MIDI)
    dossier = noeud("vide")

    assert etrangeres() == TOUTES
    assert not dossier.exists()


def test_deux_noeuds_qui_se_precipitent_le_second_le_voit(noeud):
    services.retenir_les_cles(le=MIDI)
    noeud("b")
    services.retenir_les_cles(le=MIDI)

    assert etrangeres() == TOUTES


def test_une_base_d_avant_se_juge_a_sa_derniere_tete(noeud):
    ecrire(1)
    publier_la_tete(le=MIDI)
    assert etrangeres() == []

    noeud("vide")
    assert etrangeres() == ["registre"]
    noeud("b")
    chainage.signataire()
    assert etrangeres() == ["registre"]


def test_changer_le_nom_du_registre_se_voit(noeud, settings):
    services.retenir_les_cles(le=MIDI)
    settings.JOURNAL = {**settings.JOURNAL, "origine": "autre.example/journal"}

    assert etrangeres() == ["registre"]


def test_une_cle_changee_vaut_tant_que_celle_d_avant_se_lit(noeud, settings):
    services.retenir_les_cles(le=MIDI)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "une clé neuve"
    assert etrangeres() == []

    services.retenir_les_cles(le=MIDI)
    assert etrangeres() == []
    settings.SECRET_KEY_FALLBACKS = []
    [perdue] = etrangeres()
    assert perdue.startswith("service d'avant")
    assert services.changer_les_cles(par=PLATEFORME, maintenant=MIDI) == [perdue]
    assert etrangeres() == []


def test_une_autorite_remplacee_vaut_si_son_certificat_est_range(noeud, settings):
    dossier = noeud("a")
    services.retenir_les_cles(le=MIDI)
    avant = chainage.certificat_d_horodatage()
    settings.HORODATAGE["cle"].rename(dossier / "horodatage-2036.pem")
    settings.HORODATAGE = {**settings.HORODATAGE, "cle": dossier / "horodatage-neuf.pem"}
    assert etrangeres() == ["horodatage"]

    (dossier / "horodatages-precedents").mkdir()
    (dossier / "horodatages-precedents" / "2036.pem").write_text(avant)
    assert etrangeres() == []
    services.retenir_les_cles(le=MIDI)
    assert etrangeres() == []


def test_la_base_ne_dit_rien_des_cles(noeud):
    services.retenir_les_cles(le=MIDI)

    empreintes = CleDeLaBase.objects.values_list("empreinte", flat=True)
    assert all(len(une) == 64 and "secret" not in une for une in empreintes)


@pytest.mark.moteurs
def test_perdues_pour_de_bon_celles_d_ici_les_remplacent_et_le_registre_le_dit(noeud):
    services.retenir_les_cles(le=MIDI)
    noeud("b")
    assert services.changer_les_cles(par=PLATEFORME, maintenant=MIDI) == TOUTES

    assert etrangeres() == []
    ecrites = Ecriture.objects.filter(acte="noeud.changer_une_cle")
    assert [une.sujet for une in ecrites] == TOUTES
    assert services.changer_les_cles(par=PLATEFORME, maintenant=MIDI) == []


def test_un_registre_d_une_autre_main_se_reprend_aussi(noeud):
    ecrire(1)
    publier_la_tete(le=MIDI)
    noeud("b")
    services.changer_les_cles(par=PLATEFORME, maintenant=MIDI)

    assert etrangeres() == []

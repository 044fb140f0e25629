"""Le registre d'une plateforme, suivi d'un dépôt à l'autre :
raccourci, réécrit ou dédoublé, rien ne part.
"""

import json
from datetime import UTC, datetime, timedelta

import pytest

from beffroi.commandes.cli.client.suivi import Suivi, tete_d_office
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.tests.registres import Registre
from sceau import log

LE = datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.fixture
def registre():
    return Registre().grandir(300)


@pytest.fixture
def fichier(tmp_path):
    return tmp_path / "etat" / "tetes" / "marches.txt"


@pytest.fixture
def suivi(fichier, registre):
    return Suivi(fichier, [log.Verifier(registre.signataire.vkey)])


def test_la_premiere_fois_la_tete_publique_est_gardee(suivi, registre, fichier):
    suivi.confronter(registre.chercher, [registre.tete(200)], LE)

    assert fichier.read_text("utf-8") == registre.tete(300)


@pytest.mark.parametrize("taille", [300, 301, 511, 512, 513, 70_000])
def test_un_registre_qui_grandit_prolonge_la_tete_gardee(suivi, registre, fichier, taille):
    suivi.confronter(registre.chercher, [], LE)

    suivi.confronter(registre.grandir(taille).chercher, [registre.tete(129)], LE)

    assert fichier.read_text("utf-8") == registre.tete(taille)


def test_un_registre_raccourci_est_refuse(suivi, registre, fichier):
    suivi.confronter(registre.chercher, [], LE)
    registre.publique = 299

    with pytest.raises(ErreurDeCommande, match=r"299 écritures, et il en avait 300.*raccourci"):
        suivi.confronter(registre.chercher, [], LE)

    assert fichier.read_text("utf-8") == registre.tete(300)


def test_un_registre_reecrit_sous_la_meme_cle_est_refuse(suivi, registre):
    suivi.confronter(registre.chercher, [], LE)
    autre = Registre().grandir(150).grandir(299, feuille="réécrite").grandir(600)

    with pytest.raises(ErreurDeCommande, match=r"ne prolonge pas celui de 300.*Rien n'est scellé"):
        suivi.confronter(autre.chercher, [], LE)


def test_le_registre_d_une_feuille_ou_l_on_met_une_fausse_cle_est_refuse(suivi, registre):
    """Le faux joué contre la commande : une clé seule dans un registre à elle."""
    faux = Registre().grandir(1, feuille="fausse clé")

    with pytest.raises(ErreurDeCommande, match="ne prolonge pas celui de 1 écritures"):
        suivi.confronter(registre.chercher, [faux.tete(1)], LE)


def test_une_fausse_cle_au_bout_du_vrai_registre_se_voit_a_la_fois_suivante(suivi, registre):
    """Au-delà de la tête publique, rien ne la contredit encore : elle est retenue, et attendue."""
    fourche = Registre().grandir(300).grandir(301, feuille="fausse clé")
    suivi.confronter(registre.chercher, [fourche.tete(301)], LE)

    with pytest.raises(ErreurDeCommande, match="ne prolonge pas celui de 301"):
        suivi.confronter(registre.grandir(428).chercher, [], LE + timedelta(hours=1))


def test_une_cle_toute_neuve_rejoint_le_registre_public_dans_l_heure(suivi, registre, fichier):
    registre.grandir(400)
    registre.publique = 300
    suivi.confronter(registre.chercher, [registre.tete(400)], LE)
    registre.publique = 400

    suivi.confronter(registre.chercher, [], LE + timedelta(hours=1))

    assert json.loads(suivi.attente.read_text()) == []


def test_une_tete_que_le_registre_public_n_atteint_jamais_est_refusee(suivi, registre):
    fourche = Registre().grandir(300).grandir(900, feuille="fausse clé")
    suivi.confronter(registre.chercher, [fourche.tete(900)], LE)
    suivi.confronter(registre.chercher, [], LE + timedelta(days=2))

    with pytest.raises(ErreurDeCommande, match="toujours pas dans le registre public"):
        suivi.confronter(registre.chercher, [], LE + timedelta(days=2, seconds=1))


def test_la_tete_d_un_recepisse_est_attendue_aussi(suivi, registre):
    fourche = Registre().grandir(300).grandir(310, feuille="dépôt oublié")
    suivi.attendre(fourche.tete(310), LE)

    with pytest.raises(ErreurDeCommande, match="ne prolonge pas celui de 310"):
        suivi.confronter(registre.grandir(428).chercher, [], LE)


def test_un_registre_sans_tete_publique_n_est_pas_une_faute_avant_d_en_avoir_vu_une(
    suivi, registre
):
    registre.publique = 0
    suivi.confronter(registre.chercher, [registre.tete(300)], LE)
    registre.publique = 300
    suivi.confronter(registre.chercher, [], LE)
    registre.publique = 0

    with pytest.raises(ErreurDeCommande, match="ne montre plus aucune tête"):
        suivi.confronter(registre.chercher, [], LE)


def test_une_tete_signee_d_une_autre_cle_est_refusee(suivi, registre, fichier):
    suivi.confronter(registre.chercher, [], LE)
    autre = Registre(graine=b"\1" * 32).grandir(300)

    with pytest.raises(ErreurDeCommande, match="tête publique du registre n'est pas sûre"):
        suivi.confronter(autre.chercher, [], LE)
    with pytest.raises(ErreurDeCommande, match="ce n'est plus le même registre"):
        Suivi(fichier, [log.Verifier(autre.signataire.vkey)]).confronter(autre.chercher, [], LE)


@pytest.mark.parametrize("tuile", [b"", b"x", bytes(32)])
def test_des_tuiles_absentes_ou_fausses_sont_refusees(suivi, registre, tuile):
    suivi.confronter(registre.chercher, [], LE)
    registre.grandir(600)

    def sans_tuiles(chemin):
        return tuile if "/tile/" in chemin else registre.chercher(chemin)

    with pytest.raises(ErreurDeCommande, match="Rien n'est scellé"):
        suivi.confronter(sans_tuiles, [], LE)


def test_un_suivi_abime_se_dit(suivi, registre):
    suivi.confronter(registre.chercher, [], LE)
    suivi.attente.write_text("[{}]")

    with pytest.raises(ErreurDeCommande, match="est abîmé"):
        suivi.confronter(registre.chercher, [], LE)


def test_chaque_plateforme_a_sa_tete(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    adresses = ["https://marches.example", "https://marches.example/ecole", "http://[::1]:8000"]

    tetes = {tete_d_office(adresse) for adresse in adresses}

    assert len(tetes) == 3
    assert {tete.parent for tete in tetes} == {tmp_path / "beffroi" / "tetes"}

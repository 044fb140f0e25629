"""La preuve remise : vérifiable hors ligne, un octet changé se voit, aucun contenu, aucune autre entreprise."""

import io
import json
import zipfile
from datetime import timedelta

import pytest

from beffroi.cli.preuve import est_une_preuve
from beffroi.cli.verifier import executer
from beffroi.depots.tests import factories
from beffroi.depots.tests.factories import LIMITE, VEILLE
from beffroi.journal import services as journal
from beffroi.journal.models import Ecriture
from beffroi.preuves import rules, services
from beffroi.socle.erreurs import RegleEnfreinte
from beffroi.tentatives import cahier, taches

pytestmark = pytest.mark.django_db
OFFRE = (("offre", None),)
APRES = LIMITE + timedelta(hours=2)
PERDUE = "Connexion perdue. 40 % est déjà reçu."


@pytest.fixture
def consultation(settings, tmp_path):
    settings.DONNEES = tmp_path
    settings.STOCKAGE = {**settings.STOCKAGE, "sorte": "fichiers", "dossier": tmp_path / "fichiers"}
    from beffroi.socle.stockage import stockage

    stockage.cache_clear()
    yield factories.consultation()
    stockage.cache_clear()


@pytest.fixture
def faitage(consultation):
    return factories.Candidat(consultation)


def tracer(brouillon, texte: str, *, le=VEILLE) -> None:
    cahier.ajouter({"nature": "message", "reponse": brouillon.reference, "personne": "", "texte": texte}, le=le)


def relever() -> None:
    taches.relever(LIMITE)
    journal.signer_un_point_de_controle(le=LIMITE)


def ouverte(octets: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        return {nom: archive.read(nom) for nom in archive.namelist()}


def verifiee(octets: bytes, dossier) -> int:
    from argparse import ArgumentParser

    from beffroi.cli.verifier import arguments

    chemin = dossier / "preuve.zip"
    chemin.write_bytes(octets)
    analyseur = ArgumentParser()
    arguments(analyseur)
    return executer(analyseur.parse_args([str(chemin)]))


def test_une_tentative_qui_n_a_pas_abouti_s_atteste_et_se_verifie_hors_ligne(faitage, tmp_path, capsys):
    brouillon = faitage.commence()
    faitage.enveloppe(brouillon, "offre")
    tracer(brouillon, PERDUE)
    relever()

    octets = services.attester(brouillon=brouillon, par=brouillon.commence_par, maintenant=APRES)
    fichiers = ouverte(octets)
    (tentative,) = json.loads(fichiers["preuve.json"])["tentatives"]
    assert tentative["depots"] == []
    assert PERDUE in [fait["precision"] for fait in tentative["faits"]]
    assert fichiers["preuve.pdf"].startswith(b"%PDF")
    assert verifiee(octets, tmp_path) == 0
    assert "bien  chaque trace est de celles que le registre a retenues : 1 lignes" in capsys.readouterr().out


def test_un_octet_change_se_voit(faitage, tmp_path, capsys):
    brouillon = faitage.commence()
    tracer(brouillon, PERDUE)
    relever()
    octets = services.attester(brouillon=brouillon, par=brouillon.commence_par, maintenant=APRES)

    change = octets.replace(b"40 % est", b"90 % est")
    assert change != octets
    cible = io.BytesIO()
    with zipfile.ZipFile(cible, "w") as archive:
        for nom, contenu in ouverte(octets).items():
            archive.writestr(nom, contenu.replace(b"40 % est", b"90 % est"))
    assert verifiee(cible.getvalue(), tmp_path) == 1
    assert "NON" in capsys.readouterr().out


def test_la_preuve_d_une_entreprise_ne_dit_rien_d_une_autre(consultation, faitage):
    autre = factories.Candidat(
        consultation, factories.membre("Zoé Wattel", factories.etablissement("Zingueurs de la Lys"))
    )
    sien, leur = faitage.commence(), autre.commence()
    tracer(sien, PERDUE)
    tracer(leur, "Le message des autres")
    relever()

    octets = services.attester(brouillon=sien, par=sien.commence_par, maintenant=APRES)
    for secret in (leur.reference, "Zingueurs", "Le message des autres"):
        assert secret.encode() not in b"".join(ouverte(octets).values())


def test_aucun_nom_de_fichier_n_y_est(faitage):
    pli = faitage.depose(*OFFRE)
    relever()
    fichiers = ouverte(services.attester(brouillon=pli.brouillon, par=pli.depose_par, maintenant=APRES))
    assert b"offre.pdf" not in fichiers["preuve.json"]
    assert pli.reference.encode() in fichiers["preuve.json"]


def test_le_dossier_de_l_acheteur_attend_l_heure_d_apres(consultation, faitage):
    faitage.depose(*OFFRE)
    relever()
    acheteur = consultation.redigee_par
    with pytest.raises(RegleEnfreinte, match="une heure après"):
        services.produire_le_dossier(consultation=consultation, par=acheteur, maintenant=LIMITE + timedelta(hours=1))

    octets = services.produire_le_dossier(consultation=consultation, par=acheteur, maintenant=APRES)
    assert json.loads(ouverte(octets)["preuve.json"])["sorte"] == "dossier"


def test_remettre_s_inscrit_au_registre(faitage):
    brouillon = faitage.commence()
    relever()
    services.attester(brouillon=brouillon, par=brouillon.commence_par, maintenant=APRES)
    assert Ecriture.objects.get(acte="preuve.remettre").sujet == brouillon.reference


def test_sans_heure_limite_il_n_y_a_rien_a_prouver():
    assert not rules.dossier_possible(limite=None, le=LIMITE).favorable
    assert rules.fenetre(LIMITE) == (LIMITE - timedelta(hours=24), LIMITE + timedelta(hours=1))


def test_un_recepisse_n_est_pas_une_preuve(tmp_path):
    chemin = tmp_path / "recu.zip"
    with zipfile.ZipFile(chemin, "w") as archive:
        archive.writestr("depot.json", "{}")
    assert not est_une_preuve(chemin)

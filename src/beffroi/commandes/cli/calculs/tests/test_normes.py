"""`./beffroi normes` :
d'où qu'il vienne, un fichier officiel est celui du manifeste, ou il est refusé.
"""

import io
import json
import tarfile
import zipfile

import httpx
import pytest

from beffroi.commandes.cli.calculs import normes_sources
from beffroi.commandes.cli.calculs.normes_installer import installer
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.lanceur import principal
from formats import normes
from formats.normes import Etat, Fichier, Jeu
from formats.normes.tests.test_manifeste import CONTENU, FICHIER
from formats.tests.normes import NORMES, avec_les_normes

JEU = Jeu(
    nom="essai",
    titre="Essai",
    version="1",
    dossier="essai-1",
    source="https://normes.example/1/",
    derive_de="",
    editeur="Éditeur",
    licence="CC0",
    fichiers=(FICHIER,),
)


def site(reponses):
    """Un éditeur qui répond ce qu'on lui dit, dans l'ordre ; une exception est une coupure."""
    reste = iter(reponses)

    def repondre(demande):
        reponse = next(reste)
        if isinstance(reponse, Exception):
            raise reponse
        return reponse

    return httpx.MockTransport(repondre)


def installer_depuis(chemin, dossier, transport=None):
    with normes_sources.ouvrir(chemin, transport=transport) as source:
        return installer(JEU, source, dossier)


@pytest.fixture
def cle_usb(tmp_path):
    (tmp_path / "cle" / "essai-1" / "sous").mkdir(parents=True)
    (tmp_path / "cle" / "essai-1" / "sous" / "a.xsd").write_bytes(CONTENU)
    return tmp_path / "cle"


def test_un_dossier_range_comme_le_notre_s_installe(cle_usb, tmp_path):
    assert installer_depuis(cle_usb, tmp_path / "normes").installes == 1
    assert normes.etat_du_jeu(JEU, tmp_path / "normes") is Etat.INSTALLE


def test_ce_qui_est_deja_la_n_est_pas_repris(cle_usb, tmp_path):
    installer_depuis(cle_usb, tmp_path / "normes")

    bilan = installer_depuis(cle_usb, tmp_path / "normes")

    assert (bilan.installes, bilan.deja_la) == (0, 1)


def test_un_fichier_altere_est_refuse_et_rien_n_est_ecrit(cle_usb, tmp_path):
    (cle_usb / "essai-1" / "sous" / "a.xsd").write_bytes(b"<SCHEMA/>")

    bilan = installer_depuis(cle_usb, tmp_path / "normes")

    assert bilan.refuses == ["sous/a.xsd"]
    assert list((tmp_path / "normes").rglob("*.xsd")) == []


def test_un_fichier_altere_apres_coup_est_remplace(cle_usb, tmp_path):
    installer_depuis(cle_usb, tmp_path / "normes")
    (tmp_path / "normes" / "essai-1" / "sous" / "a.xsd").write_bytes(b"autre chose")

    assert installer_depuis(cle_usb, tmp_path / "normes").installes == 1


def archive_tar(chemin, nom):
    with tarfile.open(chemin, "w:gz") as archive:
        entree = tarfile.TarInfo(nom)
        entree.size = len(CONTENU)
        archive.addfile(entree, io.BytesIO(CONTENU))


@pytest.mark.parametrize(
    "nom", ["essai-1/sous/a.xsd", "./essai-1/sous/a.xsd", "Kit-1.0/sous/a.xsd"]
)
def test_une_archive_tar_s_installe_sous_ses_formes_courantes(nom, tmp_path):
    archive_tar(tmp_path / "kit.tar.gz", nom)

    assert installer_depuis(tmp_path / "kit.tar.gz", tmp_path / "normes").installes == 1


def test_une_archive_zip_s_installe(tmp_path):
    with zipfile.ZipFile(tmp_path / "kit.zip", "w") as archive:
        archive.writestr("Kit-1.0/sous/a.xsd", CONTENU)
        archive.writestr("../../evade.txt", b"x")

    assert installer_depuis(tmp_path / "kit.zip", tmp_path / "normes").installes == 1
    assert not (tmp_path / "evade.txt").exists()


def test_ce_qui_n_est_ni_dossier_ni_archive_est_dit(tmp_path):
    (tmp_path / "kit.pdf").write_bytes(b"%PDF")

    with pytest.raises(ErreurDeCommande, match="ni un dossier, ni une archive"):
        installer_depuis(tmp_path / "kit.pdf", tmp_path / "normes")


def test_l_editeur_donne_le_fichier_apres_une_coupure(tmp_path):
    transport = site([httpx.ConnectError("coupé"), httpx.Response(200, content=CONTENU)])

    assert installer_depuis(None, tmp_path / "normes", transport).installes == 1


def test_un_fichier_trop_gros_n_est_pas_lu_en_entier_et_est_refuse(tmp_path):
    transport = site([httpx.Response(200, content=CONTENU + b"x" * 1_000_000)])

    assert installer_depuis(None, tmp_path / "normes", transport).refuses == ["sous/a.xsd"]


def test_une_page_absente_se_dit_sans_arreter_le_reste(tmp_path):
    assert installer_depuis(None, tmp_path / "normes", site([httpx.Response(404)])).absents == [
        "sous/a.xsd"
    ]


@pytest.mark.parametrize(
    ("reponses", "phrase"),
    [
        ([httpx.Response(302, headers={"Location": "http://ailleurs.example"})], "répond 302"),
        ([httpx.ConnectError("coupé")] * 3, "elle reprendra où elle"),
    ],
)
def test_un_editeur_qui_ne_donne_pas_le_fichier_arrete_par_une_phrase(reponses, phrase, tmp_path):
    with pytest.raises(ErreurDeCommande, match=phrase):
        installer_depuis(None, tmp_path / "normes", site(reponses))


def test_une_source_sans_https_n_est_pas_lue(tmp_path):
    en_clair = Jeu(
        nom="essai",
        titre="",
        version="1",
        dossier="essai-1",
        source="http://normes.example/",
        derive_de="",
        editeur="",
        licence="",
        fichiers=(Fichier(chemin="a", sha256="0" * 64, taille=1),),
    )
    with (
        normes_sources.ouvrir(None, transport=site([])) as source,
        pytest.raises(ErreurDeCommande, match="HTTPS"),
    ):
        installer(en_clair, source, tmp_path)


def test_sans_dossier_regle_la_commande_dit_comment_le_regler(monkeypatch, capsys):
    monkeypatch.delenv("BEFFROI_NORMES", raising=False)

    assert principal(["normes", "installer"]) == 2

    assert "BEFFROI_NORMES" in capsys.readouterr().err


def test_un_jeu_inconnu_est_nomme(tmp_path, capsys):
    assert principal(["normes", "verifier", "cpv-1998", "--normes", str(tmp_path)]) == 2

    assert "« cpv-1998 » n'est pas un jeu du manifeste" in capsys.readouterr().err


def test_un_jeu_derive_ne_se_telecharge_pas_et_le_dit(tmp_path, capsys):
    assert principal(["normes", "installer", "nuts-2024", "--normes", str(tmp_path)]) == 1

    assert "installez-le par --depuis" in capsys.readouterr().err


def test_la_liste_dit_la_licence_et_l_etat(tmp_path, capsys):
    assert principal(["normes", "liste", "--json", "--normes", str(tmp_path)]) == 0

    jeux = {jeu["nom"]: jeu for jeu in json.loads(capsys.readouterr().out)["jeux"]}
    assert jeux["eforms-sdk-1.15.1"]["licence"] == "CC BY 4.0"
    assert jeux["eforms-sdk-1.15.1"]["etat"] == "absent"


@avec_les_normes
def test_tous_les_jeux_s_installent_depuis_un_dossier_et_se_verifient(tmp_path, capsys):
    assert (
        principal(["normes", "installer", "--depuis", str(NORMES), "--normes", str(tmp_path)]) == 0
    )
    assert principal(["normes", "verifier", "--normes", str(tmp_path)]) == 0

    assert capsys.readouterr().out.count("tout est juste") == len(normes.jeux())


@avec_les_normes
def test_un_fichier_retire_et_un_fichier_altere_sont_nommes(tmp_path, capsys):
    principal(
        ["normes", "installer", "cog-2026", "--depuis", str(NORMES), "--normes", str(tmp_path)]
    )
    communes, epci = (
        tmp_path / "cog" / fichier.chemin for fichier in normes.jeu("cog-2026").fichiers
    )
    communes.write_text("altéré", "utf-8")
    epci.unlink()
    capsys.readouterr()

    assert principal(["normes", "verifier", "cog-2026", "--normes", str(tmp_path)]) == 1

    dit = capsys.readouterr().out
    assert "communes_pas_de_calais_cog2026.csv : altéré" in dit
    assert "epci_pas_de_calais_cog2026.csv : absent" in dit

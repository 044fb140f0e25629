"""Changer l'accès au service S3 : essayé d'abord, inscrit, et les fichiers d'avant gardés s'il est
refusé.
"""

import io

import pytest

from beffroi.commandes.cli.lanceur import principal
from beffroi.socle.fondations.stockage import stockage
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.tests.test_services import MIDI
from beffroi.socle.noeuds import services
from tests.serveurs import seaweedfs

pytestmark = pytest.mark.django_db
ACTE = "stockage.changer_l_acces"


@pytest.fixture
def fichiers(sur_s3, settings, tmp_path):
    """L'identifiant et la clé d'aujourd'hui, chacun dans son fichier."""
    deux = tmp_path / "identifiant", tmp_path / "cle"
    for fichier, secret in zip(deux, (seaweedfs.IDENTIFIANT, seaweedfs.CLE), strict=True):
        fichier.write_text(secret, "utf-8")
        fichier.chmod(0o600)
    settings.STOCKAGE = {**settings.STOCKAGE, "acces": [*deux]}
    yield deux
    stockage.cache_clear()


def changer(identifiant, cle, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{identifiant}\n{cle}\n"))
    return principal(["cles", "changer-stockage"])


def lus(fichiers):
    return tuple(fichier.read_text("utf-8") for fichier in fichiers)


def test_bon_il_remplace_celui_d_avant_et_le_registre_le_dit(fichiers, monkeypatch):
    assert changer(seaweedfs.NEUF, seaweedfs.CLE_NEUVE, monkeypatch) == 0

    assert lus(fichiers) == (seaweedfs.NEUF, seaweedfs.CLE_NEUVE)
    assert {fichier.stat().st_mode & 0o777 for fichier in fichiers} == {0o600}
    ecrite = Ecriture.objects.get(acte=ACTE)
    assert seaweedfs.CLE_NEUVE not in ecrite.contenu and seaweedfs.NEUF not in ecrite.contenu


@pytest.mark.parametrize(
    ("identifiant", "cle", "essai"),
    [
        (seaweedfs.NEUF, "une autre", "Répondre : Le stockage a refusé (403)."),
        (
            seaweedfs.LECTEUR,
            seaweedfs.CLE_DU_LECTEUR,
            "Écrire un fichier : Le stockage a refusé (AccessDenied).",
        ),
    ],
)
def test_refuse_celui_d_avant_reste(identifiant, cle, essai, fichiers, monkeypatch, capsys):
    assert changer(identifiant, cle, monkeypatch) == 1

    dit = capsys.readouterr().err
    assert essai in dit and "À faire : " in dit
    assert lus(fichiers) == (seaweedfs.IDENTIFIANT, seaweedfs.CLE)
    assert not Ecriture.objects.filter(acte=ACTE).exists()


def test_donne_au_clair_par_l_environnement_il_est_a_poser(sur_s3, settings, monkeypatch, capsys):
    settings.STOCKAGE = {**settings.STOCKAGE, "acces": [None, None]}

    assert changer(seaweedfs.NEUF, seaweedfs.CLE_NEUVE, monkeypatch) == 0
    assert "Il est à vous de le poser" in capsys.readouterr().out
    assert Ecriture.objects.filter(acte=ACTE).count() == 1


@pytest.mark.moteurs
def test_de_plusieurs_noeuds_une_seule_ecriture(db):
    for _ in range(2):
        services.changer_l_acces_au_stockage(avant="un", apres="deux", maintenant=MIDI)

    assert Ecriture.objects.filter(acte=ACTE).count() == 1


def test_sur_un_disque_il_n_y_en_a_pas(stockage_a_part, capsys):
    assert principal(["cles", "changer-stockage"]) == 1
    assert "il n'y a pas d'accès à changer" in capsys.readouterr().err


def test_sans_rien_a_l_entree_la_commande_le_dit(fichiers, monkeypatch, capsys):
    assert changer("", "", monkeypatch) == 1
    assert "une ligne chacun" in capsys.readouterr().err

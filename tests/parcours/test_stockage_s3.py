"""Le stockage est S3 :
l'entreprise y envoie, le visiteur et l'acheteur y lisent, et la politique des pages le permet.
"""

import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.parcours.depot import MEGA, commencer, deposer, envoyer, fichiers
from tests.parcours.gestes.connexion import connecter
from tests.plateforme import Plateforme
from tests.serveurs.seaweedfs import SeaweedfsAbsent, seaweedfs

# Sa propre démonstration, jouée dans le compartiment, coûte deux minutes. Chaque jour,
# `depots/tests/test_s3.py` et `test_stockage.py` parlent à un vrai S3.
pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def s3() -> Iterator[dict[str, Any]]:
    try:
        with seaweedfs() as reglages:
            yield reglages
    except SeaweedfsAbsent as absent:
        pytest.skip(str(absent))


@pytest.fixture(scope="module")
def plateforme(
    s3: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plateforme]:
    """Une démonstration dont chaque fichier est dans le compartiment."""
    plateforme = Plateforme(tmp_path_factory.mktemp("demo-s3"))
    plateforme.demarrer(
        BEFFROI_STOCKAGE="s3",
        BEFFROI_S3_ADRESSE=s3["adresse"],
        BEFFROI_S3_COMPARTIMENT=s3["compartiment"],
        BEFFROI_S3_IDENTIFIANT=s3["identifiant"],
        BEFFROI_S3_CLE=s3["cle"],
    )
    try:
        yield plateforme
    finally:
        plateforme.arreter()


def test_l_entreprise_envoie_droit_au_stockage_puis_depose(ouvrir, plateforme, s3, tmp_path):
    page = ouvrir()
    origines = []
    page.on(
        "request",
        lambda requete: (
            origines.append(urlsplit(requete.url).netloc) if requete.method == "PUT" else None
        ),
    )
    pieces = fichiers(tmp_path, acte_engagement=3000, memoire_technique=20 * MEGA)

    reponse = commencer(page, plateforme)
    envoyer(page, reponse, *pieces.values())
    recepisse = deposer(page, reponse)

    assert recepisse.startswith("D-")
    assert set(origines) == {urlsplit(s3["adresse"]).netloc} and len(origines) >= 5
    assert page.erreurs == [] and page.console == []


def test_le_visiteur_telecharge_le_dossier_depuis_le_stockage(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    page.goto(f"/consultations/{plateforme.consultation('publiee')['reference']}/documents/")

    with page.expect_download() as telechargement:
        page.locator("a[href$='dossier.zip']").first.click()
    telechargement.value.save_as(tmp_path / "dossier.zip")

    assert telechargement.value.suggested_filename.endswith(".zip")
    assert zipfile.ZipFile(tmp_path / "dossier.zip").testzip() is None
    assert page.erreurs == []


def test_l_acheteur_telecharge_un_fichier_ouvert(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reference = plateforme.consultation("depouillee")["reference"]
    connecter(page, plateforme.compte("martine"), vers=f"/consultations/{reference}/plis-ouverts/")

    with page.expect_download() as telechargement:
        page.locator("main a[href*='/plis-ouverts/']").first.click()
    telechargement.value.save_as(tmp_path / "ouvert")

    assert (tmp_path / "ouvert").stat().st_size > 0
    assert page.erreurs == []


def test_l_acheteur_ajoute_un_document(ouvrir, plateforme, tmp_path):
    page = ouvrir()
    reference = plateforme.consultation("brouillon")["reference"]
    document = fichiers(tmp_path, reglement=40_000)["reglement"]
    connecter(
        page, plateforme.compte("martine"), vers=f"/consultations/{reference}/preparer/documents/"
    )

    page.locator("main input[type=file]").first.set_input_files(str(document))
    with page.expect_navigation():
        page.locator("main form:has(input[type=file]) button[type=submit]").first.click()

    assert "reglement" in page.locator("main").inner_text()
    assert page.erreurs == []

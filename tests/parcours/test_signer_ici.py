"""Signer ici un contrat, d'un certificat fait pour l'essai, jusqu'à la signature vérifiée qui se lit sur sa page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from formats.signature.tests import cles, pki
from tests.parcours.conftest import connecter
from tests.parcours.gestes.confirmation import rester_reconnue
from tests.parcours.test_ecrans import regarder
from tests.parcours.test_marches import LAVOIR, envoyer, ouvrir_le_contrat, suivre
from tests.plateforme import Plateforme

pytestmark = pytest.mark.lent


@pytest.fixture(scope="module")
def plateforme(origine: Plateforme, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plateforme]:
    """La sienne : l'exploitant y a posé l'autorité d'essai et sa liste de révocation."""
    normes = tmp_path_factory.mktemp("normes")
    for nom, octets in (("racines/essai.cer", pki.autorite().der), ("revocations/essai.crl", pki.revocations())):
        fichier = normes / "signature" / nom
        fichier.parent.mkdir(parents=True)
        fichier.write_bytes(octets)
    copie = origine.copie(tmp_path_factory.mktemp("signer") / "donnees")
    copie.demarrer(BEFFROI_NORMES=str(normes))
    yield copie
    copie.arreter()


@pytest.fixture
def certificat(tmp_path: Path) -> Path:
    fichier = tmp_path / "martine.p12"
    fichier.write_bytes(cles.en_p12(cles.porteur("Martine Delattre")))
    return fichier


@pytest.mark.parametrize("largeur", [1280, 360])
def test_un_mot_de_passe_faux_le_dit_puis_le_bon_signe_et_la_signature_est_valable(
    ouvrir: Any, plateforme: Plateforme, certificat: Path, largeur: int
) -> None:
    martine = ouvrir(largeur=largeur)
    connecter(martine, plateforme.compte("martine"))
    ouvrir_le_contrat(martine, LAVOIR)
    if largeur == 360:
        martine.get_by_text("Signature valable : Martine Delattre").first.wait_for()
        assert regarder(martine) == []
        return
    rester_reconnue(martine)
    ouvrir_le_contrat(martine, LAVOIR)
    confirmer_le_signataire(martine)
    suivre(martine, "Signer ici avec mon certificat")
    assert regarder(martine) == []
    for secret in ("un autre", cles.MOT_DE_PASSE):
        martine.locator("input[type=file]").set_input_files(certificat)
        martine.get_by_label("Mot de passe du certificat").fill(secret)
        martine.get_by_label("J’ai lu le document").check()
        envoyer(martine, "Signer le document")
        if secret == "un autre":
            martine.get_by_text("le mot de passe n’est pas le bon").first.wait_for()
            assert martine.get_by_label("Mot de passe du certificat").input_value() == ""
    martine.get_by_text("Signature valable : Martine Delattre").first.wait_for()
    assert regarder(martine) == []


def confirmer_le_signataire(page: Any) -> None:
    """Le nom que porte la signature, la qualité, la preuve lue : l'alerte s'en va."""
    page.get_by_text("Signataire à confirmer").wait_for()
    page.get_by_text("Autres actes", exact=True).click()
    suivre(page, "Confirmer le signataire")
    page.get_by_label("Qui a signé pour le titulaire").fill("Hélène Duriez")
    page.get_by_label("Sa qualité").fill("gérante")
    page.get_by_label("Ce que vous avez lu").fill("Extrait Kbis")
    page.get_by_label("Oui", exact=True).check()
    envoyer(page, "Noter ma confirmation")
    page.get_by_text("gérante : peut l’engager").wait_for()
    assert page.get_by_text("Signataire à confirmer").count() == 0

"""Quatre façons de nuire par une identité déclarée, jouées jusqu'au bout dans le navigateur :
aucune n'aboutit, et la phrase qui l'arrête se lit.
"""

from dataclasses import dataclass
from typing import Any

import pytest

from beffroi.commandes.cli.tests.faussaires import a_partir_de_rien
from tests.parcours.depot import attendre_les_mots, commencer, repondre, texte
from tests.parcours.ecrans import BOMY
from tests.parcours.gestes import entreprise
from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.courriels import lettre, texte_de
from tests.parcours.gestes.inscription import s_inscrire, soeur
from tests.parcours.gestes.surveillance import sans_faute

NOUVEL_AGENT = "dgs.nouveau@bomy.example"


@dataclass(frozen=True)
class Deposee:
    """La réponse d'Émile, scellée, avant l'heure limite, et sa page."""

    page: Any
    pli: str
    siret: str
    consultation: str


@pytest.fixture
def deposee(plateforme, ouvrir, tmp_path) -> Deposee:
    page = ouvrir()
    consultation = plateforme.consultation("publiee")
    pli = repondre(page, commencer(page, plateforme, "emile", consultation), tmp_path)
    page.goto("/entreprise/")
    siret = page.locator("dt:text-is('Établissement') + dd").inner_text()
    return Deposee(page, pli, siret, consultation["reference"])


@pytest.mark.parametrize("du_siret", [str, soeur], ids=["le même SIRET", "le même SIREN"])
def test_une_inconnue_n_annule_pas_la_reponse_d_une_autre(ouvrir, deposee, tmp_path, du_siret):
    rivale = ouvrir()
    s_inscrire(
        rivale, f"rivale-{du_siret.__name__}@concurrent.example", siret=du_siret(deposee.siret)
    )
    rivale.goto(f"/consultations/{deposee.consultation}/deposer/")
    rivale.locator("button", has_text="Commencer").click()
    rivale.wait_for_url("**/reponses/**")
    reponse = rivale.url.rstrip("/").rsplit("/", 1)[1]
    rivale.goto(f"/reponses/{reponse}/verifier/")
    assert "remplacera" not in texte(rivale) and deposee.pli not in texte(rivale)
    recu = repondre(rivale, reponse, tmp_path)
    rivale.goto(f"/depots/{recu}/retirer/")
    with rivale.expect_navigation():
        rivale.get_by_role("button", name="Retirer cette réponse").click()

    deposee.page.goto(f"/depots/{deposee.pli}/")
    lu = texte(deposee.page)
    assert "Votre réponse est déposée" in lu and "ne compte plus" not in lu
    assert rivale.goto(f"/depots/{deposee.pli}/").status == 404
    for page in (deposee.page, rivale):
        page.console = [ligne for ligne in page.console if "404" not in ligne]
        sans_faute(page)


def test_l_agente_de_l_acheteur_n_apprend_pas_qui_a_repondu(plateforme, ouvrir, deposee):
    martine = connecter(ouvrir(), plateforme.compte("martine"), vers="/entreprise/rattachement/")
    martine.locator("[name=siret]").fill(soeur(deposee.siret))
    martine.locator("[name=raison_sociale]").fill("Faux rattachement")
    with martine.expect_navigation():
        martine.locator("main form button[type=submit]").first.click()

    martine.goto(f"/consultations/{deposee.consultation}/deposer/")
    lu = texte(martine)
    assert "Vous tenez un rôle chez cet acheteur" in lu and "D-20" not in lu
    assert martine.get_by_role("button", name="Commencer").count() == 0
    assert martine.goto(f"/depots/{deposee.pli}/").status == 404

    entreprise.repartir(martine)
    assert "aucune entreprise" in texte(martine)


def test_un_compte_ouvert_d_avance_ne_recoit_pas_le_role(plateforme, ouvrir):
    inconnue = ouvrir()
    s_inscrire(inconnue, NOUVEL_AGENT, siret=soeur(BOMY))
    martine = connecter(
        ouvrir(), plateforme.compte("martine"), vers=f"/organisme/{BOMY}/agents/habiliter/"
    )
    martine.locator("[name=courriel]").fill(NOUVEL_AGENT)
    martine.locator("[name=nom]").fill("Jeanne Duval")
    martine.locator("[name=roles][value=administrateur]").check()
    with martine.expect_navigation():
        martine.locator("main form button[type=submit]").first.click()
    assert "Adresse non confirmée" in texte(martine)

    assert inconnue.goto(f"/organisme/{BOMY}/").status == 404
    recue = lettre(plateforme, NOUVEL_AGENT, "Commune de Bomy : un rôle")
    vraie = ouvrir()
    vraie.goto(next(mot for mot in texte_de(recue).split() if "/invitation/" in mot))
    assert "Un compte existe déjà à cette adresse" in texte(vraie)
    vraie.locator("[name=mot_de_passe]").fill("cinq autres mots pour elle")
    with vraie.expect_navigation():
        vraie.get_by_role("button", name="Garder ce mot de passe").click()
    assert "Il vous faut un second facteur" in texte(vraie)

    inconnue.goto("/compte/securite/")
    assert "/compte/connexion/" in inconnue.url


def test_un_recepisse_fait_de_rien_ne_se_dit_pas_authentique(ouvrir, tmp_path):
    (tmp_path / "recu.zip").write_bytes(a_partir_de_rien())
    visiteur = ouvrir()
    visiteur.goto("/verifier/")
    visiteur.locator("#recu").set_input_files(str(tmp_path / "recu.zip"))
    visiteur.locator("[data-resultat]:not([hidden])").wait_for()
    attendre_les_mots(visiteur, "clé")
    assert "authentique" not in visiteur.locator("[data-resultat]").inner_text()

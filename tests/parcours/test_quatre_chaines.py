"""Quatre façons de nuire par une identité déclarée, jouées jusqu'au bout dans le navigateur :
aucune n'aboutit, et la phrase qui l'arrête se lit.
"""

import pytest

from beffroi.commandes.cli.tests.faussaires import a_partir_de_rien
from tests.parcours.depot import attendre_les_mots, deposer, envoyer, fichiers, texte
from tests.parcours.ecran import Objets
from tests.parcours.ecrans import BOMY, DEPOT_RECENT
from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.courriels import lettre, texte_de
from tests.parcours.gestes.surveillance import sans_faute

MOT_DE_PASSE = "quatre mots bien choisis"
NOUVEL_AGENT = "dgs.nouveau@bomy.example"


@pytest.fixture
def pli(plateforme) -> str:
    """La réponse de Zoé, déposée et scellée, avant l'heure limite."""
    return str(DEPOT_RECENT(Objets(plateforme.dossier, plateforme.recit))["reference"])


def sa_consultation(plateforme, pli) -> str:
    return Objets(plateforme.dossier, plateforme.recit).lire(
        "SELECT c.reference FROM depots_pli p JOIN consultations_consultation c"
        " ON c.id = p.consultation_id WHERE p.reference = ?",
        pli,
    )


def siret_de(page) -> str:
    page.goto("/entreprise/")
    return page.locator("dt:text-is('Établissement') + dd").inner_text()


def soeur(siret: str) -> str:
    """Un autre établissement du même SIREN, à la clé juste, que nul n'a jamais dit."""
    chiffres = "".join(siret.split())
    for fin in range(100_000, 0, -1):
        essai = chiffres[:9] + f"{fin:05d}"[-5:]
        if essai != chiffres and cle_juste(essai):
            return essai
    raise AssertionError(siret)


def cle_juste(siret: str) -> bool:
    doubles = (int(c) * (1 + rang % 2) for rang, c in enumerate(reversed(siret)))
    return sum(somme - 9 if somme > 9 else somme for somme in doubles) % 10 == 0


def s_inscrire(page, courriel: str, *, siret: str) -> None:
    page.goto("/compte/inscription/?next=/entreprise/")
    champs = {
        "email": courriel,
        "password1": MOT_DE_PASSE,
        "nom": "Rivale Concurrente",
        "raison_sociale": "Rivale et fils",
        "siret": siret,
    }
    for champ, valeur in champs.items():
        page.locator(f"[name={champ}]").fill(valeur)
    with page.expect_navigation():
        page.get_by_role("button", name="Créer mon compte").click()
    page.wait_for_url("**/entreprise/")


@pytest.mark.parametrize("du_siret", [str, soeur], ids=["le même SIRET", "le même SIREN"])
def test_une_inconnue_n_annule_pas_la_reponse_d_une_autre(
    plateforme, ouvrir, pli, tmp_path, du_siret
):
    zoe = connecter(ouvrir(), plateforme.compte("zoe"), vers="/entreprise/")
    rivale = ouvrir()
    s_inscrire(
        rivale,
        f"rivale-{du_siret.__name__}@concurrent.example",
        siret=du_siret(siret_de(zoe)),
    )
    consultation = sa_consultation(plateforme, pli)
    rivale.goto(f"/consultations/{consultation}/deposer/")
    rivale.locator("button", has_text="Commencer").click()
    rivale.wait_for_url("**/reponses/**")
    reponse = rivale.url.rstrip("/").rsplit("/", 1)[1]
    f = fichiers(tmp_path, candidature=3000, offre=4000)
    envoyer(rivale, reponse, f["candidature"], place="candidature/")
    envoyer(rivale, reponse, f["offre"])
    rivale.goto(f"/reponses/{reponse}/verifier/")
    assert "remplacera" not in texte(rivale) and pli not in texte(rivale)
    recu = deposer(rivale, reponse)
    rivale.goto(f"/depots/{recu}/retirer/")
    with rivale.expect_navigation():
        rivale.get_by_role("button", name="Retirer cette réponse").click()

    zoe.goto(f"/depots/{pli}/")
    lu = texte(zoe)
    assert "Votre réponse est déposée" in lu and "ne compte plus" not in lu
    assert rivale.goto(f"/depots/{pli}/").status == 404
    for page in (zoe, rivale):
        page.console = [ligne for ligne in page.console if "404" not in ligne]
        sans_faute(page)


def test_l_agente_de_l_acheteur_n_apprend_pas_qui_a_repondu(plateforme, ouvrir, pli):
    zoe = connecter(ouvrir(), plateforme.compte("zoe"), vers="/entreprise/")
    siret = siret_de(zoe)
    consultation = sa_consultation(plateforme, pli)
    martine = connecter(ouvrir(), plateforme.compte("martine"), vers="/entreprise/rattachement/")
    martine.locator("[name=siret]").fill(soeur(siret))
    martine.locator("[name=raison_sociale]").fill("Faux rattachement")
    with martine.expect_navigation():
        martine.locator("main form button[type=submit]").first.click()

    martine.goto(f"/consultations/{consultation}/deposer/")
    lu = texte(martine)
    assert "Vous tenez un rôle chez cet acheteur" in lu and "D-20" not in lu
    assert martine.get_by_role("button", name="Commencer").count() == 0
    assert martine.goto(f"/depots/{pli}/").status == 404


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

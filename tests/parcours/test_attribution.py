"""Des offres ouvertes aux lettres lues :
choisir, motiver, écrire, tout envoyer, et ce que lit l'entreprise non retenue.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.parcours.gestes.connexion import connecter
from tests.parcours.regards import DEBORDE, regarder
from tests.parcours.test_courriers import base
from tests.plateforme import Plateforme, une_copie

MOTIF = "Offre la plus avantageuse : 90 points sur 100 <b>et un planning court</b>."
A_ATTRIBUER = (
    "SELECT reference FROM consultations_consultation WHERE etat = 'depouillee' AND titre LIKE "
    "'Entretien des chemins%'"
)
REJET = "Votre planning dépasse de trois semaines."


@pytest.fixture(scope="module")
def plateforme(
    origine: Plateforme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plateforme]:
    """La sienne : un choix s'y fait, des lettres y partent."""
    with une_copie(origine, tmp_path_factory.mktemp("attribution") / "donnees") as copie:
        yield copie


def choisir(page: Any, reference: str) -> None:
    page.goto(f"/consultations/{reference}/suivre/")
    page.get_by_role("link", name=re.compile("Choisir l.attributaire")).click()
    assert regarder(page) == []
    page.get_by_role("link", name="Choisir une offre").click()
    retenir_plusieurs_sans_rien_cocher(page)
    page.get_by_label(re.compile("Faîtage")).check()
    page.locator("[name=montant]").fill("41 250,50")
    page.get_by_role("button", name="Attribuer").click()
    page.get_by_text("Dites pourquoi cette offre est retenue").first.wait_for()
    page.locator("[name=motif]").fill(MOTIF)
    page.locator("[name=motif_de_l_ecart]").fill(
        "Notre tableau finit l'analyse : elle y est première."
    )
    page.get_by_role("button", name="Attribuer").click()
    page.get_by_text("Votre décision est inscrite").first.wait_for()


def retenir_plusieurs_sans_rien_cocher(page: Any) -> None:
    """L'accord-cadre à plusieurs titulaires est à un lien ; sans rien cocher, la page le dit."""
    page.get_by_role("link", name="Retenir plusieurs offres").click()
    page.locator("[name=titulaires_prevus]").fill("2")
    page.get_by_role("button", name="Attribuer").click()
    page.get_by_text("Retenez au moins une offre").first.wait_for()
    assert regarder(page) == []
    page.get_by_role("link", name="Annuler").click()
    page.get_by_role("link", name="Choisir une offre").click()


def ecrire_les_lettres(page: Any) -> None:
    page.get_by_role("link", name="Préparer les lettres").click()
    page.get_by_role("button", name="Préparer les lettres").click()
    page.get_by_role("link", name=re.compile("Zingueurs")).first.click()
    page.get_by_label(re.compile("Sa place")).fill("2")
    page.get_by_label(re.compile("Sa note")).fill("71,5")
    page.get_by_label(re.compile("Pourquoi n.est-elle pas retenue")).fill(REJET)
    page.get_by_role("button", name="Récrire la lettre").click()
    assert REJET in page.locator("[name=texte]").input_value()
    assert regarder(page) == []
    page.get_by_role("button", name="Cette lettre est relue").click()
    page.get_by_role("link", name=re.compile("Faîtage")).first.click()
    page.get_by_role("button", name="Cette lettre est relue").click()


def tout_envoyer(page: Any) -> None:
    page.get_by_role("link", name="Envoyer toutes les lettres").click()
    page.get_by_role("button", name="Envoyer toutes les lettres").click()
    page.get_by_text("Toutes les lettres sont parties ensemble").first.wait_for()
    assert regarder(page) == []


def lire_et_demander(page: Any, lettre: str) -> None:
    """Chez l'entreprise non retenue, à 360 pixels : son résultat, puis une demande."""
    page.goto(f"/resultats/{lettre}/")
    contenu = page.locator("main").inner_text()
    assert REJET in contenu and "71,5" in contenu and "un planning court" in contenu
    assert "41 250" not in contenu
    assert not page.evaluate(DEBORDE)
    assert regarder(page) == []
    page.locator("[name=texte]").fill("Quels sont les avantages de l'offre retenue ?")
    page.get_by_role("button", name="Envoyer ma demande").click()
    page.get_by_text("Votre demande est reçue").first.wait_for()


def repondre(page: Any, reference: str) -> None:
    page.goto(f"/consultations/{reference}/attribution/demandes/")
    page.get_by_text("Reste 15 jours").first.wait_for()
    page.locator("main").get_by_role("link", name=re.compile("Zingueurs")).click()
    page.locator("[name=texte]").fill("Un planning de six semaines.")
    page.get_by_role("button", name="Envoyer la réponse").click()
    page.get_by_text("Répondue").first.wait_for()


# Chaque jour, `choix/attribution` joue le choix et les lettres par ses écrans ;
# `test_de_la_seance_au_contrat.py` les traverse au navigateur.
@pytest.mark.long
def test_des_offres_ouvertes_a_la_lettre_lue_par_l_entreprise_non_retenue(plateforme, ouvrir):
    martine = connecter(ouvrir(), plateforme.compte("martine"))
    [(reference,)] = base(plateforme, A_ATTRIBUER)
    choisir(martine, reference)
    ecrire_les_lettres(martine)
    tout_envoyer(martine)

    partie = (
        "SELECT l.reference FROM attribution_lettre l JOIN attribution_suitedonnee s ON "
        "s.lettre_id = l.id"
    )
    partie += (
        " JOIN consultations_consultation c ON c.id = l.consultation_id WHERE c.reference = ? "
        "AND s.issue = 'rejetee'"
    )
    [(lettre,)] = base(plateforme, partie, reference)
    zoe = connecter(ouvrir(largeur=360), plateforme.compte("zoe"))
    lire_et_demander(zoe, lettre)
    repondre(martine, reference)

    lu = (
        "SELECT x.lu_le IS NOT NULL FROM echanges_exemplaire x JOIN attribution_lettre l ON "
        "l.exemplaire_id = x.id"
    )
    assert base(plateforme, f"{lu} WHERE l.reference = ?", lettre) == [(1,)]
    martine.console = [ligne for ligne in martine.console if "422" not in ligne]
    assert zoe.erreurs == martine.erreurs == []

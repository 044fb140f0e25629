"""La commission, au navigateur : convoquer, noter les présents, voter, clore ;
un élu lit sa réunion sur sa tablette.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.parcours.gestes.connexion import connecter
from tests.parcours.regards import DEBORDE, regarder
from tests.parcours.test_courriers import base
from tests.plateforme import Plateforme, une_copie

DE_LA_CAO = "commission_id IN (SELECT id FROM commissions_commission WHERE sorte = 'cao')"
ANNULEES = "id IN (SELECT reunion_id FROM commissions_annulation)"
PREPAREE = "SELECT reference FROM commissions_reunion WHERE convoquee_le IS NULL"
EN_COURS = (
    "SELECT reference FROM commissions_reunion WHERE convoquee_le IS NOT NULL AND close_le IS NULL"
    f" AND NOT {ANNULEES} AND {DE_LA_CAO}"
)
DU_JURY = f"SELECT reference FROM commissions_reunion WHERE NOT {DE_LA_CAO}"
COURRIELS = (
    "SELECT texte FROM socle_courriel WHERE cle LIKE 'convocation-de-commission:' || ? || ':%'"
)


@pytest.fixture(scope="module")
def plateforme(
    origine: Plateforme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plateforme]:
    """La sienne : une commission s'y réunit."""
    with une_copie(origine, tmp_path_factory.mktemp("commission") / "donnees") as copie:
        yield copie


def convoquer(page: Any, reference: str) -> None:
    page.goto(f"/commissions/reunions/{reference}/")
    page.get_by_role("link", name="Convoquer").click()
    page.get_by_text("ni le jour de l’envoi ni celui de la réunion").first.wait_for()
    assert regarder(page) == []
    page.get_by_role("button", name="Envoyer la convocation").click()
    page.get_by_text("La convocation est partie").first.wait_for()


def lire_sur_une_tablette(page: Any, reference: str) -> None:
    """Un élu : son ordre du jour depuis « À faire », et son retrait d'une affaire."""
    page.goto("/a-faire/")
    page.locator(f"a[href='/commissions/reunions/{reference}/ma-place/']").first.click()
    contenu = page.locator("main").inner_text()
    assert "Salle du conseil" in contenu and "Titulaire" in contenu
    assert not page.evaluate(DEBORDE)
    assert regarder(page) == []
    page.get_by_text("J’ai un intérêt").click()
    page.get_by_role("button", name="Me retirer de cette affaire").click()
    page.get_by_text("vous ne voterez pas de cette affaire").first.wait_for()


def noter_les_presences(page: Any, reference: str) -> None:
    page.goto(f"/commissions/reunions/{reference}/presences/")
    page.get_by_label(re.compile("Bernard Lefebvre")).select_option(
        label="Absent, remplacé par Lucien Roche"
    )
    page.get_by_role("button", name="Noter les présences").click()
    page.get_by_text("Le quorum est atteint : 4 voix sur 4").first.wait_for()
    assert regarder(page) == []


def voter(page: Any) -> None:
    page.get_by_role("link", name=re.compile("Inscrire le vote")).click()
    page.get_by_label(re.compile("Faîtage")).check()
    page.locator("[name=pour]").fill("5")
    page.get_by_role("button", name="Inscrire le vote").click()
    page.get_by_text("5 voix écrites, 4 à la table").first.wait_for()
    page.locator("[name=pour]").fill("3")
    page.locator("[name=abstentions]").fill("1")
    page.get_by_role("button", name="Inscrire le vote").click()
    page.get_by_text("Le vote est inscrit").first.wait_for()


def clore(page: Any) -> bytes:
    page.get_by_role("link", name="Relire et clore").click()
    assert regarder(page) == []
    page.get_by_role("button", name="Clore la réunion").click()
    page.get_by_text("Son procès-verbal est gardé").first.wait_for()
    with page.expect_download() as attendu:
        page.get_by_role("link", name="Procès-verbal en PDF").click()
    return bytes(attendu.value.path().read_bytes())


def juger(page: Any, reference: str) -> None:
    """Le jury vote sur des lettres : aucun nom n'est à l'écran ;
    le secrétariat, lui, lit de qui est chaque projet.
    """
    page.goto(f"/commissions/reunions/{reference}/affaires/1/projets/")
    noms = page.locator("main tbody td").all_inner_texts()
    assert noms and regarder(page) == []
    page.goto(f"/commissions/reunions/{reference}/affaires/1/")
    contenu = page.locator("main").inner_text()
    assert "Projet A" in contenu and not any(nom in contenu for nom in noms)
    page.get_by_label("Classer en tête : Projet A").check()
    page.locator("[name=pour]").fill("3")
    page.get_by_role("button", name="Inscrire le vote").click()
    page.get_by_text("Le vote est inscrit").first.wait_for()


def annuler(page: Any, reference: str) -> None:
    page.goto(f"/commissions/reunions/{reference}/")
    page.get_by_role("link", name="Annuler ou reporter").click()
    assert regarder(page) == []
    page.get_by_label("Pourquoi ne se tient-elle pas").fill("La salle est inondée.")
    page.get_by_role("button", name="Annuler la réunion").click()
    page.get_by_text("La réunion est annulée").first.wait_for()
    assert "La salle est inondée." in page.locator("main").inner_text()


# Chaque jour, `choix/commissions` convoque, vote et clôt par ses écrans, et chacun d'eux est
# regardé par qui le lit.
@pytest.mark.long
def test_de_la_convocation_au_proces_verbal(plateforme, ouvrir):
    martine = connecter(ouvrir(), plateforme.compte("martine"))
    [(preparee,)], [(en_cours,)] = base(plateforme, PREPAREE), base(plateforme, EN_COURS)
    convoquer(martine, preparee)
    bernard = connecter(ouvrir(largeur=768), plateforme.compte("bernard"))
    lire_sur_une_tablette(bernard, preparee)
    noter_les_presences(martine, en_cours)
    voter(martine)
    assert clore(martine).startswith(b"%PDF")
    [(du_jury,)] = base(plateforme, DU_JURY)
    juger(martine, du_jury)
    annuler(martine, preparee)

    # Trois membres ont une adresse ; rien d'une offre ne part avec la convocation.
    textes = [texte for (texte,) in base(plateforme, COURRIELS, preparee)]
    assert len(textes) == 3 and not any("Faîtage" in texte for texte in textes)
    martine.goto("/commissions/")
    martine.console = [ligne for ligne in martine.console if "422" not in ligne]
    assert martine.erreurs == bernard.erreurs == []

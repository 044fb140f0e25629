"""D'une séance close au rapport :
la grille, deux évaluateurs, des bordereaux XLSX comparés, un prix bas, le classement.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.parcours.depot import texte
from tests.parcours.gestes.connexion import connecter
from tests.parcours.gestes.surveillance import sans_faute
from tests.parcours.regards import DEBORDE, regarder
from tests.parcours.scenes import consultation_aux_prix_a_comparer
from tests.parcours.test_courriers import base
from tests.parcours.test_deux_temps import ouvrir_en_seance
from tests.plateforme import Plateforme, une_copie

CRITERES = "Prix ; prix ; 60\nValeur technique ; technique ; 40\n- Méthode ; 25\n- Équipe ; 15"
NOTES = {"helene": (9, 8, 7, 7, 5, 5), "bernard": (7, 8, 9, 7, 5, 7)}
# Ce que chaque entreprise écrit au bas de son bordereau ; Les Zingueurs y ont changé une quantité.
MONTANTS = {"Faîtage": "68400", "Zingueurs": "69100", "Belle-Étoile": "31500"}


@pytest.fixture(scope="module")
def plateforme(
    origine: Plateforme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plateforme]:
    """La sienne : une analyse s'y fait en entier."""
    with une_copie(origine, tmp_path_factory.mktemp("analyse") / "donnees") as copie:
        yield copie


# Chaque jour, `choix/analyse` joue la grille, les notes et le rapport par ses écrans ;
# `test_de_la_seance_au_contrat.py` les traverse au navigateur.
@pytest.mark.long
def test_de_la_seance_close_au_rapport_telecharge(plateforme, ouvrir):
    reference = consultation_aux_prix_a_comparer(plateforme)
    helene, bernard, martine = (
        connecter(ouvrir(), plateforme.compte(nom), vers=f"/consultations/{reference}/suivre/")
        for nom in ("helene", "bernard", "martine")
    )
    arreter_la_grille(martine, reference)
    ouvrir_en_seance(plateforme, helene, bernard, reference, attendues=3 * 2)
    nommer(martine, reference, "Hélène", "Bernard")
    commencer(martine, reference)
    for nom, page in (("helene", helene), ("bernard", bernard)):
        noter(page, reference, NOTES[nom])
    for nom in MONTANTS:
        lire_le_bordereau(martine, reference, nom)
    retenir_les_moyennes(martine, reference)
    lire_le_classement(martine, reference)
    preparer_la_question(martine, reference)
    telecharger_et_valider(martine, reference)
    telephone = connecter(ouvrir(largeur=360), plateforme.compte("martine"))
    tenir_en_360(telephone, reference)
    assert base(plateforme, "SELECT count(*) FROM analyse_note") != [(0,)]
    for page in (helene, bernard, martine, telephone):
        sans_faute(page)


def aller(page: Any, reference: str, suite: str = "") -> None:
    page.goto(f"/consultations/{reference}/analyse/lot-0/{suite}")


def arreter_la_grille(page: Any, reference: str) -> None:
    """Avant l'ouverture : la page dira que la méthode ne doit rien aux prix."""
    aller(page, reference, "grille/")
    page.locator("[name=criteres]").fill(CRITERES)
    page.locator("[name=formule]").select_option("proportionnelle")
    page.get_by_role("button", name="Arrêter la grille").click()
    page.get_by_text("Méthode arrêtée avant l").first.wait_for()
    assert regarder(page) == []


def nommer(page: Any, reference: str, *prenoms: str) -> None:
    for prenom in prenoms:
        page.goto(f"/consultations/{reference}/analyse/evaluateurs/")
        page.locator("[name=personne]").select_option(
            label=page.locator("option", has_text=prenom).first.inner_text()
        )
        page.get_by_role("button", name="Nommer cette personne").click()
        page.locator("tr", has_text=prenom).get_by_text("Déclaration attendue").wait_for()


def commencer(page: Any, reference: str) -> None:
    aller(page, reference)
    page.get_by_role("button", name="Commencer l").click()
    page.locator("tr", has_text="Faîtage").first.wait_for()
    assert regarder(page) == []


def noter(page: Any, reference: str, notes: tuple[int, ...]) -> None:
    """Se déclarer sans conflit, puis remplir sa grille, une ligne par offre."""
    page.goto(f"/consultations/{reference}/analyse/evaluateurs/")
    page.get_by_role("button", name="Je le déclare").click()
    page.get_by_text("Peut noter").first.wait_for()
    aller(page, reference, "notes/")
    cases = page.locator("main table input")
    assert cases.count() == len(notes)
    for rang, note in enumerate(notes):
        cases.nth(rang).fill(str(note))
    page.get_by_role("button", name="Enregistrer mes notes").click()
    page.get_by_text(re.compile("enregistrées")).first.wait_for()
    assert regarder(page) == []


def lire_le_bordereau(page: Any, reference: str, nom: str) -> None:
    """Le XLSX de l'entreprise, cellule par cellule devant celui de l'acheteur ;
    la quantité changée se voit.
    """
    aller(page, reference)
    page.get_by_role("link", name=re.compile(nom)).first.click()
    page.get_by_role("link", name="Lire et comparer le bordereau de prix").click()
    page.locator("[name=cadre]").select_option(label="Détail estimatif (detail-estimatif.xlsx)")
    page.get_by_role("button", name="Lire ces fichiers").click()
    page.locator("table", has_text="Bordures de trottoir").first.wait_for()
    changee = page.get_by_text("Diffère", exact=True).count()
    assert changee == (1 if nom == "Zingueurs" else 0), texte(page)
    if changee:
        assert "D4" in texte(page) and "300" in texte(page) and "250" in texte(page)
        assert regarder(page) == []
    page.get_by_role("link", name="Retenir le montant de cette offre").click()
    page.locator("[name=montant]").fill(MONTANTS[nom])
    page.get_by_label("Lu dans le bordereau de prix").check()
    page.locator("[name=precision]").fill("Total de son détail estimatif.")
    page.get_by_role("button", name="Retenir ce montant").click()
    page.get_by_text(re.compile("est retenu")).first.wait_for()


def retenir_les_moyennes(page: Any, reference: str) -> None:
    aller(page, reference, "comparaison/")
    page.get_by_role("button", name="Retenir la moyenne pour les notes qui restent").click()
    page.get_by_text("À retenir", exact=True).first.wait_for(state="detached")
    assert regarder(page) == []


def lire_le_classement(page: Any, reference: str) -> None:
    """La Belle-Étoile, la moins chère, est première ;
    l'image dit à quel poids du prix elle cesse de l'être.
    """
    aller(page, reference, "classement/")
    rangees = page.locator("table", has_text="Total").first.locator("tbody tr")
    assert "Belle-Étoile" in rangees.nth(0).inner_text()
    assert (
        page.locator("#sensibilite ~ figure svg, section[aria-labelledby=sensibilite] svg").count()
        >= 2
    )
    assert page.locator("section[aria-labelledby=courbe] svg").count() == 1
    assert regarder(page) == []


def preparer_la_question(page: Any, reference: str) -> None:
    """Le prix bas se signale, et la question est écrite : rien n'est rejeté d'office."""
    aller(page, reference, "classement/")
    bas = page.locator("section[aria-labelledby=basses]")
    assert "au-dessous de la moyenne des offres" in bas.inner_text()
    bas.get_by_role("button", name=re.compile("Préparer la question")).click()
    page.wait_for_url("**/courriers/**")
    assert (
        "nous semble basse" in texte(page)
        or "nous semble basse" in page.locator("textarea").first.input_value()
    )


def telecharger_et_valider(page: Any, reference: str) -> None:
    for extension, debut in (("odt", b"PK"), ("pdf", b"%PDF")):
        aller(page, reference, "rapport/")
        with page.expect_download() as recu:
            page.get_by_role("link", name=f"Rapport en {extension.upper()}").click()
        with open(recu.value.path(), "rb") as fichier:
            assert fichier.read(len(debut)) == debut
    page.locator("[name=proposition]").fill("Attribuer à la première, si elle justifie son prix.")
    page.get_by_role("button", name="Valider le rapport").click()
    page.get_by_text("Le rapport est validé").first.wait_for()
    assert regarder(page) == []


def tenir_en_360(page: Any, reference: str) -> None:
    for suite in ("", "grille/", "comparaison/", "classement/", "rapport/"):
        aller(page, reference, suite)
        assert not page.evaluate(DEBORDE), suite

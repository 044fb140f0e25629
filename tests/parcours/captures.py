"""Refait les images de la documentation :
`python -m tests.parcours.captures [dossier]`, à 1280 et 360 px.

La plateforme de démonstration est démarrée à neuf.
`pngquant`, s'il est installé, réduit les images.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from beffroi.choix.selection.tests.ecrans import A_DECIDER, EN_TOUR
from tests.architecture.arbre import RACINE
from tests.parcours.ecran import Objets
from tests.parcours.gestes import entreprise, seance
from tests.parcours.gestes.connexion import connecter
from tests.parcours.navigateur import CHROMIUM, chemin_du_chromium
from tests.plateforme import Plateforme

LARGEURS, HAUTEUR = (1280, 360), 1300
FICHIERS = {
    "candidature": ("Lettre de candidature.pdf", "Capacités du candidat.pdf"),
    "offre": ("Acte d'engagement.pdf", "Mémoire technique.pdf"),
}


class Photographe:
    def __init__(self, navigateur: Any, plateforme: Plateforme, dossier: Path) -> None:
        self.navigateur, self.plateforme, self.dossier = navigateur, plateforme, dossier
        self.objets = Objets(plateforme.dossier, plateforme.recit)

    def chez(self, qui: str = "") -> Any:
        contexte = self.navigateur.new_context(base_url=self.plateforme.adresse, locale="fr-FR")
        page = contexte.new_page()
        if qui:
            connecter(page, self.plateforme.compte(qui))
        return page

    def prendre(self, page: Any, nom: str, adresse: str = "", *, entiere: bool = True) -> None:
        """La page entière, ou son haut seulement : certaines sont très longues."""
        if adresse:
            page.goto(adresse)
        for largeur in LARGEURS:
            page.set_viewport_size({"width": largeur, "height": 900 if entiere else HAUTEUR})
            page.mouse.move(0, 0)
            page.evaluate("scrollTo(0, 0); document.fonts.ready")
            image = self.dossier / f"{nom}-{largeur}.png"
            page.screenshot(path=image, full_page=entiere, animations="disabled")
            alleger(image)
        page.set_viewport_size({"width": 1280, "height": 900})


def alleger(image: Path) -> None:
    if shutil.which("pngquant"):
        subprocess.run(
            ["pngquant", "--force", "--speed", "1", "--ext", ".png", "64", str(image)], check=True
        )


def chez_le_citoyen(photo: Photographe) -> None:
    page = photo.chez()
    photo.prendre(page, "accueil", "/")
    photo.prendre(page, "consultation", f"/consultations/{photo.objets.consultation('publiee')}/")


def sans_compte(photo: Photographe) -> None:
    """Le haut des pages que tous lisent : chercher, demander, être prévenu."""
    page, publiee = photo.chez(), f"/consultations/{photo.objets.consultation('publiee')}"
    photo.prendre(page, "recherche", "/consultations/?q=ardoize", entiere=False)
    photo.prendre(page, "demander", f"{publiee}/questions/sans-compte/", entiere=False)
    photo.prendre(page, "telecharger", f"{publiee}/documents/", entiere=False)
    photo.prendre(page, "alerte", "/alertes/?q=toiture", entiere=False)


def chez_l_entreprise(photo: Photographe) -> None:
    page = photo.chez("kevin")
    photo.prendre(
        page, "deposer", f"/consultations/{photo.objets.consultation('publiee')}/deposer/"
    )
    reponse = photo.plateforme.recit["televersement"]["reponse"]
    for ecran, noms in FICHIERS.items():
        entreprise.aller_aux_fichiers(page, reponse, ecran)
        for nom in noms:
            ligne = page.locator("[data-pieces] > li").filter(
                has_text=nom.removesuffix(".pdf").replace("'", "’")
            )
            with page.expect_file_chooser() as choix:
                ligne.get_by_role("button", name="Choisir").click()
            choix.value.set_files(
                {
                    "name": nom,
                    "mimeType": "application/pdf",
                    "buffer": b"%PDF-1.7 " + nom.encode() * 4_000,
                }
            )
            entreprise.attendre_la_reception(page, [nom])
    photo.prendre(page, "pieces", f"/reponses/{reponse}/pieces/offre/")
    page.goto(f"/reponses/{reponse}/verifier/")
    page.locator("html[data-depot=pret]").wait_for()
    photo.prendre(page, "verifier-et-deposer")
    photo.prendre(page, "mes-reponses", "/mes-reponses/")
    page.goto(f"/reponses/{reponse}/verifier/")
    page.get_by_role("button", name="Déposer maintenant").click()
    page.wait_for_url("**/depots/*/")
    photo.prendre(page, "recepisse", page.url)


def chez_la_secretaire(photo: Photographe) -> None:
    page = photo.chez("martine")
    photo.prendre(page, "a-faire", "/a-faire/")
    photo.prendre(
        page, "preparer", f"/consultations/{photo.objets.consultation('brouillon')}/preparer/"
    )
    photo.prendre(page, "cles", f"/consultations/{photo.objets.consultation('brouillon')}/cles/")


def aux_questions(photo: Photographe) -> None:
    """Ce que l'acheteur répond, ce qui s'en déduit, et ce que les contrôles en disent."""
    page = photo.chez("martine")
    brouillon = f"/consultations/{photo.objets.consultation('brouillon')}"
    photo.prendre(page, "question-montant", f"{brouillon}/preparer/montant/", entiere=False)
    page.goto(f"{brouillon}/preparer/particularites/")
    page.get_by_text("Vous ferez peut-être la suite plus tard").click()
    photo.prendre(page, "particularites", entiere=False)
    photo.prendre(page, "relecture", f"{brouillon}/relecture/", entiere=False)


def en_deux_temps(photo: Photographe) -> None:
    page = photo.chez("martine")
    a_decider, en_tour = (chercher(photo.objets)["reference"] for chercher in (A_DECIDER, EN_TOUR))
    photo.prendre(page, "candidatures", f"/consultations/{a_decider}/candidatures/selection/")
    photo.prendre(page, "tours", f"/consultations/{en_tour}/tours/")


def chez_la_juriste(photo: Photographe) -> None:
    page = photo.chez("claire")
    page.goto("/cdg/relectures/")
    page.locator("[data-points] a").first.click()
    page.get_by_role("button", name="en charge").click()
    page.locator("[name=paragraphe]").fill("4")
    page.locator("textarea[name=texte]").fill("Dites les jours de livraison.")
    page.get_by_role("button", name="Ajouter la remarque").click()
    photo.prendre(page, "relire", entiere=False)


def chez_la_gestionnaire(photo: Photographe) -> None:
    page = photo.chez("nadege")
    photo.prendre(page, "adherents", "/cdg/adherents/", entiere=False)


def en_seance(photo: Photographe) -> None:
    helene, bernard = photo.chez("helene"), photo.chez("bernard")
    tenue = photo.objets.seance("en_ouverture")
    helene.goto(f"/ouverture/{tenue}/")
    helene.get_by_role("button", name="Le registre est lu").click()
    helene.get_by_role("heading", name="Tourner les clés").wait_for()
    seance.tourner_les_cles(
        helene, bernard, tenue, phrase=photo.plateforme.compte("helene")["phrase_de_cle"]
    )
    for _ in range(2):
        helene.locator("form[action$='/suivante/'] button[type=submit]").click()
        helene.wait_for_load_state()
    photo.prendre(helene, "seance")


SCENES = (
    chez_le_citoyen,
    sans_compte,
    chez_la_secretaire,
    aux_questions,
    en_deux_temps,
    chez_la_juriste,
    chez_la_gestionnaire,
    en_seance,
    chez_l_entreprise,
)


def main(dossier: Path) -> None:
    dossier.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as donnees, sync_playwright() as playwright:
        plateforme = Plateforme(Path(donnees))
        plateforme.demarrer()
        navigateur = playwright.chromium.launch(executable_path=chemin_du_chromium(), args=CHROMIUM)
        try:
            photo = Photographe(navigateur, plateforme, dossier)
            for scene in SCENES:
                scene(photo)
        finally:
            navigateur.close()
            plateforme.arreter()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else RACINE / "docs" / "images")

"""Publier à deux, puis à l'heure dite : demander, rendre, accepter.
Rien ne paraît avant l'heure, tout paraît à l'instant.

Martine rédige au clavier seul, sur un téléphone. En attendant l'heure,
elle joint des règlements qui ne se lisent pas : chacun se dit, rien ne se perd.
"""

import re
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from formats.tests.documents_lus import archive, docx, p
from tests.parcours.gestes import acheteur
from tests.parcours.gestes.clavier import atteindre, presser
from tests.parcours.gestes.clavier import ecrire as ecrire_au_clavier
from tests.parcours.gestes.connexion import connecter, valider
from tests.parcours.gestes.surveillance import sans_faute
from tests.parcours.regards import DEBORDE, regarder
from tests.parcours.test_preparation import ecrire_les_documents
from tests.parcours.test_publicite import ecrire
from tests.plateforme import Plateforme, une_copie

TITRE, MOTIF = "Réfection de la toiture du lavoir", "Le lavoir est classé : dites-le dans l'objet."
LE_TEMPS_DE_CLIQUER = timedelta(seconds=8)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
FACHEUX = (
    ("protege.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "protégé par un mot de passe"),
    ("abime.docx", docx(p("Objet"))[:300], "est abîmé"),
    (
        "bombe.docx",
        archive({"[Content_Types].xml": "<Types/>", "word/document.xml": b" " * 80_000_000}),
        "trop gros",
    ),
    (
        "macros.docm",
        docx(p("Objet"), **{"word/vbaProject.bin": b"x"}),
        "Retirez-les avant de publier",
    ),
)
# La page fabrique le fichier : Playwright recopierait les gros.
DEUX_CENTS_MO = """() => {
  const un = new Uint8Array(1 << 20).fill(37), envoi = new DataTransfer();
  const contenu = ["%PDF-1.7", ...Array(200).fill(un)];
  envoi.items.add(new File(contenu, "gros.pdf", { type: "application/pdf" }));
  document.querySelector("input[name=fichier]").files = envoi.files;
}"""
LONG_MS = 60_000


@pytest.fixture(scope="module")
def plateforme(
    origine: Plateforme, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Plateforme]:
    """La sienne : la commune y change sa façon de publier."""
    with une_copie(origine, tmp_path_factory.mktemp("a-deux") / "donnees") as copie:
        yield copie


# Chaque jour, la publication se joue au navigateur, à une seule personne.
@pytest.mark.long
def test_une_seconde_personne_rend_puis_publie_a_l_heure_dite_tout_a_la_fois(plateforme, ouvrir):
    martine, helene = (
        connecter(ouvrir(), plateforme.compte(nom), vers="/cles/") for nom in ("martine", "helene")
    )
    exiger_deux_personnes(martine, plateforme)
    reference = preparer(martine, helene, plateforme)

    demander(martine, reference)
    rendre(helene)
    martine.goto("/a-faire/")
    tache(martine, "Reprendre une consultation rendue").click()
    martine.get_by_text(re.compile("Le lavoir est classé")).wait_for()
    demander(martine, reference)
    heure = programmer(helene, reference)
    joindre_ce_qui_ne_se_lit_pas(martine)

    paraitre_d_un_coup(ouvrir(), helene, reference, plateforme, heure)
    for page in (martine, helene):
        page.console = [ligne for ligne in page.console if "422" not in ligne]
        sans_faute(page)


def exiger_deux_personnes(page: Any, plateforme: Plateforme) -> None:
    page.goto("/organisme/")
    page.get_by_role("link", name="Qui publie").click()
    page.get_by_label("Toujours une autre personne").check()
    page.get_by_role("button", name="Garder ce choix").click()
    if page.locator("input[name=password]").count():
        page.fill("input[name=password]", plateforme.compte("martine")["mot_de_passe"])
        valider(page)
    page.get_by_text("noté").wait_for()


def preparer(martine: Any, helene: Any, plateforme: Plateforme) -> str:
    martine.set_viewport_size({"width": 360, "height": 640})
    reference = rediger_au_clavier(martine)
    martine.set_viewport_size({"width": 1280, "height": 900})
    ecrire_les_documents(martine, reference)
    ecrire(martine, reference, "l'avis national")
    acheteur.creer_les_cles(martine, reference, plateforme.compte("martine")["phrase_de_cle"])
    for page, nom in ((martine, "martine"), (helene, "helene")):
        acheteur.essayer_sa_cle(page, plateforme.compte(nom)["phrase_de_cle"])
    return reference


def rediger_au_clavier(page: Any) -> str:
    """Sans souris, à 360 px : chaque question s'atteint, se remplit et se garde ;
    le foyer se voit à chaque arrêt.
    """
    page.goto("/consultations/mes-consultations/")
    presser(page, page.get_by_role("link", name="Nouvelle consultation").first)
    page.wait_for_url("**/nouvelle/")
    ecrire_au_clavier(page, page.locator("[name=titre]"), TITRE)
    ecrire_au_clavier(
        page, page.locator("[name=objet]"), "La commune refait la couverture du lavoir."
    )
    presser(page, page.locator("[name=prestation]").first, touche="Space")
    ecrire_au_clavier(page, page.locator("[name=lieu]"), "Bomy")
    presser(page, page.get_by_role("button", name="Ouvrir le brouillon"))
    page.wait_for_url("**/montant/")
    ecrire_au_clavier(page, page.locator("[name=estime]"), "84500")
    ecrire_au_clavier(page, page.locator("[name=duree_en_mois]"), "4")
    garder(page, "lots")
    presser(page, page.locator("[name=motif]"), touche="ArrowDown")
    for question in ("criteres", "calendrier", "pieces"):
        garder(page, question)
    presser(page, page.get_by_role("link", name="Continuer"))
    page.wait_for_url("**/membres/")
    for nom in ("Hélène", "Martine"):
        atteindre(page, page.locator("#personne"))
        page.keyboard.type(nom)
        presser(page, page.get_by_role("button", name="Désigner", exact=True))
        page.get_by_role("rowheader", name=nom).wait_for()
    return str(page.url.rstrip("/").split("/")[-3])


def garder(page: Any, vers: str) -> None:
    presser(page, page.get_by_role("button", name="Garder et continuer"))
    page.wait_for_url(f"**/preparer/{vers}/")
    assert not page.evaluate(DEBORDE), page.url


def demander(page: Any, reference: str) -> None:
    """Qui a rédigé ne peut pas publier seule :
    l'écran propose de demander, et nomme qui le peut.
    """
    page.goto(f"/consultations/{reference}/preparer/verifier/")
    page.get_by_text("Peut publier : Hélène Duriez".replace(" :", "\N{NO-BREAK SPACE}:")).wait_for()
    assert page.get_by_role("link", name="Aller à la publication").count() == 0
    page.get_by_role("button", name="Demander la validation").click()
    page.get_by_text("La validation est demandée").wait_for()
    assert regarder(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})


def tache(page: Any, titre: str) -> Any:
    return page.locator("main li", has_text=titre).filter(has_text=TITRE).locator("a.bouton")


def rendre(page: Any) -> None:
    page.goto("/a-faire/")
    tache(page, "Valider une consultation").click()
    page.get_by_role("button", name="Rendre le brouillon").click()
    page.get_by_text("doit savoir quoi corriger").first.wait_for()
    assert regarder(page) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    page.locator("textarea[name=motif]").fill(MOTIF)
    page.get_by_role("button", name="Rendre le brouillon").click()
    page.get_by_text("Le brouillon est rendu à Martine Caron").wait_for()


def programmer(page: Any, reference: str) -> datetime:
    """La minute qui vient."""
    heure = acheteur.minute_pleine(datetime.now(acheteur.PARIS) + LE_TEMPS_DE_CLIQUER)
    page.goto(f"/consultations/{reference}/preparer/publier/")
    page.locator("[name=jour_dit]").fill(heure.strftime("%Y-%m-%d"))
    page.locator("[name=heure_dit]").fill(heure.strftime("%H:%M"))
    page.get_by_role("button", name="Publier à cette heure").click()
    page.get_by_text("La publication est prévue").wait_for()
    return heure


def joindre_ce_qui_ne_se_lit_pas(page: Any) -> None:
    """Chacun est gardé, et « Vérifier » dit pourquoi il ne se lit pas et quoi faire.
    200 Mo ne se chargent pas.
    """
    reference = acheteur.repondre_aux_questions(page, "Achat aux documents fâcheux", ())
    for nom, octets, phrase in FACHEUX:
        fichier = {"name": nom, "mimeType": "application/octet-stream", "buffer": octets}
        joindre(
            page,
            reference,
            lambda champ, fichier=fichier: champ.set_input_files(fichier),
            nom,
            phrase,
        )
    joindre(page, reference, lambda champ: page.evaluate(DEUX_CENTS_MO), "gros.pdf", "il pèse 209")


def joindre(page: Any, reference: str, choisir: Any, nom: str, phrase: str) -> None:
    page.goto(f"/consultations/{reference}/preparer/documents/")
    while page.get_by_role("link", name="Retirer").count():
        page.get_by_role("link", name="Retirer").first.click()
        page.get_by_role("button", name="Retirer ce document").click()
        page.wait_for_url("**/preparer/documents/")
    choisir(page.locator("input[name=fichier]"))
    page.get_by_role("button", name="Ajouter au dossier").click()
    page.locator("td bdi", has_text=nom).wait_for(timeout=LONG_MS)
    page.goto(f"/consultations/{reference}/preparer/verifier/")
    page.locator("main li", has_text=phrase).first.wait_for()


def paraitre_d_un_coup(
    anonyme: Any, helene: Any, reference: str, plateforme: Plateforme, heure: datetime
) -> None:
    """Fiche, dossier, avis et clés : absents ensemble jusqu'à l'heure, présents ensemble après."""
    adresse = f"/consultations/{reference}/"
    public = [
        adresse,
        *(
            f"{adresse}{fin}"
            for fin in ("documents/", "documents/dossier.zip", "avis/", "cles.json")
        ),
    ]
    statuts = [404] * len(public)
    while statuts[0] == 404:
        assert statuts == [404] * len(public)
        assert datetime.now(acheteur.PARIS) < heure + timedelta(seconds=60), "rien n'a paru"
        time.sleep(0.2)
        avant = datetime.now(acheteur.PARIS)
        # La fiche se demande en dernier : si elle a paru entre deux, les autres se redemandent.
        statuts = [anonyme.request.get(chemin).status for chemin in reversed(public)][::-1]
        if len(set(statuts)) > 1:
            statuts = [anonyme.request.get(chemin).status for chemin in public]
    assert avant >= heure - timedelta(seconds=2)
    assert statuts == [200] * len(public)
    helene.goto(f"{adresse}suivre/")
    helene.get_by_text("Ouverte").first.wait_for()

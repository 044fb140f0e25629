"""Les gestes d'une personne qui dépose, et des fichiers à déposer."""

import json
import os
import re
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Error

from tests.parcours.gestes.connexion import connecter
from tests.plateforme import Plateforme

MEGA = 1_000_000
PARTIES = re.compile(r"/parties/\d+/contenu$")
ANNONCES = re.compile(r"/fichiers(/paquet)?$")
ENTIEREMENT_SCELLE = """() => new Promise((dire) => {
  const base = indexedDB.open("beffroi-scellement");
  base.onsuccess = () => {
    const fiches = base.result.transaction("fiches").objectStore("fiches").getAll();
    fiches.onsuccess = () => {
      base.result.close();
      dire(fiches.result.some((fiche) => fiche.resultat));
    };
  };
})"""


def fichiers(dossier: Path, **tailles: int) -> dict[str, Path]:
    """Des fichiers au contenu imprévisible :
    `acte_engagement=1000` devient « acte-engagement.pdf ».
    """
    chemins = {}
    for nom, taille in tailles.items():
        chemins[nom] = dossier / f"{nom.replace('_', '-')}.pdf"
        chemins[nom].write_bytes(b"%PDF-1.7\n" + os.urandom(max(0, taille - 9)))
    return chemins


def commencer(
    page: Any,
    plateforme: Plateforme,
    qui: str = "kevin",
    consultation: dict[str, Any] | None = None,
) -> str:
    """Ouvre une réponse neuve ; rend sa référence."""
    consultation = consultation or plateforme.consultation("publiee")
    connecter(
        page, plateforme.compte(qui), vers=f"/consultations/{consultation['reference']}/deposer/"
    )
    page.locator("button", has_text="Commencer").click()
    page.wait_for_url("**/reponses/**")
    return str(page.url.rstrip("/").rsplit("/", 1)[1])


def aller_aux_pieces(page: Any, reponse: str, place: str = "offre/") -> None:
    page.goto(f"/reponses/{reponse}/pieces/{place}")
    attendre_le_script(page)


def attendre_le_script(page: Any) -> None:
    page.locator("html[data-depot=pret]").wait_for()


def choisir(page: Any, *chemins: Any) -> None:
    page.locator("[data-choix]").set_input_files(
        [str(c) if isinstance(c, Path) else c for c in chemins]
    )


def envoyer(page: Any, reponse: str, *chemins: Path, place: str = "offre/") -> None:
    aller_aux_pieces(page, reponse, place)
    choisir(page, *chemins)
    attendre_recus(page, len(chemins))


def attendre_recus(page: Any, nombre: int, delai_s: int = 60) -> None:
    mot = "fichier reçu" if nombre < 2 else "fichiers reçus"
    page.locator("[data-compte]", has_text=f"{nombre} {mot}").wait_for(timeout=delai_s * 1000)


def repondre(page: Any, reponse: str, dossier: Path) -> str:
    """Un fichier dans chaque enveloppe, puis le dépôt ; rend le numéro du récépissé."""
    pieces = fichiers(dossier, candidature=3000, offre=4000)
    envoyer(page, reponse, pieces["candidature"], place="candidature/")
    envoyer(page, reponse, pieces["offre"])
    return deposer(page, reponse)


def aller_verifier(page: Any, reponse: str) -> None:
    page.goto(f"/reponses/{reponse}/verifier/")
    attendre_le_script(page)


def deposer(page: Any, reponse: str) -> str:
    """Vérifie, dépose, rend le numéro du récépissé."""
    aller_verifier(page, reponse)
    page.locator("[data-deposer]").click()
    return attendre_le_recepisse(page)


def attendre_le_recepisse(page: Any) -> str:
    page.wait_for_url("**/depots/D-*/", timeout=60_000)
    return str(page.url.rstrip("/").rsplit("/", 1)[1])


def texte(page: Any) -> str:
    """Ce qu'on lit, sans les espaces insécables ni les apostrophes courbes."""
    lu = str(page.locator("main").inner_text())
    return (
        lu.replace("\N{NO-BREAK SPACE}", " ")
        .replace("\N{NARROW NO-BREAK SPACE}", " ")
        .replace("’", "'")
    )


def attendre_les_mots(page: Any, mots: str, delai_s: int = 30) -> None:
    """Attend une phrase, quelles que soient ses espaces et ses apostrophes."""
    motif = mots.replace("'", "’").split(" ")
    page.wait_for_function(
        "mots => document.body.innerText.replace(/\\s+/g, ' ').includes(mots.join(' '))",
        arg=motif,
        timeout=delai_s * 1000,
    )


def retenir(page, *, apres=0, quoi=PARTIES):
    """Laisse passer les premières parties, puis retient les suivantes ;
    rend de quoi les relâcher.
    """
    passees, retenues, libre = [], [], []

    def trier(route):
        if len(passees) < apres or libre:
            passees.append(route.request.url)
            return route.continue_()
        retenues.append(route)
        return None

    page.route(quoi, trier)

    def relacher():
        libre.append(True)
        for route in retenues:
            # Une requête abandonnée entre-temps (pause, coupure) n'a plus rien à continuer.
            with suppress(Error):
                route.continue_()

    return passees, retenues, relacher


def attendre_page(page, condition, delai_s=90):
    """Attend qu'une condition soit vraie, en laissant la page vivre."""
    limite = time.monotonic() + delai_s
    while not condition():
        assert time.monotonic() < limite, "rien ne s'est passé"
        page.wait_for_timeout(50)


def attendre_les_parties(page, reponse, nombre):
    """Attend que le serveur ait des parties durables ; rend leurs numéros."""

    def durables():
        [fichier] = page.request.get(f"/api/v1/reponses/{reponse}").json()["fichiers"]
        parties = page.request.get(f"/api/v1/fichiers/{fichier['fichier']}").json()["parties"]
        return {partie["numero"] for partie in parties}

    attendre_page(page, lambda: len(durables()) >= nombre)
    return durables()


def sans_reserve(page):
    """Ouvre l'ouvrier dans un navigateur sans disque privé (navigation privée)."""
    page.route(
        re.compile(r"/ouvrier[.\w]*\.js$"),
        lambda route: route.fulfill(
            response=(reponse := route.fetch()),
            body="navigator.storage.getDirectory=()=>Promise.reject(new Error('sans'));"
            + reponse.text(),
        ),
    )


def rapportees(plateforme: Plateforme, reponse: str) -> list[dict[str, Any]]:
    """Tout ce que la page a rapporté de cette réponse : tel que le cahier du serveur le garde."""
    lignes = [
        ligne
        for cahier in (plateforme.dossier / "cahiers").glob("*.jsonl")
        for ligne in cahier.open("rb")
    ]
    return [trace for trace in map(json.loads, lignes) if trace["reponse"] == reponse]

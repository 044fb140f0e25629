"""Un écran : sa route, qui le regarde, dans quel état, et comment y venir."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

# Pourquoi une adresse n'a pas d'écran à regarder.
POST, FICHIER, MACHINE, RENVOI = (
    "un geste (POST) sans page",
    "un téléchargement",
    "lu par un programme",
    "renvoie ailleurs",
)

Arguments = Callable[["Objets"], dict[str, Any]]


@dataclass(frozen=True)
class Objets:
    """Les objets de la démonstration, lus dans sa base sans y écrire."""

    dossier: Path
    recit: dict[str, Any] = field(hash=False)

    def lire(self, requete: str, *valeurs: Any) -> str:
        base = sqlite3.connect(
            f"file:{self.dossier / 'beffroi.sqlite3'}?mode=ro", uri=True, timeout=20
        )
        try:
            return str(base.execute(requete, valeurs).fetchone()[0])
        finally:
            base.close()

    def consultation(self, etat: str, rang: int = 0) -> str:
        return str([c["reference"] for c in self.recit["consultations"] if c["etat"] == etat][rang])

    def seance(self, etat: str) -> str:
        """La séance de la première consultation dans cet état."""
        return self.lire(
            "SELECT s.reference FROM ouverture_seance s JOIN consultations_consultation c ON c.id "
            "= s.consultation_id"
            " WHERE c.reference = ? ORDER BY s.id DESC",
            self.consultation(etat),
        )


@dataclass(frozen=True)
class Ecran:
    """Un écran : sa route, ce qu'elle désigne, la personne,
    l'état, la requête, et les gestes qui y mènent.
    """

    route: str
    qui: str = ""
    arguments: Arguments = lambda objets: {}
    etat: str = ""
    requete: str = ""
    statut: int = 200
    geste: Callable[[Any], Any] | None = None
    # D'où partent les gestes, quand l'écran ne s'atteint pas par sa seule adresse.
    depart: str = ""

    def __str__(self) -> str:
        return "-".join(
            morceau for morceau in (self.route, self.qui or "anonyme", self.etat) if morceau
        )


def ref(etat: str, rang: int = 0) -> Arguments:
    return lambda objets: {"reference": objets.consultation(etat, rang)}


def seance(etat: str) -> Arguments:
    return lambda objets: {"reference": objets.seance(etat)}


def objet(requete: str, nom: str = "reference", **fixes: Any) -> Arguments:
    return lambda objets: {nom: objets.lire(requete), **fixes}


def joint(*sources: Arguments) -> Arguments:
    return lambda objets: {
        cle: valeur for source in sources for cle, valeur in source(objets).items()
    }


def deplier(intitule: str) -> Callable[[Any], None]:
    """Ouvre au clavier ce que cet intitulé replie."""

    def geste(page: Any) -> None:
        page.locator("summary", has_text=intitule).first.press("Enter")

    return geste


def envoyer(*, bouton: str = "", **champs: str) -> Callable[[Any], None]:
    """Remplit des champs et envoie, validation du navigateur levée :
    par ce bouton, sinon par le premier.
    """

    def geste(page: Any) -> None:
        page.evaluate("document.querySelectorAll('form').forEach(f => f.noValidate = true)")
        for nom, valeur in champs.items():
            page.locator(f"main [name='{nom}']").first.fill(valeur)
        nomme = page.get_by_role("button", name=bouton, exact=True)
        premier = page.locator("main form:has([name]) button[type=submit]")
        with page.expect_navigation():
            (nomme if bouton else premier).first.click()

    return geste

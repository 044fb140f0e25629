"""Le registre des retraits d'une consultation : CSV, ODS et PDF."""

from dataclasses import dataclass
from datetime import datetime

from formats import composition, dates, tableur
from formats.caracteres import lisible, morceaux
from formats.tableur import Cellule, Feuille
from formats.typographie import typographier

_COLONNES = (
    ("Le (heure de Paris)", 4.8),
    ("Le (UTC)", 5.2),
    ("Téléchargé", 8.0),
    ("Version", 2.0),
    ("Entreprise", 6.5),
    ("Identifiant", 4.8),
    ("Adresse électronique", 6.5),
    ("Prévenir", 4.5),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneDeRetrait:
    """Un téléchargement ; sans entreprise ni adresse, il est anonyme."""

    le: datetime
    document: str
    version: int
    entreprise: str
    identifiant: str
    courriel: str
    prevenue: str

    @property
    def qui(self) -> str:
        return ", ".join(mot for mot in (self.entreprise, self.identifiant, self.courriel) if mot)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registre:
    """`manques` : les téléchargements servis que la base n'a pas pu inscrire."""

    reference: str
    titre: str
    acheteur: str
    exploitant: str
    lignes: tuple[LigneDeRetrait, ...]
    manques: int
    etabli_le: datetime

    @property
    def total(self) -> str:
        nombre, nommes = len(self.lignes), sum(bool(ligne.qui) for ligne in self.lignes)
        pluriel = "s" if nombre > 1 else ""
        return f"{nombre} téléchargement{pluriel}, dont {nommes} par quelqu'un qui s'est nommé."


def csv(registre: Registre) -> bytes:
    """Le registre en CSV, lisible par un tableur sans risque de formule."""
    return tableur.csv(_feuille(registre))


def ods(registre: Registre) -> bytes:
    """Le registre en OpenDocument, aux cellules typées."""
    return tableur.ods(_feuille(registre), etabli_le=registre.etabli_le)


def pdf(registre: Registre) -> bytes:
    """Le registre en PDF/A-2a et PDF/UA-1, à l'italienne."""
    return composition.composer(
        "registre_des_retraits", _donnees(registre), etabli_le=registre.etabli_le
    )


def _feuille(registre: Registre) -> Feuille:
    return Feuille(
        titre="Registre des retraits",
        entetes=tuple(entete for entete, _ in _COLONNES),
        largeurs=tuple(largeur for _, largeur in _COLONNES),
        lignes=[*map(_cellules, registre.lignes), *_ligne_des_manques(registre)],
    )


def _cellules(ligne: LigneDeRetrait) -> tuple[Cellule, ...]:
    return (
        ligne.le,
        dates.heure_universelle(ligne.le),
        ligne.document,
        ligne.version,
        ligne.entreprise if ligne.qui else "Anonyme",
        ligne.identifiant,
        ligne.courriel,
        ligne.prevenue,
    )


def _ligne_des_manques(registre: Registre) -> list[tuple[Cellule, ...]]:
    """Ce qui n'a pas pu s'inscrire se dit dans le fichier même : il se lit sans la page."""
    if not registre.manques:
        return []
    return [
        ("", "", f"{registre.manques} téléchargements n'ont pas pu s'inscrire.", "", "", "", "", "")
    ]


def _donnees(registre: Registre) -> dict[str, object]:
    manques = f" {registre.manques} autres n'ont pas pu s'inscrire." if registre.manques else ""
    return {
        "titre": f"Registre des retraits de la consultation {lisible(registre.reference)}",
        "exploitant": lisible(registre.exploitant),
        "etabli": f"{dates.jour(registre.etabli_le)} à {dates.heure(registre.etabli_le)}",
        "reference": lisible(registre.reference),
        "objet": morceaux(registre.titre),
        "acheteur": morceaux(registre.acheteur),
        "total": typographier(f"{registre.total}{manques}"),
        "lignes": [_ligne(ligne) for ligne in registre.lignes],
    }


def _ligne(ligne: LigneDeRetrait) -> dict[str, object]:
    return {
        "jour": dates.jour(ligne.le),
        "heure": dates.heure_exacte(ligne.le),
        "document": morceaux(ligne.document),
        "version": str(ligne.version),
        "qui": morceaux(ligne.qui or "Anonyme"),
        "prevenue": typographier(ligne.prevenue),
    }

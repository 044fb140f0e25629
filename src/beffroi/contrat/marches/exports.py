"""Le registre des contrats, pour un tableur : CSV et ODS, les montants exacts."""

from collections.abc import Sequence
from datetime import date, datetime

from beffroi.contrat.marches.ecrans import Ligne
from formats import tableur
from formats.tableur import Feuille

COLONNES = (
    ("Numéro", 3.5),
    ("Objet", 9.0),
    ("Acheteur", 6.0),
    ("Nature", 3.5),
    ("Titulaires", 6.0),
    ("Montant HT", 3.0),
    ("Maximum HT", 3.0),
    ("Signé le", 2.6),
    ("Notifié le", 2.6),
    ("Fin", 2.6),
    ("Où il en est", 3.5),
)
FORMATS = ("csv", "ods")


def registre(lignes: Sequence[Ligne], format_: str, *, etabli_le: datetime) -> bytes:
    feuille = Feuille(
        titre="Contrats",
        entetes=tuple(nom for nom, _ in COLONNES),
        largeurs=tuple(largeur for _, largeur in COLONNES),
        lignes=[_ligne(ligne) for ligne in lignes],
    )
    return tableur.csv(feuille) if format_ == "csv" else tableur.ods(feuille, etabli_le=etabli_le)


def _ligne(ligne: Ligne) -> tuple[tableur.Cellule, ...]:
    marche = ligne.marche
    return (
        marche.numero,
        marche.objet,
        marche.organisme.nom,
        marche.get_nature_display(),
        ligne.titulaires,
        ligne.montant,
        marche.maximum if marche.maximum is not None else "",
        _jour(marche.signe_le),
        _jour(marche.notifie_le),
        _jour(ligne.fin),
        str(marche.get_etat_display()),
    )


def _jour(jour: date | None) -> str:
    return f"{jour:%d/%m/%Y}" if jour else ""

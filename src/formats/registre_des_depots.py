"""Le registre des dépôts d'une consultation, après l'heure limite : CSV, ODS et PDF."""

from dataclasses import dataclass
from datetime import datetime

from formats import composition, dates, tableur, tailles
from formats.caracteres import groupes, lisible, morceaux
from formats.tableur import Cellule, Feuille
from formats.typographie import typographier

_COLONNES = (
    ("Écriture", 2.2),
    ("Récépissé", 3.2),
    ("Reçu le (heure de Paris)", 4.8),
    ("Reçu le (UTC)", 5.2),
    ("Entreprise", 6.5),
    ("Identifiant", 4.8),
    ("Lots", 2.0),
    ("Enveloppes", 2.4),
    ("Fichiers", 2.0),
    ("Octets", 2.8),
    ("Délai", 2.8),
    ("État", 2.8),
    ("Remplace", 3.2),
    ("Support", 4.0),
    ("Empreinte du dépôt (SHA-256)", 14.0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LigneDuRegistre:
    """Un dépôt ; `ecriture` est son rang au journal,
    absent d'un pli papier ou d'une copie de sauvegarde.
    """

    ecriture: int | None
    recepisse: str
    recu_le: datetime
    entreprise: str
    identifiant: str
    lots: tuple[int, ...]
    enveloppes: int
    fichiers: int
    octets: int
    hors_delai: bool
    etat: str
    remplace: str | None
    support: str
    empreinte: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Registre:
    reference: str
    titre: str
    acheteur: str
    exploitant: str
    date_limite: datetime
    lignes: tuple[LigneDuRegistre, ...]
    etabli_le: datetime


def csv(registre: Registre) -> bytes:
    """Le registre en CSV, lisible par un tableur sans risque de formule."""
    return tableur.csv(_feuille(registre))


def ods(registre: Registre) -> bytes:
    """Le registre en OpenDocument, aux cellules typées."""
    return tableur.ods(_feuille(registre), etabli_le=registre.etabli_le)


def pdf(registre: Registre) -> bytes:
    """Le registre en PDF/A-2a et PDF/UA-1, à l'italienne."""
    return composition.composer(
        "registre_des_depots", _donnees(registre), etabli_le=registre.etabli_le
    )


def _feuille(registre: Registre) -> Feuille:
    return Feuille(
        titre="Registre des dépôts",
        entetes=tuple(entete for entete, _ in _COLONNES),
        largeurs=tuple(largeur for _, largeur in _COLONNES),
        lignes=[_cellules(ligne) for ligne in registre.lignes],
    )


def _cellules(ligne: LigneDuRegistre) -> tuple[Cellule, ...]:
    return (
        "" if ligne.ecriture is None else ligne.ecriture,
        ligne.recepisse,
        ligne.recu_le,
        dates.heure_universelle(ligne.recu_le),
        ligne.entreprise,
        ligne.identifiant,
        ", ".join(map(str, ligne.lots)),
        ligne.enveloppes,
        ligne.fichiers,
        ligne.octets,
        _delai(ligne),
        ligne.etat,
        ligne.remplace or "",
        ligne.support,
        ligne.empreinte,
    )


def _delai(ligne: LigneDuRegistre) -> str:
    return "Hors délai" if ligne.hors_delai else "Dans les délais"


def _donnees(registre: Registre) -> dict[str, object]:
    nombre, tardifs = len(registre.lignes), sum(ligne.hors_delai for ligne in registre.lignes)
    return {
        "titre": f"Registre des dépôts de la consultation {lisible(registre.reference)}",
        "exploitant": lisible(registre.exploitant),
        "etabli": f"{dates.jour(registre.etabli_le)} à {dates.heure(registre.etabli_le)}",
        "reference": lisible(registre.reference),
        "objet": morceaux(registre.titre),
        "acheteur": morceaux(registre.acheteur),
        "limite": dates.jour_et_heure(registre.date_limite),
        "total": typographier(
            f"{nombre} dépôt{'s' if nombre > 1 else ''}, dont {tardifs} hors délai."
        ),
        "lignes": [_ligne(ligne) for ligne in registre.lignes],
    }


def _ligne(ligne: LigneDuRegistre) -> dict[str, object]:
    lots = (
        f"lots {', '.join(map(str, ligne.lots))}"
        if len(ligne.lots) > 1
        else f"lot {ligne.lots[0]}"
        if ligne.lots
        else ""
    )
    enveloppes = f"{ligne.enveloppes} enveloppe{'s' if ligne.enveloppes > 1 else ''}"
    fichiers = (
        f"{ligne.fichiers} fichier{'s' if ligne.fichiers > 1 else ''}, "
        f"{tailles.humaniser(ligne.octets)}"
    )
    etat = ligne.etat if ligne.remplace is None else f"{ligne.etat}, remplace {ligne.remplace}"
    return {
        "ecriture": "" if ligne.ecriture is None else tailles.nombre(ligne.ecriture),
        "recepisse": lisible(ligne.recepisse),
        "jour": dates.jour(ligne.recu_le),
        "heure": dates.heure_exacte(ligne.recu_le),
        "entreprise": morceaux(ligne.entreprise),
        "identifiant": morceaux(ligne.identifiant),
        "contenu": [typographier(t) for t in (lots, enveloppes, fichiers) if t],
        "hors_delai": ligne.hors_delai,
        "etat": morceaux(f"{etat} ; {ligne.support}"),
        "empreinte": groupes(ligne.empreinte),
    }

"""Un appel, pour le logiciel financier : une ligne par contribution émise, en CSV et en JSON ;
l'aperçu, pour un tableur.

Les montants sont des textes à deux décimales, un point pour virgule en JSON, une virgule en CSV :
aucun ne passe par un nombre flottant. Le JSON nomme son format et sa version ; un champ nouveau
s'ajoute, aucun ne change de sens.
"""

import json
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from beffroi.centre.contributions.apercu import controle
from beffroi.centre.contributions.documents import numero_d_appel
from beffroi.centre.contributions.models import Contribution, Exercice
from beffroi.centre.tarif.rules.dates import echeance
from beffroi.personnes.organismes.models import Organisme
from formats import tableur
from formats.dates import PARIS
from formats.tableur import Cellule, Feuille

FORMAT = "beffroi.contributions.appels/1"
RIEN = Decimal(0)
COLONNES = (
    "appel",
    "exercice",
    "siret",
    "siren",
    "nom",
    "montant",
    "avoirs",
    "net",
    "tranche",
    "agents",
    "consultations",
    "jours",
    "convention",
    "emis_le",
    "recu_le",
    "echeance",
    "deliberation",
    "objet",
    "sha256_du_document",
    "sorte",
    "presume",
)
DE_L_APERCU = (
    ("Adhérent", 7.0),
    ("SIRET", 4.0),
    ("Agents", 2.0),
    ("Consultations", 2.8),
    ("Tranche", 2.0),
    ("Jours", 1.8),
    ("Montant", 2.6),
    ("Appel précédent", 2.8),
    ("Contrôle", 5.0),
    ("Précision", 9.0),
)


def appels(exercice: Exercice) -> list[dict[str, Any]]:
    """Les contributions émises, par numéro : ce qu'un titre de recette demande.

    Les états néant y sont, à zéro.
    """
    emises = exercice.contributions.filter(emise_le__isnull=False).select_related(
        "adherent", "exercice__grille"
    )
    return [
        _appel(contribution)
        for contribution in emises.prefetch_related("avoirs").order_by("numero")
    ]


def _appel(contribution: Contribution) -> dict[str, Any]:
    montant = contribution.montant or RIEN
    avoirs = sum((avoir.montant for avoir in contribution.avoirs.all()), RIEN)
    recue, grille = contribution.recue_le, contribution.exercice.grille
    return {
        "appel": numero_d_appel(contribution),
        "exercice": contribution.exercice.annee,
        "siret": contribution.siret,
        "siren": contribution.adherent.siren,
        "nom": contribution.nom,
        "montant": f"{montant:.2f}",
        "avoirs": f"{avoirs:.2f}",
        "net": f"{montant - avoirs:.2f}",
        "tranche": contribution.tranche,
        "agents": contribution.agents,
        "consultations": contribution.volume,
        "jours": contribution.jours,
        "convention": contribution.convention,
        "emis_le": _jour(
            contribution.emise_le.astimezone(PARIS).date() if contribution.emise_le else None
        ),
        "recu_le": _jour(recue),
        "echeance": _jour(echeance(recue) if recue else None),
        "deliberation": grille.numero_de_deliberation if grille else "",
        "objet": f"Contribution {contribution.exercice.annee} à la plateforme de dématérialisation",
        "sha256_du_document": contribution.document.get("sha256", ""),
        "sorte": contribution.exercice.sorte,
        "presume": "oui" if contribution.presumee else "",
    }


def _jour(jour: date | None) -> str:
    return jour.isoformat() if jour else ""


def en_json(exercice: Exercice, *, creancier: Organisme, le: datetime) -> bytes:
    """`{format, etabli_le, creancier, exercice, total, appels}` ;
    `total` est la somme des `net`.
    """
    lignes = appels(exercice)
    contenu = {
        "format": FORMAT,
        "etabli_le": le.isoformat(timespec="seconds"),
        "creancier": {"nom": creancier.nom, "siret": creancier.siret},
        "exercice": exercice.annee,
        "total": f"{sum((Decimal(ligne['net']) for ligne in lignes), RIEN):.2f}",
        "appels": lignes,
    }
    return json.dumps(contenu, ensure_ascii=False, indent=1).encode()


def en_csv(exercice: Exercice) -> bytes:
    """Les mêmes colonnes que le JSON, dans le même ordre."""
    lignes = (tuple(_cellule(ligne, colonne) for colonne in COLONNES) for ligne in appels(exercice))
    return b"".join(tableur.csv_au_fil_de_l_eau(COLONNES, lignes))


def _cellule(ligne: dict[str, Any], colonne: str) -> Cellule:
    valeur = ligne[colonne]
    if colonne in {"montant", "avoirs", "net"}:
        return Decimal(valeur)
    return valeur if isinstance(valeur, int) else str(valeur if valeur is not None else "")


def apercu_en_ods(exercice: Exercice, lignes: Iterable[Contribution], *, le: datetime) -> bytes:
    """L'aperçu entier, à toute étape : ce que la page montre, une ligne par adhérent."""
    feuille = Feuille(
        titre=f"Contributions {exercice.cle}",
        entetes=tuple(entete for entete, _ in DE_L_APERCU),
        largeurs=tuple(largeur for _, largeur in DE_L_APERCU),
        lignes=[_de_l_apercu(contribution) for contribution in lignes],
    )
    return tableur.ods(feuille, etabli_le=le)


def _ou_vide(nombre: int | None) -> Cellule:
    return "" if nombre is None else nombre


def _de_l_apercu(contribution: Contribution) -> tuple[Cellule, ...]:
    _, mot, _, precision = controle(contribution)
    return (
        contribution.nom,
        contribution.siret,
        "présumé" if contribution.presumee else _ou_vide(contribution.agents),
        contribution.volume,
        contribution.tranche if contribution.est_payante and contribution.tranche else "",
        contribution.jours,
        contribution.montant if contribution.montant is not None else "",
        contribution.montant_d_avant if contribution.montant_d_avant is not None else "",
        mot,
        precision,
    )

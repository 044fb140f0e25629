"""La balance et le relevé, pour un tableur : montants exacts, mêmes colonnes en CSV et en ODS."""

from collections.abc import Sequence
from datetime import date, datetime

from beffroi.centre.recettes.releve import Mouvement
from beffroi.centre.recettes.suivi import Ligne, Suivi
from formats import tableur
from formats.tableur import Cellule, Feuille

DU_RELEVE = (
    ("Date", 2.6),
    ("Mouvement", 4.0),
    ("Référence", 4.5),
    ("Détail", 9.0),
    ("Dû", 2.8),
    ("Réglé", 2.8),
    ("Solde", 2.8),
)
DE_LA_BALANCE = (
    ("Adhérent", 7.0),
    ("SIREN", 3.0),
    ("Exercice", 2.0),
    ("Appel", 3.5),
    ("Titre", 2.6),
    ("Appelé", 2.8),
    ("Avoirs", 2.8),
    ("Titré", 2.8),
    ("Payé", 2.8),
    ("Reste", 2.8),
    ("Trop-perçu", 2.8),
    ("Reçu le", 2.8),
    ("Échéance", 2.8),
    ("Jours de retard", 2.8),
    ("Ancienneté", 4.0),
)
MODELES = {
    "titres": {
        "appel": "C-2027-0031",
        "exercice": "2027",
        "titre": "118",
        "date": "20/01/2027",
        "montant": "1000,00",
    },
    "paiements": {
        "reference": "VIR-2027-0042",
        "date": "12/02/2027",
        "montant": "400,00",
        "titre": "2027-118",
        "appel": "",
        "libelle": "Mairie d'exemple",
    },
}
FORMATS = ("csv", "ods")


def du_releve(mouvements: Sequence[Mouvement], *, nom: str) -> Feuille:
    return _feuille(f"Relevé {nom}"[:60], DU_RELEVE, [_mouvement(un) for un in mouvements])


def _mouvement(un: Mouvement) -> tuple[Cellule, ...]:
    somme = (un.du if un.du is not None else "", un.regle if un.regle is not None else "", un.solde)
    return (un.jour.isoformat(), un.sorte, un.repere, un.detail, *somme)


def de_la_balance(lignes: Sequence[Ligne], *, annee: str) -> Feuille:
    """Une ligne par appel : de quoi refaire la balance dans un tableur."""
    rangees = [_suivi(ligne, suivi) for ligne in lignes for suivi in ligne.suivis]
    return _feuille(f"Recettes {annee}", DE_LA_BALANCE, rangees)


def _suivi(ligne: Ligne, suivi: Suivi) -> tuple[Cellule, ...]:
    solde, contribution = suivi.solde, suivi.contribution
    en_retard = suivi.retard if solde.reste else 0
    return (
        ligne.nom,
        ligne.adherent.siren,
        contribution.exercice.annee,
        suivi.appel,
        suivi.numero_du_titre,
        solde.appele,
        solde.avoirs,
        suivi.titre,
        solde.paye,
        solde.reste,
        solde.trop_percu,
        _jour(contribution.recue_le),
        _jour(suivi.echeance),
        en_retard,
        suivi.anciennete if solde.reste else "",
    )


def _jour(jour: date | None) -> str:
    return jour.isoformat() if jour else ""


def _feuille(
    titre: str, colonnes: Sequence[tuple[str, float]], lignes: list[tuple[Cellule, ...]]
) -> Feuille:
    return Feuille(
        titre=titre,
        entetes=tuple(nom for nom, _ in colonnes),
        largeurs=tuple(cm for _, cm in colonnes),
        lignes=lignes,
    )


def modele(sorte: str) -> Feuille:
    """Les colonnes d'un import, et une ligne d'exemple."""
    exemple = MODELES[sorte]
    return _feuille(sorte, [(nom, 4.0) for nom in exemple], [tuple(exemple.values())])


def octets(feuille: Feuille, format_: str, *, le: datetime) -> bytes:
    return tableur.csv(feuille) if format_ == "csv" else tableur.ods(feuille, etabli_le=le)

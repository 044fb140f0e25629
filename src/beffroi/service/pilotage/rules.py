"""Ce que vaut un nombre : quand il se montre, et comment une année se découpe."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from statistics import median

from beffroi.personnes.entreprises.rules import departement
from beffroi.service.pilotage.mesures import Durees, Promesses, Promise, Tissu
from droit.calendrier.heures import Horaires
from droit.calendrier.heures_ouvrees import temps_ouvre
from formats.dates import PARIS

# Sous cinq, un nombre d'entreprises désigne presque quelqu'un :
# il ne se montre pas à qui n'est pas l'acheteur.
ANONYMES_AU_MOINS = 5
PETITES = frozenset({"micro", "pme"})
MOIS_D_UNE_ANNEE = range(1, 13)


def bornes(annee: int) -> tuple[datetime, datetime]:
    """Le premier instant de l'année à Paris, et celui de la suivante."""
    return datetime(annee, 1, 1, tzinfo=PARIS), datetime(annee + 1, 1, 1, tzinfo=PARIS)


def se_montre(*, entreprises: int) -> bool:
    """Aucune entreprise, ou assez pour que l'on n'en devine aucune."""
    return entreprises == 0 or entreprises >= ANONYMES_AU_MOINS


def part_montrable(nombre: int, *, sur: int) -> bool:
    """Une part ne se dit que si ni elle ni son reste ne comptent d'une à quatre entreprises."""
    return sur > 0 and se_montre(entreprises=nombre) and se_montre(entreprises=sur - nombre)


def tissu(reponses: Collection[tuple[str, str, str, str]]) -> Tissu:
    """De chaque réponse :
    l'entreprise, sa taille, le code postal de l'établissement, celui de l'acheteur.
    """
    tailles = {entreprise: taille for entreprise, taille, _, _ in reponses if taille}
    situees = [(entreprise, la, ici) for entreprise, _, la, ici in reponses if la and ici]
    voisines = {
        entreprise for entreprise, la, ici in situees if departement(la) == departement(ici)
    }
    return Tissu(
        taille_dite=len(tailles),
        petites=sum(taille in PETITES for taille in tailles.values()),
        lieu_dit=len({entreprise for entreprise, _, _ in situees}),
        du_departement=len(voisines),
    )


def libelle_de_tranche(est_payante: bool, tranche: int) -> str:
    """« Tranche 2 », et de quelle catégorie."""
    return f"Tranche {tranche}" if est_payante else f"Tranche {tranche}, gratuite"


def mediane(valeurs: Sequence[int]) -> Fraction | None:
    """La valeur du milieu, ou la moyenne des deux du milieu ; rien sans valeur."""
    return Fraction(median(map(Fraction, valeurs))) if valeurs else None


def annees(*, premiere: int, derniere: int) -> list[int]:
    """Les années que l'on peut lire, la dernière d'abord."""
    return list(range(derniere, min(premiere, derniere) - 1, -1))


def promesses(lues: Collection[Promise], *, le: datetime, horaires: Horaires) -> Promesses:
    """Due : tenue, ou dont l'heure est passée (convention, art. 2).

    Une promesse dont l'heure n'est pas venue ne compte ni pour, ni contre ;
    celle que personne n'a tenue compte contre.
    """
    rendues = [
        (une.recue_le, une.promise_pour, une.tenue_le) for une in lues if une.tenue_le is not None
    ]
    return Promesses(
        recues=len(lues),
        rendues=len(rendues),
        dues=sum(une.tenue_le is not None or une.promise_pour <= le for une in lues),
        tenues=sum(quand <= promise for _, promise, quand in rendues),
        mediane=duree_mediane([temps_ouvre(recue, quand, horaires) for recue, _, quand in rendues]),
    )


def durees(lues: Collection[timedelta | None]) -> Durees:
    """Ce qui dure encore se compte, et n'a pas de durée."""
    finies = [une for une in lues if une is not None]
    return Durees(nombre=len(lues), mediane=duree_mediane(finies))


def duree_mediane(durees_lues: Sequence[timedelta]) -> timedelta | None:
    """À la seconde : en dire plus serait dire plus qu'on ne sait."""
    milieu = mediane([int(une.total_seconds()) for une in durees_lues])
    return None if milieu is None else timedelta(seconds=int(milieu))

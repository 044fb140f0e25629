"""Le tarif, préparé pour l'écran :
les versions d'une grille, les questions et leurs réponses datées.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from beffroi.centre.contributions import calcul
from beffroi.centre.contributions.models import ChoixDuTarif, Grille
from beffroi.centre.tarif.rules.parametres import QUESTIONS, Parametres, en_valeurs
from droit.dates import en_toutes_lettres


@dataclass(frozen=True)
class Version:
    """Une grille et ses rangées :
    la tranche, ce que paie chaque catégorie, les appels qui l'ont figée.
    """

    grille: Grille
    deliberee_le: str
    rangees: list[tuple[str, Decimal, Decimal]]
    appels: list[int]


def versions(grilles: Iterable[Grille]) -> list[Version]:
    return [_version(grille) for grille in grilles]


def _version(grille: Grille) -> Version:
    tarif = calcul.tarif(grille)
    rangees = [
        (str(payante), payante.montant, autre.montant)
        for payante, autre in zip(tarif.au_dela, tarif.jusqu_au_seuil, strict=False)
    ]
    appels = sorted({exercice.annee for exercice in grille.exercices.all()})
    return Version(grille, en_toutes_lettres(grille.deliberee_le), rangees, appels)


@dataclass(frozen=True)
class QuestionReglee:
    """Une question, sa réponse d'aujourd'hui, si elle est d'office,
    et les choix gardés, le dernier d'abord.
    """

    cle: str
    texte: str
    reponse: str
    est_d_office: bool
    choix: list[tuple[str, str, ChoixDuTarif]]


def questions(gardes: Iterable[ChoixDuTarif], aujourd_hui: Parametres) -> list[QuestionReglee]:
    gardes, valeurs = list(gardes), en_valeurs(aujourd_hui)
    return [
        QuestionReglee(
            cle=cle,
            texte=question.texte,
            reponse=question.dit(valeurs[cle]),
            est_d_office=all(un.cle != cle for un in gardes),
            choix=[
                (question.dit(un.valeur), en_toutes_lettres(un.effet), un)
                for un in gardes
                if un.cle == cle
            ],
        )
        for cle, question in QUESTIONS.items()
    ]

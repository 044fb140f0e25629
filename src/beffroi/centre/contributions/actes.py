"""Les actes d'un appel, tels que l'écran les propose :
qui, ce qui va se passer, ce qui s'est passé.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from beffroi.centre.contributions.models import Exercice
from beffroi.centre.contributions.permissions import ACTES
from beffroi.centre.contributions.services import exercice as services
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import permet
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.journal.cycles import actes_possibles


@dataclass(frozen=True)
class ActeDAppel:
    """Un acte : son geste, ce qu'il entraîne, ce qu'on en dit une fois fait."""

    nom: str
    geste: str
    suites: tuple[str, ...]
    fait: str
    permission: str
    service: Callable[..., Any]
    motive: bool = False


TABLE = (
    ActeDAppel(
        "figer",
        "Figer les comptes",
        (
            (
                "La grille et les choix du 1er janvier sont figés : "
                "une grille gardée ensuite n'y change rien."
            ),
            "L'effectif, le compte et les jours de chaque adhérent sont figés. Il les lit.",
            "Il conteste dès maintenant, et jusqu'à trente jours après l'émission.",
            "Aucun courriel ne part.",
        ),
        "Les comptes sont figés.",
        "preparer_l_appel",
        services.figer,
    ),
    ActeDAppel(
        "simuler",
        "Calculer l'aperçu",
        (
            (
                "Chaque montant est calculé depuis ce qui est figé. "
                "Recommencer rend les mêmes centimes."
            ),
            "Rien n'est appelé.",
        ),
        "L'aperçu est calculé.",
        "preparer_l_appel",
        services.simuler,
    ),
    ActeDAppel(
        "preparer",
        "Valider en premier",
        (
            "Vous dites que les montants sont justes et qu'il ne reste rien à vérifier.",
            "Un ordonnateur valide ensuite, ou vous rend l'appel.",
        ),
        "Vous avez validé en premier. Un ordonnateur valide ensuite.",
        "preparer_l_appel",
        services.preparer,
    ),
    ActeDAppel(
        "renvoyer",
        "Rendre l'appel",
        ("L'appel revient à l'aperçu. La première personne lit pourquoi.",),
        "L'appel est rendu à qui l'a préparé.",
        "valider_l_appel",
        services.renvoyer,
        motive=True,
    ),
    ActeDAppel(
        "valider",
        "Valider en second",
        (
            "Vous n'êtes pas la personne qui a validé en premier.",
            "Plus aucun montant ne change : une correction sera un avoir.",
        ),
        "L'appel est validé par deux personnes.",
        "valider_l_appel",
        services.valider,
    ),
    ActeDAppel(
        "emettre",
        "Émettre les appels",
        (
            (
                "Chaque adhérent reçoit son appel, ou un état néant s'il ne doit rien. "
                "Sans effectif déclaré, il ne reçoit rien."
            ),
            "Les documents se font dans les minutes qui suivent, puis les courriels partent.",
            "C'est sans retour : une correction sera un avoir.",
        ),
        "Les appels sont émis. Leurs documents se préparent.",
        "emettre_l_appel",
        services.emettre,
    ),
)
PAR_NOM = {acte.nom: acte for acte in TABLE}


def acte_nomme(nom: str) -> ActeDAppel:
    acte = PAR_NOM.get(nom)
    if acte is None:
        raise Introuvable()
    return acte


def actes_proposes(
    exercice: Exercice, habilitation: Habilitation, *, a_verifier: int
) -> list[ActeDAppel]:
    """Ceux que l'état et le rôle permettent, le plus utile d'abord.

    Valider attend qu'il n'y ait plus rien à vérifier.
    """
    possibles = [
        nom
        for nom in actes_possibles(exercice.CYCLE, exercice.etat)
        if nom != "preparer" or not a_verifier
    ]
    permis = [
        PAR_NOM[nom] for nom in possibles if permet(habilitation, PAR_NOM[nom].permission, ACTES)
    ]
    return sorted(permis, key=lambda acte: acte.nom in {"renvoyer", "simuler"} and len(permis) > 1)

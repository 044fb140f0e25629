"""Le premier fait défaut : à qui demande-t-on ensuite (CCP, art. R. 2144-7 et R. 2181-7) ?"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from beffroi.choix.analyse.rules.classement import Classement, LigneDeClassement
from droit.citation import Article
from droit.decision import Decision, Motif

type Defaillance = Literal["candidature", "impossibilite"]
CANDIDATURE, IMPOSSIBILITE = Article("CCP", "R. 2144-7"), Article("CCP", "R. 2181-7")
# Le 1er janvier 2026 : le décret n° 2025-1383 crée l'article R. 2181-7.
# Le contexte qui agit connaît le jour.


@dataclass(frozen=True)
class Substitution:
    """Les offres classées juste après :
    plusieurs si elles sont ex æquo, aucune s'il n'en reste pas.
    """

    suivantes: tuple[LigneDeClassement, ...]
    article: Article
    phrase: str


def peut_solliciter_la_suivante(
    defaillance: Defaillance, *, notifie: bool, empechement: str = "", en_vigueur: bool = True
) -> Decision:
    """Une candidature irrecevable,
    ou un empêchement fortuit avant la notification, font passer au suivant.
    """
    if defaillance == "candidature":
        deja = Motif("Le contrat est notifié : la substitution n'est plus possible.", CANDIDATURE)
        return Decision.selon(deja if notifie else None)
    return Decision.selon(
        Motif("Le contrat est notifié : la substitution n'est plus possible.", IMPOSSIBILITE)
        if notifie
        else None,
        Motif("Dites le cas fortuit ou la force majeure qui empêche l'entreprise.", IMPOSSIBILITE)
        if not empechement.strip()
        else None,
        Motif("Cette règle ne vaut que depuis le 1er janvier 2026.", IMPOSSIBILITE)
        if not en_vigueur
        else None,
    )


def suivantes(
    classement: Classement, *, defaillantes: Collection[str], defaillance: Defaillance
) -> Substitution:
    """Celles qu'on sollicite :
    les mieux classées, une fois retirées toutes celles qui ont fait défaut.

    La recherche se répète tant qu'il reste des offres classées ;
    une offre éliminée n'y revient jamais.
    """
    article = CANDIDATURE if defaillance == "candidature" else IMPOSSIBILITE
    restantes = [ligne for ligne in classement.lignes if ligne.cle not in defaillantes]
    if not restantes:
        return Substitution(
            (),
            article,
            "Il ne reste aucune offre classée : déclarez la procédure infructueuse ou sans suite.",
        )
    rang = min(ligne.rang for ligne in restantes)
    choisies = tuple(ligne for ligne in restantes if ligne.rang == rang)
    if len(choisies) > 1:
        phrase = (
            f"{len(choisies)} offres sont ex æquo au rang {rang} : "
            "départagez-les comme le règlement le prévoit."
        )
    elif defaillance == "candidature":
        phrase = f"Demandez ses justificatifs à {choisies[0].nom}, au rang {rang}."
    else:
        phrase = f"Vous pouvez solliciter {choisies[0].nom}, au rang {rang}."
    return Substitution(choisies, article, phrase)

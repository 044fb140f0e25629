"""Ce qu'un contrat doit dire pour être inscrit."""

import re
from collections.abc import Sequence
from decimal import Decimal

from droit.citation import Article
from droit.decision import Decision, Motif

R2162_4 = Article("CCP", "R. 2162-4")
_SIRET = re.compile(r"[0-9]{14}")
_ETRANGER = re.compile(r"[A-Z]{2}[0-9A-Z]{2,16}")


def recevables(
    *,
    nature: str,
    montant: Decimal,
    maximum: Decimal | None,
    procedure: str,
    titulaires: Sequence[str],
    groupement: str,
    accord_cadre: bool,
) -> Decision:
    """Un titulaire au moins, plusieurs pour un accord-cadre (R. 2162-10),
    un maximum, une procédure de la même famille.
    """
    concession = nature == "concession"
    inconnus = [
        siret for siret in titulaires if not (_SIRET.fullmatch(siret) or _ETRANGER.fullmatch(siret))
    ]
    return Decision.selon(
        None if titulaires else Motif("Donnez le titulaire : son SIRET et son nom."),
        Motif(
            f"« {inconnus[0]} » n'est ni un SIRET de quatorze chiffres, "
            "ni un numéro de TVA européen."
        )
        if inconnus
        else None,
        Motif(
            "Plusieurs titulaires répondent ensemble : "
            "dites si leur groupement est conjoint ou solidaire. Seul un "
            "accord-cadre en a plusieurs sans groupement."
        )
        if len(titulaires) > 1 and not groupement and nature != "accord_cadre"
        else None,
        Motif("Le montant est supérieur à zéro.") if montant <= 0 else None,
        Motif("Un accord-cadre a un maximum. Donnez-le hors taxes.", R2162_4)
        if nature == "accord_cadre" and not maximum
        else None,
        Motif(
            "Un marché subséquent se rattache à son accord-cadre. Choisissez-le.",
            Article("CCP", "R. 2162-7"),
        )
        if nature == "marche_subsequent" and not accord_cadre
        else None,
        Motif(
            "Une concession se passe selon une procédure de concession, "
            "un marché selon une procédure de marché."
        )
        if concession != procedure.startswith("concession")
        else None,
    )

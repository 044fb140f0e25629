"""Plusieurs titulaires d'un accord-cadre : combien, lesquels, et ce qui se motive.

CCP, art. L. 2125-1, R. 2152-7, R. 2144-7 et R. 2181-7. Aucun article ne fixe un
nombre : la consultation le dit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from beffroi.choix.attribution.rules.decisions import CHOIX
from droit.citation import Article
from droit.decision import Decision, Motif
from formats.pluriels import compter, enumerer

ACCORD_CADRE = Article("CCP", "L. 2125-1")


@dataclass(frozen=True)
class OffrePesee:
    """Une offre en lice, et sa place au classement, s'il y en a un."""

    nom: str
    rang: int | None = None


@dataclass(frozen=True)
class ChoixDePlusieurs:
    """Les offres retenues ensemble, et celles que l'on aurait encore pu retenir.

    `prevus` : combien de titulaires au plus.
    """

    prevus: int
    retenues: Sequence[OffrePesee]
    restent: Sequence[OffrePesee] = ()
    motif_de_l_ecart: str = ""


def nombre_permis(*, annonces: int | None, prevus: int) -> Decision:
    """La consultation a dit combien de titulaires aura l'accord-cadre : la décision s'y tient.

    Vide : elle n'est pas d'ici.
    """
    if annonces is None or annonces == prevus:
        return Decision.accord()
    return Decision.refus(
        Motif(
            f"La consultation annonce {compter(annonces, 'titulaire')} : "
            "la décision ne change pas ce nombre. Seul un "
            "accord-cadre peut en avoir plusieurs.",
            ACCORD_CADRE,
        )
    )


def les_mieux_classees(choix: ChoixDePlusieurs) -> Decision:
    """Les premières du classement, jusqu'au nombre prévu ;
    moins, ou d'autres, se motive (CCP, art. R. 2152-7).
    """
    ecart = choix.motif_de_l_ecart.strip()
    devancees = _mieux_classees_que_la_derniere(choix)
    return Decision.selon(
        Motif(
            f"Vous retenez {compter(len(choix.retenues), 'offre')}, "
            f"et {choix.prevus} titulaires sont prévus : retirez-en."
        )
        if len(choix.retenues) > choix.prevus
        else None,
        Motif(
            (
                f"Mieux classées que l'une des offres retenues : {enumerer(devancees)}. "
                "Dites pourquoi elles ne le sont pas."
            ),
            CHOIX,
        )
        if devancees and not ecart
        else None,
        Motif(
            f"{choix.prevus} titulaires sont prévus, vous en retenez {len(choix.retenues)}, "
            "et il reste "
            f"{compter(len(choix.restent), 'offre')} en lice : dites pourquoi.",
            CHOIX,
        )
        if len(choix.retenues) < choix.prevus and choix.restent and not devancees and not ecart
        else None,
    )


def _mieux_classees_que_la_derniere(choix: ChoixDePlusieurs) -> list[str]:
    """Deux offres ex æquo portent le même rang :
    choisir l'une n'écarte pas l'autre sans raison, le choix la dit déjà.
    """
    dernier = max((offre.rang for offre in choix.retenues if offre.rang is not None), default=0)
    return [offre.nom for offre in choix.restent if offre.rang is not None and offre.rang < dernier]


def remplacement_de_l_un(*, avant: Sequence[str], gardees: Sequence[str]) -> Decision:
    """L'un des titulaires se remplace, les autres restent (CCP,
    art. R. 2144-7 et R. 2181-7) : on dit lequel.
    """
    if set(avant) - set(gardees):
        return Decision.accord()
    return Decision.refus(
        Motif(
            "Retirez l'entreprise que vous remplacez : "
            f"{enumerer(list(avant))} {'sont' if len(avant) > 1 else 'est'} encore "
            "parmi les offres retenues.",
            Article("CCP", "R. 2144-7"),
        )
    )

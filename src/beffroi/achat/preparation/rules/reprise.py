"""Refaire un achat d'avant :
ce qui se reprend, ce qui reste à confirmer, et ce que la loi a changé depuis.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from beffroi.achat.preparation.rules.defense import peut_etre_prepare
from beffroi.achat.preparation.rules.reponses import QUESTIONS, Reponses
from droit.achat import Lot
from droit.dates import en_toutes_lettres
from droit.decision import Decision, Motif
from droit.en_vigueur import Droit, DroitInconnu, Valeur
from droit.phrases import en_clair

_LISTES_DU_SCHEMA = (
    "liste."  # les nomenclatures des données essentielles ne décident de rien dans une consultation
)


@dataclass(frozen=True)
class ChangementDeLaLoi:
    """Une valeur des tables qui n'est plus la même :
    ce qu'elle était, ce qu'elle est, depuis quand, et l'article.
    """

    cle: str
    libelle: str
    avant: str
    maintenant: str
    depuis: str
    article: str
    confiance: str


def peut_etre_refaite(reponses: Reponses, *, defense_permise: bool) -> Decision:
    """Sans réponse aux questions, il n'y a rien à reprendre :
    la consultation a été faite autrement.
    """
    if reponses.nature is not None:
        return peut_etre_prepare(contrat=reponses.nature.contrat, permise=defense_permise)
    return Decision.refus(
        Motif(
            "Cette consultation n'a pas été préparée par les questions : "
            "il n'y a pas de réponses à reprendre. "
            "Commencez une nouvelle consultation, et reprenez-y ses documents depuis sa page."
        )
    )


def reponses_reprises(reponses: Reponses) -> Reponses:
    """Toutes, sauf le calendrier :
    ses dates, son urgence et sa préinformation étaient celles d'un autre achat.
    """
    return replace(reponses, calendrier=None)


def a_confirmer(reponses: Reponses) -> list[str]:
    """Chaque question reprise, et chaque lot qui a quelque chose de particulier."""
    reprises = [question for question in QUESTIONS if getattr(reponses, question) is not None]
    return [*reprises, *(f"lot-{lot.numero}" for lot in _lots(reponses) if est_particulier(lot))]


def encore_a_confirmer(pages: Iterable[str], relue: str, reponses: Reponses) -> list[str]:
    """Ce qui reste, cette page relue. Un lot effacé n'est plus à confirmer."""
    particuliers = {f"lot-{lot.numero}" for lot in _lots(reponses) if est_particulier(lot)}
    return [page for page in pages if page != relue and (page in QUESTIONS or page in particuliers)]


def est_particulier(lot: Lot) -> bool:
    """Un lot qui ne suit pas en tout les règles communes (CCP, art. R. 2113-1)."""
    return bool(lot.description or lot.reserve_a or lot.criteres)


def _lots(reponses: Reponses) -> tuple[Lot, ...]:
    return reponses.allotissement.lots if reponses.allotissement else ()


def ce_que_la_loi_a_change(avant: Droit, maintenant: Droit) -> tuple[ChangementDeLaLoi, ...]:
    """Les valeurs, ou leurs articles,
    que les tables connaissent aux deux dates et qui diffèrent.
    """
    cles = (cle for cle in maintenant.cles if not cle.startswith(_LISTES_DU_SCHEMA))
    paires = ((_valeur(avant, cle), _valeur(maintenant, cle)) for cle in cles)
    return tuple(
        _changement(ancienne, nouvelle)
        for ancienne, nouvelle in paires
        if ancienne and nouvelle and _dit(ancienne) != _dit(nouvelle)
    )


def _valeur(droit: Droit, cle: str) -> Valeur | None:
    try:
        return droit.valeur(cle)
    except DroitInconnu:
        return None


def _dit(valeur: Valeur) -> tuple[object, str]:
    return valeur.valeur, str(valeur.article)


def _changement(avant: Valeur, maintenant: Valeur) -> ChangementDeLaLoi:
    article, ancien = str(maintenant.article), str(avant.article)
    return ChangementDeLaLoi(
        cle=maintenant.cle,
        libelle=maintenant.libelle,
        avant=en_clair(avant.valeur, avant.unite),
        maintenant=en_clair(maintenant.valeur, maintenant.unite),
        depuis=en_toutes_lettres(maintenant.depuis),
        article=article if article == ancien else f"{article} (auparavant {ancien})",
        confiance=maintenant.confiance.phrase,
    )

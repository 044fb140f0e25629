"""Ce que les entreprises remettent, et d'où court le délai :
candidatures, offres, ou les deux ensemble.
"""

from dataclasses import dataclass
from datetime import date

from droit.calendrier import minimum
from droit.calendrier.minimum import Circonstances, DelaiMinimal
from droit.citation import Article
from droit.decision import Motif
from droit.en_vigueur import Droit
from droit.tables import Procedure

_LIBRES = {
    ("marche", "candidatures"): Article("CCP", "R. 2143-1"),
    ("marche", "offres"): Article("CCP", "R. 2151-1"),
    ("concession", "candidatures"): Article("CCP", "R. 3126-8"),
    ("concession", "offres"): Article("CCP", "R. 3126-9"),
}
_SORTES = ("candidatures", "offres")
_ENSEMBLE = "candidatures et offres"
_DE_L_AVIS, _DE_L_INVITATION = "envoi_de_l_avis", "envoi_de_l_invitation"
_ATTENTES = {
    _DE_L_AVIS: "l'envoi de l'avis",
    _DE_L_INVITATION: "l'envoi de l'invitation à présenter une offre",
}


class CalendrierSansObjet(LookupError):
    """Cette ligne des tables n'a pas de calendrier à elle ; la phrase dit lequel prendre."""


@dataclass(frozen=True, kw_only=True)
class Remise:
    """Une remise attendue.

    Sans `delai`, la loi laisse l'acheteur fixer un délai raisonnable et `pourquoi` le dit.
    """

    cle: str
    libelle: str
    depart: date | None
    attend: str = ""
    delai: DelaiMinimal | None = None
    pourquoi: tuple[Motif, ...] = ()


def remises(
    droit: Droit,
    procedure: Procedure,
    *,
    etapes: tuple[date, date | None],
    acheteur: str,
    circonstances: Circonstances,
) -> tuple[Remise, ...]:
    """Les remises de la procédure, dans l'ordre.

    `etapes` : l'envoi de l'avis, puis celui de l'invitation s'il est connu.
    """
    sortes = [sorte for sorte in _SORTES if any(sorte in phase for phase in procedure.phases)]
    if not sortes:
        raise CalendrierSansObjet(
            f"« {procedure.libelle} » n'a pas de calendrier à elle. "
            "Donnez la procédure qu'elle suit."
        )
    cles = {
        sorte: cle
        for sorte in sortes
        if (cle := cle_du_delai(droit, procedure, acheteur=acheteur, sorte=sorte))
    }
    ensemble = any(_ENSEMBLE in phase for phase in procedure.phases)
    if ensemble and len(cles) < len(sortes):
        sortes = list(cles) or ["offres"]
    return tuple(
        _bornee(
            droit,
            procedure,
            cle=cles[sorte],
            sorte=sorte,
            etapes=etapes,
            circonstances=circonstances,
        )
        if sorte in cles
        else _libre(
            procedure, sorte, depart=etapes[0] if ensemble or sorte == "candidatures" else etapes[1]
        )
        for sorte in sortes
    )


def cle_du_delai(droit: Droit, procedure: Procedure, *, acheteur: str, sorte: str) -> str:
    """La clé du délai minimal, propre à l'acheteur si les tables les distinguent ;
    vide si la loi n'en fixe pas.
    """
    if not procedure.delais:
        return ""
    for cle in (f"{procedure.delais}.{acheteur}.{sorte}", f"{procedure.delais}.{sorte}"):
        if cle in droit.tables.fiches or f"{cle}.sans_accord" in droit.tables.fiches:
            return cle
    return ""


def _bornee(
    droit: Droit,
    procedure: Procedure,
    *,
    cle: str,
    sorte: str,
    etapes: tuple[date, date | None],
    circonstances: Circonstances,
) -> Remise:
    envoi, invitation = etapes
    pivot = droit.fiche(cle if cle in droit.tables.fiches else f"{cle}.sans_accord").pivot
    delai = minimum.delai_minimal(droit, cle, envoi=envoi, circonstances=circonstances)
    if delai and sorte == "offres" and famille(procedure) == "marche":
        delai = minimum.allonger_hors_profil(droit, delai, circonstances=circonstances)
    return Remise(
        cle=sorte,
        libelle=_libelle(procedure, sorte, pivot=pivot),
        depart=envoi if pivot == _DE_L_AVIS else invitation,
        attend=_ATTENTES[pivot],
        delai=delai,
    )


def _libre(procedure: Procedure, sorte: str, *, depart: date | None) -> Remise:
    motif = Motif(
        (
            "Aucun minimum : vous fixez un délai qui tient compte de la complexité et du "
            "temps pour répondre."
        ),
        _LIBRES[famille(procedure), sorte],
    )
    pivot = _DE_L_AVIS if depart or sorte == "candidatures" else _DE_L_INVITATION
    return Remise(
        cle=sorte,
        libelle=_libelle(procedure, sorte, pivot=pivot),
        depart=depart,
        attend=_ATTENTES[pivot],
        pourquoi=(motif,),
    )


def famille(procedure: Procedure) -> str:
    """Le début des clés : `marche` ou `concession`."""
    return "concession" if "concession" in procedure.natures else "marche"


def _libelle(procedure: Procedure, sorte: str, *, pivot: str) -> str:
    if pivot == _DE_L_AVIS and any(_ENSEMBLE in phase for phase in procedure.phases):
        return "Candidatures et offres"
    return sorte.capitalize()

"""Les courriels d'un impayé : le rappel, le blocage, la somme réglée. La lettre est jointe."""

from collections.abc import Mapping
from datetime import datetime

from beffroi.centre.contributions.documents import numero_d_appel
from beffroi.centre.contributions.models import Contribution
from beffroi.centre.conventions.courriels import jointe
from beffroi.centre.conventions.models import PieceDeConvention
from beffroi.centre.impayes import lettres
from beffroi.centre.impayes.models import Defaut, LettreDImpaye
from beffroi.centre.propositions.models import Proposition
from beffroi.socle.fondations.services import ecrire_a
from droit.dates import en_toutes_lettres
from formats.sommes import au_centime


def rappel(lettre: LettreDImpaye, *, maintenant: datetime) -> None:
    contribution = lettre.defaut.contribution
    _ecrire(
        "rappel",
        contribution,
        cle=lettre.reference,
        sujet=f"{contribution.nom} : contribution {contribution.exercice.annee}, rappel",
        contexte={
            "reste": au_centime(lettre.reste),
            "echeance": en_toutes_lettres(lettre.defaut.echeance),
            "appel": numero_d_appel(contribution),
        },
        maintenant=maintenant,
        piece=lettre.pdf,
    )


def bloquee(lettre: LettreDImpaye, *, maintenant: datetime) -> None:
    contribution = lettre.defaut.contribution
    _ecrire(
        "bloquee",
        contribution,
        cle=lettre.reference,
        sujet=f"{contribution.nom} : consultations nouvelles arrêtées",
        contexte={
            "reste": au_centime(lettre.reste),
            "le": en_toutes_lettres(lettre.recue_le) if lettre.recue_le else "",
        },
        maintenant=maintenant,
        piece=lettre.pdf,
    )


def reglee(defaut: Defaut, *, debloque: bool, maintenant: datetime) -> None:
    contribution = defaut.contribution
    _ecrire(
        "reglee",
        contribution,
        cle=defaut.reference,
        sujet=f"{contribution.nom} : contribution {contribution.exercice.annee} réglée",
        contexte={"debloque": debloque},
        maintenant=maintenant,
    )


def reprise(defaut: Defaut, proposition: Proposition, *, maintenant: datetime) -> None:
    """La fin est reprise : l'adhérent a reçu la décision, il lit qu'elle ne vaut plus."""
    contribution = defaut.contribution
    _ecrire(
        "reprise",
        contribution,
        cle=proposition.reference,
        sujet=f"{contribution.nom} : votre convention reprend",
        contexte={"due": not defaut.est_clos},
        maintenant=maintenant,
    )


def _ecrire(
    gabarit: str,
    contribution: Contribution,
    *,
    cle: str,
    sujet: str,
    contexte: Mapping[str, object],
    maintenant: datetime,
    piece: PieceDeConvention | None = None,
) -> None:
    adresse = contribution.adherent.courriel
    if not adresse:
        return
    commun = {
        "contribution": contribution,
        "page": lettres.page_de(contribution),
        "telephone": lettres.telephone(),
    }
    ecrire_a(
        adresse,
        cle=f"impaye/{gabarit}/{cle}",
        sujet=sujet,
        gabarit=f"impayes/courriels/{gabarit}.txt",
        contexte={**commun, **contexte},
        maintenant=maintenant,
        pieces=[jointe(piece)] if piece else None,
    )

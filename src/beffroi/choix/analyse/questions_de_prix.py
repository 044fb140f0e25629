"""Demander à une entreprise de justifier son prix :
un brouillon dans les échanges, que l'acheteur relit et envoie.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from beffroi.achat.preparation.queries import achat_de
from beffroi.choix.analyse.queries.lecture import Analyse, LigneDOffre
from beffroi.choix.analyse.rules import anormalement_basses
from beffroi.choix.echanges import services as echanges
from beffroi.choix.echanges.models import Courrier, Exemplaire, Retour
from beffroi.personnes.comptes.models import Utilisateur

SUJET = "Consultation [consultation] : justifier votre prix"


@dataclass(frozen=True)
class Question:
    """Où en est la question posée à une entreprise : posée, répondue, ou son délai passé."""

    posee: bool = False
    repondue: bool = False
    delai_passe: bool = False


def soupcons(
    analyse: Analyse, *, le: datetime
) -> list[tuple[LigneDOffre, anormalement_basses.Soupcon]]:
    """Les offres en course à regarder, de la plus basse à la moins basse.

    Aucune n'est rejetée d'office.
    """
    prix = {
        ligne.offre.reference: ligne.montant_classe
        for ligne in analyse.en_course
        if ligne.montant_classe
    }
    achat = achat_de(analyse.consultation, le=le)
    estimation = achat.valeur_estimee
    if analyse.lot is not None:
        lot = next((lot for lot in achat.allotissement.lots if lot.numero == analyse.lot), None)
        estimation = lot.montant_estime if lot else None
    trouves = anormalement_basses.soupcons(prix, estimation=estimation)
    par_cle = {ligne.offre.reference: ligne for ligne in analyse.en_course}
    return [(par_cle[soupcon.cle], soupcon) for soupcon in trouves]


def preparer_la_question(
    *,
    analyse: Analyse,
    ligne: LigneDOffre,
    soupcon: anormalement_basses.Soupcon,
    par: Utilisateur,
    maintenant: datetime,
) -> Courrier:
    """Un courrier de précisions, en brouillon :
    l'acheteur lui donne sa date, le relit, l'envoie (CCP, art. R. 2152-3).
    """
    projet = echanges.Projet(
        sorte=Courrier.Sorte.PRECISIONS,
        sujet=SUJET,
        texte=anormalement_basses.projet_de_question(soupcon, objet=analyse.consultation.titre),
        a=[ligne.offre.pli.equipe],
    )
    return echanges.rediger(
        consultation=analyse.consultation, projet=projet, par=par, maintenant=maintenant
    )


def question_a(equipe: int, consultation: int, *, le: datetime) -> Question:
    """La demande de précisions remise à cet établissement, et ce qu'il en a fait."""
    return questions_a([equipe], consultation, le=le)[equipe]


def questions_a(equipes: Sequence[int], consultation: int, *, le: datetime) -> dict[int, Question]:
    remis = Exemplaire.objects.filter(
        courrier__consultation=consultation,
        courrier__sorte=Courrier.Sorte.PRECISIONS,
        fil__equipe__in=equipes,
        remis_le__isnull=False,
    )
    repondu = Exists(Retour.objects.filter(fil=OuterRef("fil")))
    posees: dict[int, list[tuple[datetime | None, bool]]] = defaultdict(list)
    for equipe, avant, fait in remis.order_by().values_list(
        "fil__equipe", "courrier__reponse_avant", repondu
    ):
        posees[equipe].append((avant, fait))
    return {equipe: _question(posees[equipe], le=le) for equipe in equipes}


def _question(posees: Sequence[tuple[datetime | None, bool]], *, le: datetime) -> Question:
    limites = [avant for avant, _ in posees if avant]
    return Question(
        posee=bool(posees),
        repondue=any(faite for _, faite in posees),
        delai_passe=bool(limites) and max(limites) < le,
    )

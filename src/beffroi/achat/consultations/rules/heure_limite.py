"""L'heure limite : à venir, assez loin, jamais raccourcie ; et les moments que l'on propose."""

from datetime import datetime, time, timedelta

from beffroi.achat.consultations.states import Etat
from droit.calendrier import jours
from droit.calendrier.heures import PARIS, instant_de_paris
from droit.calendrier.minimum import Circonstances, limite_assez_tardive
from droit.calendrier.remise import remises
from droit.citation import Article
from droit.decision import Decision, Motif
from droit.en_vigueur import Droit
from droit.tables import Procedure

PROLONGATION = Article("CCP", "R. 2151-4")


def suit_le_delai_ordinaire(
    *, limite: datetime, depart: datetime, procedure: Procedure, acheteur: str
) -> bool:
    """La dernière remise que l'avis fait courir tient sans urgence :
    le délai des tables, compté du départ.
    """
    envoi = depart.astimezone(PARIS).date()
    prevues = remises(
        Droit.au(envoi),
        procedure,
        etapes=(envoi, None),
        acheteur=acheteur,
        circonstances=Circonstances(electronique=True, urgence=False),
    )
    visee = next((remise for remise in reversed(prevues) if remise.depart and remise.delai), None)
    if visee is None or visee.delai is None:
        return True
    return limite_assez_tardive(
        limite.astimezone(PARIS).date(), depart=envoi, delai=visee.delai
    ).favorable


def peut_prolonger(
    *, etat: str, actuelle: datetime | None, nouvelle: datetime, maintenant: datetime
) -> Decision:
    """Publié, un délai s'allonge et ne se raccourcit jamais ;
    échu, il ne se rouvre pas (CCP, art. R. 2151-4).
    """
    if actuelle is None or etat in (Etat.BROUILLON, Etat.EN_RELECTURE):
        return Decision.refus(
            Motif(
                "La consultation n'est pas publiée : changez l'heure limite du brouillon.",
                PROLONGATION,
            )
        )
    if etat == Etat.SANS_SUITE:
        return Decision.refus(
            Motif(
                "La consultation est déclarée sans suite : son délai ne se prolonge plus.",
                PROLONGATION,
            )
        )
    if maintenant >= actuelle or etat != Etat.PUBLIEE:
        return Decision.refus(
            Motif("L'heure limite est passée : le délai ne peut plus être prolongé.", PROLONGATION)
        )
    if nouvelle <= actuelle:
        return Decision.refus(
            Motif(
                (
                    "La nouvelle heure limite doit venir après l'ancienne : "
                    "un délai publié ne raccourcit pas."
                ),
                PROLONGATION,
            )
        )
    return Decision.accord()


def delai_expire(*, limite: datetime | None, maintenant: datetime) -> Decision:
    """La clôture est un fait de dates :
    un pli reçu à l'heure exacte est encore dans le délai (CCP, art. R. 2143-2).
    """
    if limite is not None and maintenant > limite:
        return Decision.accord()
    return Decision.refus(
        Motif("L'heure limite n'est pas encore passée.", Article("CCP", "R. 2143-2"))
    )


_DERNIERES_QUESTIONS = timedelta(days=6)


def questions_proposees(limite: datetime) -> datetime:
    """Six jours avant, à 17 h : le dernier moment pour répondre à tous (CCP, art. R. 2132-6)."""
    return instant_de_paris(limite.astimezone(PARIS).date() - _DERNIERES_QUESTIONS, time(17, 0))


def questions_repoussees(
    questions: datetime, *, ancienne: datetime, nouvelle: datetime
) -> datetime:
    """Autant de jours avant la nouvelle heure limite qu'avant l'ancienne,
    à la même heure de Paris.
    """
    jours_gagnes = nouvelle.astimezone(PARIS).date() - ancienne.astimezone(PARIS).date()
    local = questions.astimezone(PARIS)
    return instant_de_paris(local.date() + jours_gagnes, local.time())


def ouverture_proposee(limite: datetime) -> datetime:
    """Le premier jour ouvré qui suit, à 10 h."""
    return instant_de_paris(
        jours.jours_ouvres_apres(limite.astimezone(PARIS).date(), 1), time(10, 0)
    )

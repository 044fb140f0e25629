"""Ce qu'une procédure en deux temps reçoit, et quand : pur, chaque réponse avec son article."""

from datetime import date, datetime

from droit.calendrier import minimum
from droit.calendrier.heures import PARIS
from droit.calendrier.minimum import Circonstances, DelaiMinimal
from droit.calendrier.remise import cle_du_delai
from droit.citation import Article
from droit.decision import Decision, Motif
from droit.en_vigueur import Droit
from droit.tables import Procedure

INVITATION = Article("CCP", "R. 2144-8")
DATE_CONVENUE = Article("CCP", "R. 2161-9")
DELAI_LIBRE = Article("CCP", "R. 2151-1")
PROLONGATION = Article("CCP", "R. 2151-4")
SECRET = Article("CCP", "R. 2132-9")
TITULAIRES = Article("CCP", "R. 2162-10")


def enveloppe_attendue(
    *, enveloppe: str, en_deux_temps: bool, tour: int | None, reservee: bool = False
) -> Decision:
    """D'abord les candidatures, seules ;
    puis les offres de ceux que l'acheteur invite (CCP, art. R. 2144-8).
    """
    if reservee and enveloppe == "candidature":
        return Decision.refus(
            Motif(
                (
                    "Vous êtes déjà titulaire de l'accord-cadre : "
                    "cette consultation ne reçoit que des offres."
                ),
                TITULAIRES,
            )
        )
    if not en_deux_temps:
        return Decision.accord()
    if tour is None and enveloppe != "candidature":
        return Decision.refus(
            Motif(
                "Cette consultation reçoit d'abord les candidatures, seules. "
                "L'acheteur invitera ensuite les candidats retenus à remettre une offre.",
                INVITATION,
            )
        )
    if tour is not None and enveloppe != "offre":
        return Decision.refus(
            Motif(
                "Votre candidature est déjà retenue : ce tour ne reçoit que des offres.", INVITATION
            )
        )
    return Decision.accord()


def scellee_pour_la_bonne_cle(*, empreinte: str, attendue: str, enveloppe: str) -> Decision:
    """La clé d'un temps déjà ouvert a servi :
    ce qui serait scellé pour elle se lirait avant l'heure (CCP, R. 2132-9).
    """
    if empreinte == attendue:
        return Decision.accord()
    quoi = "cette offre" if enveloppe == "offre" else "cette candidature"
    return Decision.refus(
        Motif(
            f"La clé qui scelle {quoi} n'est pas celle qui est attendue maintenant. "
            "Rechargez la page, puis scellez de nouveau vos fichiers.",
            SECRET,
        )
    )


def delai_des_offres(
    *,
    limite: datetime,
    invitation: datetime,
    procedure: Procedure,
    acheteur: str,
    delai: str,
    numero: int,
) -> Decision:
    """Le temps laissé aux invités, compté de l'envoi de l'invitation (CCP,
    art. R. 2161-7 à -10, R. 2161-14 à -16).

    Les tours qui suivent la négociation n'ont pas de minimum dans les textes :
    leur délai est raisonnable.
    """
    if limite <= invitation:
        return Decision.refus(Motif("L'heure limite des offres doit être à venir.", DELAI_LIBRE))
    if numero > 1:
        return Decision.accord()
    if delai == "accord":
        return Decision.accord()
    depart = invitation.astimezone(PARIS).date()
    minimal = delai_minimal_des_offres(
        le=depart, procedure=procedure, acheteur=acheteur, delai=delai
    )
    if minimal is None:
        return Decision.accord()
    return minimum.limite_assez_tardive(
        limite.astimezone(PARIS).date(), depart=depart, delai=minimal
    )


def delai_minimal_des_offres(
    *, le: date, procedure: Procedure, acheteur: str, delai: str = "ordinaire"
) -> DelaiMinimal | None:
    """Le minimum de la table, compté de l'invitation ;
    rien si la procédure laisse le délai libre.
    """
    droit = Droit.au(le)
    cle = cle_du_delai(droit, procedure, acheteur=acheteur, sorte="offres")
    if not cle:
        return None
    circonstances = Circonstances(
        electronique=True, urgence=delai == "urgence", sans_accord=delai == "sans_accord"
    )
    return minimum.delai_minimal(droit, cle, envoi=le, circonstances=circonstances)


def peut_se_prolonger(
    *, actuelle: datetime, nouvelle: datetime, maintenant: datetime, clos: bool = False
) -> Decision:
    """Un délai annoncé s'allonge pour tous, et ne raccourcit jamais ;
    échu, il ne se rouvre pas (CCP, art. R. 2151-4).

    Un tour clos l'est pour toujours :
    une demande partie à temps a pu attendre que la séance s'ouvre.
    """
    return Decision.selon(
        Motif("L'heure limite est passée : le délai ne peut plus être prolongé.", PROLONGATION)
        if clos or maintenant >= actuelle
        else None,
        Motif("La nouvelle heure limite doit venir après l'ancienne.", PROLONGATION)
        if nouvelle <= actuelle
        else None,
    )

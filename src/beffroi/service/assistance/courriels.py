"""Ce qui s'écrit à la personne : sa demande est reçue, et jusqu'à quand elle
attend ; le centre lui a répondu.
"""

from datetime import datetime

from beffroi.personnes.comptes.queries import adresse_prouvee
from beffroi.service.assistance.jetons import lien_de
from beffroi.service.assistance.models import Demande
from beffroi.socle.fondations.services import ecrire_a
from formats.dates import jour_et_heure_limite


def recue(demande: Demande, *, maintenant: datetime) -> None:
    _ecrire("recue", demande, cle=f"assistance/recue/{demande.reference}", maintenant=maintenant)


def repondue(demande: Demande, texte: str, *, rang: int, maintenant: datetime) -> None:
    cle = f"assistance/reponse/{demande.reference}/{rang}"
    _ecrire("repondue", demande, cle=cle, maintenant=maintenant, reponse=texte)


def _ecrire(
    gabarit: str, demande: Demande, *, cle: str, maintenant: datetime, reponse: str = ""
) -> None:
    """Sans adresse, rien ne part : la personne a appelé, on la rappelle.

    Tant que personne ne l'a prouvée, l'adresse est peut-être celle d'un autre : l'accusé ne lui
    redit rien de ce qui a été tapé, que nos serveurs signeraient.
    """
    if not demande.courriel:
        return
    se_redit = bool(reponse) or (
        demande.demandeur is not None and adresse_prouvee(demande.demandeur)
    )
    ecrire_a(
        demande.courriel,
        cle=cle,
        # La référence entre crochets : une réponse par courriel retrouve sa demande.
        sujet=f"[{demande.reference}] {demande.sujet if se_redit else 'Votre demande'}",
        gabarit=f"assistance/courriels/{gabarit}.txt",
        contexte={
            "demande": demande,
            "se_redit": se_redit,
            "reponse": reponse,
            "promise_pour": jour_et_heure_limite(demande.promise_pour),
            "attend_une_reponse": demande.etat == Demande.Etat.EN_ATTENTE,
            "resolue": demande.etat == Demande.Etat.RESOLUE,
            "adresse": lien_de(demande),
        },
        maintenant=maintenant,
    )

"""Ce qu'un compte permet. Des règles de sécurité, sans base de données ni horloge."""

import re

from droit.decision import Decision, Motif

PREFIXE_DE_JETON = "beffroi_"
FORME_DU_JETON = re.compile(r"beffroi_[A-Za-z0-9_-]{43}")
LONGUEUR_MINIMALE_DU_MOT_DE_PASSE = 14


def forme_de_jeton(secret: str) -> bool:
    """Un jeton s'écrit `beffroi_` et 43 signes :
    un outil qui cherche les secrets perdus le reconnaît.
    """
    return FORME_DU_JETON.fullmatch(secret) is not None


def peut_recevoir_un_jeton(*, est_actif: bool, portees: int) -> Decision:
    """Un compte fermé ne reçoit pas de jeton, et un jeton permet au moins une chose."""
    if not est_actif:
        return Decision.refus(Motif("Ce compte est fermé. Il ne peut plus recevoir de jeton."))
    if not portees:
        return Decision.refus(Motif("Choisissez au moins une chose que ce jeton permettra."))
    return Decision.accord()


def code_totp_recevable(*, pas: int | None, dernier_pas: int | None) -> Decision:
    """Un code à usage unique ne sert qu'une fois, ni lui ni un plus ancien (RFC 6238, §5.2)."""
    if pas is None:
        return Decision.refus(
            Motif("Ce code n'est pas le bon. Saisissez celui que l'application affiche.")
        )
    if dernier_pas is not None and pas <= dernier_pas:
        return Decision.refus(
            Motif("Ce code a déjà servi. Attendez le suivant, dans 30 secondes au plus.")
        )
    return Decision.accord()

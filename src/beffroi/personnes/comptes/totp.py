"""Les codes à usage unique (RFC 6238) : quel intervalle de 30 secondes a produit ce code ?"""

from datetime import datetime

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt

# L'horloge d'un téléphone s'écarte, et un code se tape en fin d'intervalle :
# un intervalle de chaque côté.
TOLERANCE = 1


def secret_de(authentificateur: Authenticator) -> str:
    secret: str = decrypt(authentificateur.data["secret"])
    return secret


def pas_du_code(secret: str, *, code: str, le: datetime) -> int | None:
    """Le numéro de l'intervalle qui produit ce code autour de l'instant donné, ou rien."""
    present = int(le.timestamp()) // app_settings.TOTP_PERIOD
    for pas in range(present - TOLERANCE, present + TOLERANCE + 1):
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, pas))):
            return pas
    return None

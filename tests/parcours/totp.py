"""Le code à six chiffres d'une application d'authentification (RFC 6238),
pour conduire la connexion d'un agent.
"""

import base64
import hashlib
import hmac
import time


def code_totp(secret: str, *, instant: float | None = None) -> str:
    cle = base64.b32decode(secret + "=" * (-len(secret) % 8))
    compteur = int((time.time() if instant is None else instant) // 30)
    condense = hmac.new(cle, compteur.to_bytes(8, "big"), hashlib.sha1).digest()
    debut = condense[-1] & 15
    return f"{int.from_bytes(condense[debut : debut + 4], 'big') % 2**31 % 10**6:06d}"

"""Deux processus, une base, le même visiteur : combien de demandes allauth laisse passer en tout.

python -m beffroi.socle.budgets.tests.deux_processus DEMANDES PERMISES
→ le bilan, en JSON, sur la sortie standard.
"""

import json
import subprocess
import sys

import django

django.setup()

from allauth.core.internal import ratelimit  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import RequestFactory  # noqa: E402

ICI = "beffroi.socle.budgets.tests.deux_processus"


def un(demandes: int, permises: int) -> dict[str, int]:
    """Ce que laisse passer un processus, et s'il a pris le code que l'autre prend aussi."""
    freins = {"webauthn_login": f"{permises}/m/ip"}
    request = RequestFactory().post("/compte/connexion/cle/")
    passees = [
        ratelimit.consume(request, app="allauth.mfa", action="webauthn_login", config=freins)
        for _ in range(demandes)
    ]
    code = cache.add("allauth.mfa.totp.used?user=1&code=123456", "y", timeout=30)
    return {"passees": sum(map(bool, passees)), "codes": int(code)}


def principal(arguments: list[str]) -> int:
    if arguments[0] == "un":
        json.dump(un(*map(int, arguments[1:])), sys.stdout)
        return 0
    enfants = [
        subprocess.Popen(
            [sys.executable, "-m", ICI, "un", *arguments], stdout=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    dits = [json.loads(enfant.communicate(timeout=120)[0]) for enfant in enfants]
    bilan = {cle: sum(dit[cle] for dit in dits) for cle in ("passees", "codes")}
    json.dump({"moteur": connection.vendor, **bilan}, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(principal(sys.argv[1:]))

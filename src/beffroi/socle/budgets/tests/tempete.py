"""Des inconnus qui agissent tous au même instant, du même réseau, sur une vraie base.

python -m beffroi.socle.budgets.tests.tempete INCONNUS PERMIS
→ le bilan, en JSON, sur la sortie standard.
"""

import json
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import django

django.setup()

from django.db import connection  # noqa: E402

from beffroi.socle.budgets.models import Depense  # noqa: E402
from beffroi.socle.budgets.rules import Budget  # noqa: E402
from beffroi.socle.budgets.services import depenser  # noqa: E402
from beffroi.socle.fondations.erreurs import RegleEnfreinte  # noqa: E402

MIDI = datetime(2026, 5, 12, 10, tzinfo=UTC)


def ensemble(inconnus: int, permis: int) -> int:
    """Combien disent avoir passé."""
    depart = threading.Barrier(inconnus)
    budget = Budget(acte="contact", par_reseau=permis, en_tout=1000)

    def agir(_: int) -> int:
        depart.wait()
        try:
            depenser(budget=budget, qui="ici", maintenant=MIDI)
        except RegleEnfreinte:
            return 0
        finally:
            connection.close()
        return 1

    with ThreadPoolExecutor(inconnus) as fils:
        return sum(fils.map(agir, range(inconnus)))


def principal(arguments: list[str]) -> int:
    passes = ensemble(*map(int, arguments))
    bilan = {"moteur": connection.vendor, "passes": passes, "comptes": Depense.objects.count()}
    json.dump(bilan, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(principal(sys.argv[1:]))

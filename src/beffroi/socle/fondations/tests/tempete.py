"""Plusieurs ouvriers vident la même file au même instant, sur une vraie base.

python -m beffroi.socle.fondations.tests.tempete OUVRIERS TACHES
→ le bilan, en JSON, sur la sortie standard.
"""

import json
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import django

django.setup()

from django.db import connection  # noqa: E402
from django.tasks import task  # noqa: E402

from beffroi.socle.fondations.models import Tache  # noqa: E402
from beffroi.socle.fondations.taches import vider_la_file  # noqa: E402

faites: list[int] = []


@task()
def noter(numero: int) -> None:
    faites.append(numero)


def ensemble(ouvriers: int) -> int:
    """Tous se jettent sur la file d'un coup ; rend combien de tâches ils disent avoir faites."""
    depart = threading.Barrier(ouvriers)

    def travailler(rang: int) -> int:
        depart.wait()
        try:
            return vider_la_file(ouvrier=f"ouvrier-{rang}")
        finally:
            connection.close()

    with ThreadPoolExecutor(ouvriers) as fils:
        return sum(fils.map(travailler, range(ouvriers)))


def jouer(ouvriers: int, taches: int) -> dict[str, object]:
    for numero in range(taches):
        noter.enqueue(numero)
    return {
        "moteur": connection.vendor,
        "dites_faites": ensemble(ouvriers),
        "faites": sorted(faites),
        "essais": sorted(Tache.objects.values_list("essais", flat=True)),
    }


def principal(arguments: list[str]) -> int:
    json.dump(jouer(*map(int, arguments)), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(principal(sys.argv[1:]))

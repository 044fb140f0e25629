"""Plusieurs personnes cliquent au même instant, dans de vrais fils, sur une vraie base.

python -m beffroi.ouverture.tests.tempete NOMBRE   → le bilan, en JSON, sur la sortie standard.
"""

import json
import sys
import threading
from collections import Counter

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from beffroi.journal.models import Ecriture  # noqa: E402
from beffroi.ouverture import services  # noqa: E402
from beffroi.ouverture.models import FichierOuvert, OuverturePli, Seance  # noqa: E402
from beffroi.ouverture.tests import factories  # noqa: E402
from beffroi.ouverture.tests.factories import SEANCE_LE  # noqa: E402


def ouvrir_ensemble(seance: Seance, nombre: int) -> Counter[str]:
    """La même enveloppe, demandée par tous au même instant."""
    depart, resultats = threading.Barrier(nombre), Counter[str]()

    def demander() -> None:
        depart.wait()
        try:
            ouverture = services.ouvrir_enveloppe_suivante(
                seance=seance, rang=1, par=seance.presidee_par, maintenant=SEANCE_LE
            )
            resultats[ouverture.etat] += 1
        except Exception as erreur:  # noqa: BLE001  le bilan dit tout
            resultats[type(erreur).__name__] += 1
        finally:
            connection.close()

    fils = [threading.Thread(target=demander) for _ in range(nombre)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    return resultats


def jouer(nombre: int) -> dict[str, object]:
    call_command("migrate", verbosity=0)
    scene = factories.scene()
    scene.repond()
    seance = factories.seance_ouverte(scene)
    resultats = ouvrir_ensemble(seance, nombre)
    return {
        "moteur": connection.vendor,
        "resultats": dict(resultats),
        "ouvertes": OuverturePli.objects.filter(etat="ouverte").count(),
        "fichiers": FichierOuvert.objects.count(),
        "au_journal": Ecriture.objects.filter(acte="enveloppe.ouverte").count(),
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(jouer(int(sys.argv[1]))))

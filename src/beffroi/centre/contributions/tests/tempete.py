"""Plusieurs personnes lancent le même appel au même instant,
dans de vrais fils, sur une vraie base.

python -m beffroi.centre.contributions.tests.tempete NOMBRE → le bilan,
en JSON, sur la sortie standard.
"""

import json
import sys
import threading
from collections import Counter
from collections.abc import Callable
from functools import partial

import django

django.setup()

from django.db import connection  # noqa: E402

from beffroi.centre.contributions.models import Contribution, Exercice  # noqa: E402
from beffroi.centre.contributions.services import exercice as services  # noqa: E402
from beffroi.centre.contributions.services.exceptions import decider  # noqa: E402
from beffroi.centre.contributions.tests.gestes import (  # noqa: E402
    JANVIER,
    MOTIF,
    agent_du_centre,
    garder_la_grille,
    ligne,
    sous_convention,
)
from beffroi.socle.fondations.erreurs import ErreurMetier  # noqa: E402
from beffroi.socle.journal.models import Ecriture  # noqa: E402


def ensemble(acte: Callable[[], object], nombre: int) -> Counter[str]:
    """Le même acte, demandé par tous au même instant :
    qui l'a fait, et la phrase que lisent les autres.
    """
    depart, resultats = threading.Barrier(nombre), Counter[str]()

    def demander() -> None:
        depart.wait()
        try:
            acte()
            resultats["fait"] += 1
        except ErreurMetier as refus:
            resultats[refus.message] += 1
        except Exception as erreur:  # noqa: BLE001  le bilan dit tout
            resultats[f"{type(erreur).__name__} : {erreur}"] += 1
        finally:
            connection.close()

    fils = [threading.Thread(target=demander) for _ in range(nombre)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    return resultats


def jouer(nombre: int) -> dict[str, object]:
    fanny, olivier = (
        agent_du_centre("Fanny Delattre", "gestionnaire"),
        agent_du_centre("Olivier Petit", "ordonnateur"),
    )
    garder_la_grille(fanny)
    for rang in range(1, 5):
        sous_convention(rang)
    desvres = sous_convention(5, nom="Desvres", agents=350)
    ouvertures = ensemble(
        partial(services.ouvrir, annee=2027, par=fanny, maintenant=JANVIER), nombre
    )
    exercice = Exercice.objects.get()
    options = {"exercice": exercice, "maintenant": JANVIER}
    gels = ensemble(partial(services.figer, par=fanny, **options), nombre)
    services.simuler(par=fanny, **options)
    decisions = {ligne(desvres).reference: "juste"}
    decides = ensemble(
        partial(decider, decisions=decisions, motif=MOTIF, par=fanny, **options), nombre
    )
    services.preparer(par=fanny, **options)
    services.valider(par=olivier, **options)
    emissions = ensemble(partial(services.emettre, par=olivier, **options), nombre)
    return {
        "moteur": connection.vendor,
        "ouvertures": ouvertures,
        "gels": gels,
        "decisions": Counter(phrase.partition(",")[0] for phrase in decides.elements()),
        "emissions": emissions,
        "lignes": Contribution.objects.count(),
        "numeros": sorted(Contribution.objects.values_list("numero", flat=True)),
        "decidees_au_journal": Ecriture.objects.filter(acte="contribution.decider").count(),
        "au_journal": Ecriture.objects.filter(
            acte__in=["exercice.figer", "exercice.emettre"]
        ).count(),
    }


def principal(arguments: list[str]) -> int:
    sys.stdout.write(json.dumps(jouer(int(arguments[0]))))
    return 0


if __name__ == "__main__":
    sys.exit(principal(sys.argv[1:]))

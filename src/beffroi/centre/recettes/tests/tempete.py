"""Plusieurs personnes notent le même paiement,
ou confirment le même import, au même instant, sur une vraie base.

python -m beffroi.centre.recettes.tests.tempete NOMBRE → le bilan, en JSON, sur la sortie standard.
"""

import json
import sys
from decimal import Decimal
from functools import partial

from django.db import connection

# En premier : ce module prépare Django.
from beffroi.centre.contributions.tests import tempete
from beffroi.centre.contributions.tests.gestes import agent_du_centre, garder_la_grille
from beffroi.centre.recettes import lecture
from beffroi.centre.recettes.models import Paiement, TitreDeRecette
from beffroi.centre.recettes.services import imports, paiements
from beffroi.centre.recettes.tests import gestes


def jouer(nombre: int) -> dict[str, object]:
    fanny, olivier = (
        agent_du_centre("Fanny Delattre", "gestionnaire"),
        agent_du_centre("Olivier Petit", "ordonnateur"),
    )
    solange = agent_du_centre("Solange Petitprez", "comptable")
    garder_la_grille(fanny)
    gestes.appel_emis(fanny, olivier)
    acte = {"par": solange, "maintenant": gestes.EN_MARS}
    depots = [_depose(solange) for _ in range(2)]
    empreinte = imports.apercu(depots[0], le=gestes.LE_15_MARS).empreinte
    suite = iter(depots * nombre)
    confirmer = tempete.ensemble(
        lambda: imports.appliquer(depose=next(suite), empreinte=empreinte, **acte), nombre
    )
    titre = TitreDeRecette.objects.get()
    recu = partial(paiements.Encaissement, recu_le=gestes.LE_15_MARS, montant=Decimal(300))
    meme = tempete.ensemble(
        partial(paiements.encaisser, titre=titre, encaissement=recu("VIR-1"), **acte), nombre
    )
    numeros = iter(range(nombre))
    trop = tempete.ensemble(
        lambda: paiements.encaisser(
            titre=titre, encaissement=recu(f"AUTRE-{next(numeros)}"), **acte
        ),
        nombre,
    )
    return {
        "moteur": connection.vendor,
        "imports": confirmer,
        "meme": meme,
        "trop": trop,
        "notes": Paiement.objects.count(),
        "reste": str(lecture.reste_du(gestes.appelee(), le=gestes.LE_15_MARS)),
    }


def _depose(solange):  # type: ignore[no-untyped-def]
    octets = b"appel;titre;date;montant\nC-2027-0003;118;20/01/2027;1000\n"
    depot = {"sorte": "titres", "nom": "titres.csv", "octets": octets}
    return imports.deposer_un_fichier(**depot, par=solange, maintenant=gestes.EN_MARS)


def principal(arguments: list[str]) -> int:
    sys.stdout.write(json.dumps(jouer(int(arguments[0]))))
    return 0


if __name__ == "__main__":
    sys.exit(principal(sys.argv[1:]))

"""Plusieurs personnes agissent au même instant, dans de vrais fils, sur une vraie base.

python -m beffroi.seance.ouverture.tests.tempete ouverture|entree|fin NOMBRE → le bilan,
en JSON, sur la sortie standard.
"""

import json
import sys
import threading
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from types import ModuleType
from typing import Any
from unittest.mock import patch

import django

django.setup()

from django.db import connection  # noqa: E402

from beffroi.reponse.depots.models import Pli  # noqa: E402
from beffroi.reponse.depots.services import commencer_reponse  # noqa: E402
from beffroi.reponse.depots.tests.factories import membre  # noqa: E402
from beffroi.reponse.registre_des_depots import cloture  # noqa: E402
from beffroi.reponse.registre_des_depots.relecture_des_clotures import clotures, fautes_des_clotures  # noqa: E402
from beffroi.seance.ouverture import queries, services  # noqa: E402
from beffroi.seance.ouverture.models import FichierOuvert, OuverturePli, Seance  # noqa: E402
from beffroi.seance.ouverture.services import cles  # noqa: E402
from beffroi.seance.ouverture.tests import factories  # noqa: E402
from beffroi.seance.ouverture.tests.factories import LIMITE, SEANCE_LE  # noqa: E402
from beffroi.socle.fondations.erreurs import RegleEnfreinte  # noqa: E402
from beffroi.socle.journal.models import Ecriture  # noqa: E402
from demo.cles import CAPACITE  # noqa: E402
from demo.reponses import deposer_le_tout, envoyer_une_enveloppe  # noqa: E402

OFFRE = {"Acte d'engagement.pdf": b"%PDF-1.7 acte"}
Geste = Callable[[], Any]
# L'acte s'est arrêté là où rien ne doit plus s'inscrire ; une réponse s'est inscrite depuis.
ARRETE, INSCRITE = threading.Event(), threading.Event()
A_INSCRIRE_S, ACTE_AU_PLUS_S = 2, 60


def ensemble(gestes: list[Geste]) -> Counter[str]:
    """Tous les gestes partent au même instant ; compte ce qu'ils rendent, ou leurs erreurs."""
    depart, resultats = threading.Barrier(len(gestes)), Counter[str]()

    def jouer(geste: Geste) -> None:
        depart.wait()
        try:
            resultats[geste().etat] += 1
        except Exception as erreur:  # noqa: BLE001  le bilan dit tout
            resultats[type(erreur).__name__] += 1
        finally:
            connection.close()

    fils = [threading.Thread(target=jouer, args=(geste,)) for geste in gestes]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    return resultats


def ouverture(nombre: int) -> Counter[str]:
    """La même enveloppe, demandée par tous."""
    scene = factories.scene()
    scene.repond()
    seance = factories.seance_ouverte(scene)
    return ensemble([lambda: ouvrir(seance, 1)] * nombre)


def ouvrir(seance: Seance, rang: int) -> OuverturePli:
    return services.ouvrir_enveloppe_suivante(
        seance=seance, rang=rang, capacite=CAPACITE, par=seance.presidee_par, maintenant=SEANCE_LE
    )


def entree(nombre: int) -> Counter[str]:
    """Des réponses reçues à temps s'inscrivent pendant que les clés tournent,
    et que la clôture compte.
    """
    scene = factories.scene()
    gestes = depots(scene, nombre)
    seance = factories.seance_installee(scene)
    factories.presenter_les_cles(scene, seance)
    tourner = tourner_les_cles(scene, seance)
    with sans_hate(cloture, "nombres_de"), sans_hate(cles, "franchir"):
        return ensemble([*gestes, jusqu_au_bout(tourner)])


def fin(nombre: int) -> Counter[str]:
    """Des réponses reçues à temps s'inscrivent pendant que la séance se clôt."""
    scene = factories.scene()
    gestes = depots(scene, nombre)
    seance = factories.seance_ouverte(scene)
    with sans_hate(queries, "plis_hors_delai_a_decider"):
        return ensemble([*gestes, jusqu_au_bout(lambda: clore(seance))])


def clore(seance: Seance) -> Seance:
    return services.clore(seance=seance, par=seance.presidee_par, maintenant=SEANCE_LE)


def sans_hate(module: ModuleType, nom: str) -> Any:
    """L'acte s'arrête ici pour laisser une réponse s'inscrire, si elle le peut.

    Sous le verrou, aucune ne le peut : il n'attend pas plus.
    """
    geste = getattr(module, nom)

    def geste_sans_hate(*arguments: Any, **options: Any) -> Any:
        rendu = geste(*arguments, **options)
        INSCRITE.clear()
        ARRETE.set()
        INSCRITE.wait(A_INSCRIRE_S)
        return rendu

    return patch.object(module, nom, geste_sans_hate)


def jusqu_au_bout(acte: Geste) -> Geste:
    """Les réponses qui l'attendent partent, même s'il finit sans s'être arrêté."""

    def joue() -> Any:
        try:
            return acte()
        finally:
            ARRETE.set()

    return joue


def depots(scene: factories.Scene, nombre: int) -> list[Geste]:
    """Autant de dépôts reçus à temps et prêts à s'inscrire, chacun d'une entreprise :
    la moitié quand l'acte commence, l'autre quand il s'est arrêté.
    """
    return [depot(scene, quand=ARRETE if rang % 2 else None) for rang in range(nombre)]


def depot(scene: factories.Scene, *, quand: threading.Event | None) -> Geste:
    a_temps, candidat = LIMITE - timedelta(seconds=1), membre()
    brouillon = commencer_reponse(
        consultation=scene.consultation,
        equipe=candidat.equipe,
        lots=(),
        par=candidat.utilisateur,
        maintenant=LIMITE - timedelta(hours=1),
    )
    enveloppes = [envoyer_une_enveloppe(brouillon, "offre", None, OFFRE, le=a_temps)]

    def deposer() -> Pli:
        assert quand is None or quand.wait(ACTE_AU_PLUS_S)
        pli = deposer_le_tout(brouillon, enveloppes, par=candidat.utilisateur, le=a_temps)
        INSCRITE.set()
        return pli

    return deposer


def tourner_les_cles(scene: factories.Scene, seance: Seance) -> Geste:
    graines = factories.graines_pour_le_coffre(scene, seance, porteurs=["helene", "bernard"])
    return lambda: services.tourner_les_cles(
        seance=seance,
        graines=graines,
        avec_sa_part=True,
        capacite=CAPACITE,
        par=seance.presidee_par,
        maintenant=SEANCE_LE,
    )


def achever(seance: Seance) -> None:
    """Ouvre tout et clôt ;
    ce qui s'est inscrit entre-temps rejoint la liste, et l'on recommence une fois.
    """
    for _ in range(2):
        factories.ouvrir_tout(seance)
        with suppress(RegleEnfreinte):
            clore(seance)
            return


def oubliees(seance: Seance) -> list[str]:
    """Les réponses inscrites avant la fin de la séance, et qu'elle n'a pas ouvertes."""
    fin = Ecriture.objects.filter(acte="seance.clore").values_list("numero", flat=True).first() or 0
    inscrites = Pli.objects.filter(recu_le__lte=LIMITE, ecriture__lt=fin)
    return list(inscrites.exclude(ouvertures__seance=seance).values_list("reference", flat=True))


def bilan(resultats: Counter[str]) -> dict[str, object]:
    seance = Seance.objects.get()
    if seance.etat == Seance.Etat.OUVERTE and not seance.ouvertures.filter(etat="ouverte"):
        achever(seance)
        seance.refresh_from_db()
    return {
        "moteur": connection.vendor,
        "resultats": dict(resultats),
        "fautes": [constat.quoi for constat in fautes_des_clotures()],
        "oubliees": oubliees(seance),
        "seance": seance.etat,
        "clotures": [cloture.engagees + len(cloture.ensuite) for cloture in clotures()],
        "ouvertes": OuverturePli.objects.filter(etat="ouverte").count(),
        "fichiers": FichierOuvert.objects.count(),
        "au_journal": Ecriture.objects.filter(acte="enveloppe.ouverte").count(),
    }


def principal(arguments: list[str]) -> int:
    jeux = {"ouverture": ouverture, "entree": entree, "fin": fin}
    jeu, nombre = arguments
    sys.stdout.write(json.dumps(bilan(jeux[jeu](int(nombre)))))
    return 0


if __name__ == "__main__":
    sys.exit(principal(sys.argv[1:]))

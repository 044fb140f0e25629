"""Une tempête de dépôts, dans son propre processus et sur sa propre base :
de vrais fils, de vraies validations.

python -m beffroi.reponse.depots.tests.tempete cle|entreprises|report|relecture NOMBRE
→ le bilan, en JSON, sur la sortie standard.
"""

import json
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import django

django.setup()

from django.db import connection  # noqa: E402

from beffroi.achat.consultations.models import Consultation  # noqa: E402
from beffroi.reponse.depots.models import Pli  # noqa: E402
from beffroi.reponse.depots.tests import factories  # noqa: E402
from beffroi.reponse.depots.tests.factories import LIMITE, VEILLE  # noqa: E402
from beffroi.socle.fondations.models import Courriel  # noqa: E402
from beffroi.socle.journal.arbre import Arbre  # noqa: E402
from beffroi.socle.journal.models import Ecriture, PointDeControle  # noqa: E402
from beffroi.socle.journal.verification import relire_tout  # noqa: E402


def ensemble(gestes: list[Callable[[], Any]]) -> list[Any]:
    """Tous les gestes partent au même instant ; rend leurs résultats, ou leurs erreurs."""
    depart, resultats = threading.Barrier(len(gestes)), [None] * len(gestes)

    def jouer(rang: int, geste: Callable[[], Any]) -> None:
        depart.wait()
        try:
            resultats[rang] = geste()
        except Exception as erreur:  # noqa: BLE001  le bilan dit tout
            resultats[rang] = f"{type(erreur).__name__}: {erreur}"
        finally:
            connection.close()

    fils = [threading.Thread(target=jouer, args=paire) for paire in enumerate(gestes)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    return resultats


def meme_cle(nombre: int) -> list[Any]:
    """Le même dépôt, répété par impatience."""
    candidat = factories.Candidat(factories.consultation())
    brouillon = candidat.commence()
    enveloppes = [candidat.enveloppe(brouillon, "offre")]
    geste = lambda: candidat.depose_ces_enveloppes(brouillon, enveloppes, cle="la-meme").reference  # noqa: E731
    return ensemble([geste] * nombre)


def entreprises(nombre: int) -> list[Any]:
    """Autant d'entreprises qui déposent au même instant sur la même consultation."""
    return ensemble(depots(nombre))


def relecture(nombre: int) -> list[Any]:
    """Quelqu'un relit le registre ;
    les dépôts arrivent quand il a lu les feuilles, et pas encore les nœuds.
    """
    ensemble(depots(1))
    gestes, refus, avant, finir = depots(nombre), [], fautes(), Arbre.finir

    def finir_apres_les_depots(arbre: Arbre) -> None:
        refus.extend(resultat for resultat in ensemble(gestes) if "Error" in resultat)
        finir(arbre)

    with patch.object(Arbre, "finir", finir_apres_les_depots):
        pendant = fautes()
    return sorted(pendant - avant) + refus


def fautes() -> set[str]:
    return {f"{constat.quoi} {constat.ou}" for constat in relire_tout() if not constat.bon}


def depots(nombre: int) -> list[Callable[[], Any]]:
    """Autant de dépôts prêts à partir, chacun d'une entreprise, sur une même consultation."""
    consultation = factories.consultation()
    gestes: list[Callable[[], Any]] = []
    for _ in range(nombre):
        candidat = factories.Candidat(consultation)
        brouillon = candidat.commence()
        enveloppes = [candidat.enveloppe(brouillon, "offre")]
        gestes.append(
            lambda c=candidat, b=brouillon, e=enveloppes: c.depose_ces_enveloppes(b, e).reference
        )
    return gestes


def report(nombre: int) -> list[Any]:
    """Des dépôts juste après l'heure, pendant qu'un report est accordé :
    chacun juge sur la limite de son récépissé.
    """
    consultation = factories.consultation()
    gestes: list[Callable[[], Any]] = []
    for _ in range(nombre):
        candidat = factories.Candidat(consultation)
        brouillon = candidat.commence()
        enveloppes = [candidat.enveloppe(brouillon, "offre")]
        gestes.append(
            lambda c=candidat, b=brouillon, e=enveloppes: (
                c.depose_ces_enveloppes(b, e, le=LIMITE + timedelta(seconds=1)).reference
            )
        )
    nouvelle = LIMITE + timedelta(days=1)
    gestes.insert(
        nombre // 2,
        lambda: Consultation.toutes.filter(pk=consultation.pk).update(date_limite_remise=nouvelle),
    )
    return ensemble(gestes)


def bilan(resultats: list[Any]) -> dict[str, Any]:
    numeros = list(Ecriture.objects.values_list("numero", flat=True))
    plis = list(
        Pli.objects.order_by("reference").values(
            "reference", "hors_delai", "date_limite", "recu_le"
        )
    )
    return {
        "moteur": connection.vendor,
        "resultats": [str(resultat) for resultat in resultats],
        "plis": [pli["reference"] for pli in plis],
        "coherents": all(
            pli["hors_delai"] == (pli["recu_le"] > pli["date_limite"]) for pli in plis
        ),
        "courriels": Courriel.objects.filter(cle__startswith="accuse:").count(),
        "depots_au_journal": Ecriture.objects.filter(acte="pli.deposer").count(),
        "numeros_sans_trou": numeros == list(range(len(numeros))),
        "tete": PointDeControle.objects.order_by("-taille")
        .values_list("taille", flat=True)
        .first(),
        "ecritures": len(numeros),
    }


def principal(arguments: list[str]) -> int:
    jeux = {"cle": meme_cle, "entreprises": entreprises, "report": report, "relecture": relecture}
    assert VEILLE < LIMITE
    jeu, nombre = arguments
    json.dump(bilan(jeux[jeu](int(nombre))), sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(principal(sys.argv[1:]))

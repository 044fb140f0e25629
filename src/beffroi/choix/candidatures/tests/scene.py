"""Un marché à procédure adaptée, ses réponses ouvertes, séance close :
ce que chaque test en examine.
"""

from dataclasses import replace
from datetime import timedelta

from beffroi.choix.candidatures import services
from beffroi.choix.candidatures.models import DecisionSurCandidature
from beffroi.choix.candidatures.services import Choix
from beffroi.reponse.depots.models import Pli
from beffroi.seance.ouverture.tests.factories import LIMITE, Scene
from demo.seances import depouiller
from tests.semis import plante

EXAMEN_LE = LIMITE + timedelta(days=2)
MOTIF = "Les assurances demandées ne sont pas jointes."
ENTREPRISES = (("sophie", "faitage"), ("zoe", "zingueurs"), ("emile", "etoile"))


def reponses_ouvertes(scene: Scene, combien: int = 2) -> list[Pli]:
    """Les premières entreprises répondent, dans cet ordre, et la séance est close."""
    qui = ("réponses ouvertes", scene.consultation.pk, combien)
    plis: list[Pli] = plante(qui, lambda: _repondre(scene, combien), le=LIMITE)
    scene.consultation.refresh_from_db()
    return plis


def _repondre(scene: Scene, combien: int) -> list[Pli]:
    plis = [
        scene.repond(qui, chez, le=LIMITE - timedelta(hours=3) + timedelta(minutes=rang))
        for rang, (qui, chez) in enumerate(ENTREPRISES[:combien])
    ]
    clore_la_seance(scene)
    for pli in plis:
        pli.refresh_from_db()
    return plis


def clore_la_seance(scene: Scene) -> None:
    depouiller(
        scene.consultation,
        scene.troupe,
        preside="helene",
        avec="bernard",
        le=LIMITE + timedelta(hours=6),
    )
    scene.consultation.refresh_from_db()


def vue_de(choix: Choix) -> str:
    """La décision en vigueur : une personne qui vient de lire la page l'a sous les yeux."""
    prises = DecisionSurCandidature.objects.filter(pli=choix.pli, lot=choix.lot, remplacee_par=None)
    return str(prises.values_list("pk", flat=True).first() or "")


def decider(scene: Scene, *choix: Choix) -> None:
    choix = tuple(replace(un, vue=vue_de(un)) for un in choix)
    services.decider_des_candidatures(
        consultation=scene.consultation,
        choix=choix,
        par=scene.personne("martine"),
        maintenant=EXAMEN_LE,
    )


def admise(pli: Pli) -> Choix:
    """Malgré les pièces que la scène ne joint pas : l'admettre s'explique."""
    return Choix(pli, None, retenue=True, motif="Le DUME joint les remplace.")


def ecarter(scene: Scene, pli: Pli, lot: int | None = None) -> None:
    decider(scene, Choix(pli, lot, retenue=False, motif=MOTIF, base="incomplete"))

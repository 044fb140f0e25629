"""Trois offres déposées puis ouvertes, jouées par les services :
ce que la commission et l'attribution ont à choisir.
"""

from datetime import datetime, timedelta

from beffroi.reponse.depots.models import Pli
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import LIMITE
from demo.reponses import repondre
from demo.seances import depouiller
from tests.semis import plante

CANDIDATURE = {"Lettre de candidature.pdf": b"%PDF-1.7 candidature"}
OFFRE = {"Acte d'engagement.pdf": b"%PDF-1.7 41 250 euros"}
Entreprises = tuple[tuple[str, str], ...]
ENTREPRISES: Entreprises = (("sophie", "faitage"), ("zoe", "zingueurs"), ("emile", "etoile"))


def offrir(
    scene: factories.Scene, qui: str, chez: str, *, le: datetime, lots: tuple[int | None, ...]
) -> Pli:
    return repondre(
        scene.consultation,
        scene.troupe,
        qui=qui,
        chez=chez,
        le=le,
        candidature=CANDIDATURE,
        offres=dict.fromkeys(lots, OFFRE),
    )


def ouvrir_les_offres(
    scene: factories.Scene,
    *,
    entreprises: Entreprises = ENTREPRISES,
    lots: tuple[int | None, ...] = (None,),
) -> list[Pli]:
    """Une offre par entreprise, et la séance qui les ouvre, close."""
    plis: list[Pli] = plante(
        ("offres ouvertes", scene.consultation.pk, entreprises, lots),
        lambda: _ouvrir(scene, entreprises=entreprises, lots=lots),
        le=LIMITE,
    )
    scene.consultation.refresh_from_db()
    return plis


def _ouvrir(
    scene: factories.Scene, *, entreprises: Entreprises, lots: tuple[int | None, ...]
) -> list[Pli]:
    plis = [
        offrir(
            scene, qui, chez, le=LIMITE - timedelta(hours=3) + timedelta(minutes=rang), lots=lots
        )
        for rang, (qui, chez) in enumerate(entreprises)
    ]
    depouiller(
        scene.consultation,
        scene.troupe,
        preside="helene",
        avec="bernard",
        le=LIMITE + timedelta(hours=6),
    )
    for pli in plis:
        pli.refresh_from_db()
    return plis

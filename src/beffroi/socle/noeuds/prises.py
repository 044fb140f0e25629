"""Nœuds : ce que ce contexte branche dans la maison."""

from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    hors_preuve={
        "CleDeLaBase": HorsPreuve(
            "l'empreinte des clés d'un nœud, qui l'empêche de démarrer avec d'autres",
            (
                "un nœud démarrerait avec d'autres clés, ou ne démarrerait plus : les têtes qu'il "
                "signerait ne se vérifient pas avec la clé publiée"
            ),
        ),
    },
)

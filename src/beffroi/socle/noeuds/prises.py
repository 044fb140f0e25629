"""Nœuds : ce que ce contexte branche dans la maison."""

from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    hors_preuve={
        "PassageDOuvrier": HorsPreuve(
            "l'heure de la dernière ronde, récrite à chacune",
            "un ouvrier arrêté se dirait au travail : ce qu'il n'a pas fait reste dans la file",
        ),
        "TourDeRonde": HorsPreuve(
            "quel ouvrier fait les rondes, pendant une minute",
            "deux les feraient, ou aucun pendant deux minutes : une ronde se refait sans effet",
        ),
        "RemiseDesCles": HorsPreuve(
            "les paquets de clés faits pour un nœud neuf ; le journal les dit faits, et pris",
            "un paquet déjà pris se prendrait encore, par qui l'a et en connaît le code",
        ),
        "CleDeLaBase": HorsPreuve(
            "l'empreinte des clés d'un nœud, qui l'empêche de démarrer avec d'autres",
            (
                "un nœud démarrerait avec d'autres clés, ou ne démarrerait plus : les têtes qu'il "
                "signerait ne se vérifient pas avec la clé publiée"
            ),
        ),
    },
)

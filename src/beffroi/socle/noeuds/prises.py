"""Nœuds : ce que ce contexte branche dans la maison."""

from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.prises import Prises
from beffroi.socle.noeuds import services, taches

PRISES = Prises(
    rondes_du_noeud=(taches.relever_l_horloge, services.dire_sa_version),
    hors_preuve={
        "NoeudVu": HorsPreuve(
            "la version que sert un nœud, dite à chaque ronde",
            "une mise à jour croirait un nœud arrêté, ou de la version d'avant",
        ),
        "MiseAJour": HorsPreuve(
            "les versions auxquelles la base a été mise",
            "un nœud trop ancien démarrerait, ou un nœud admis ne démarrerait plus",
        ),
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
        "HorlogeDuNoeud": HorsPreuve(
            "l'écart d'horloge d'un nœud, récrit à chaque ronde",
            "un nœud décalé se dirait à l'heure : chaque jeton d'un récépissé porte la sienne",
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

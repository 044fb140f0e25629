"""Éprouver l'antivirus sans attendre une ouverture :
reconnaît-il le fichier d'essai de l'EICAR, que tous connaissent ?
"""

import io

from beffroi.seance.antivirus.ports import antivirus
from beffroi.seance.antivirus.rules import Constat, Etat
from beffroi.socle.fondations.erreurs import ServiceIndisponible

# En deux morceaux : ce module-ci n'est pas ce fichier.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def est_relie() -> bool:
    return antivirus() is not None


def essayer() -> Constat | None:
    """Ce que le moteur dit du fichier d'essai ; rien si aucun n'est relié."""
    moteur = antivirus()
    if moteur is None:
        return None
    try:
        return moteur.analyser(io.BytesIO(EICAR), taille=len(EICAR))
    except ServiceIndisponible:
        return Constat(Etat.NON_ANALYSE, motif="l'antivirus ne répond pas")


def l_a_reconnu(constat: Constat) -> bool:
    """Dire « sain » de ce fichier est pire que se taire : le moteur n'a pas ses signatures."""
    return constat.etat == Etat.INFECTE

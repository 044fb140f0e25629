"""Un contrat s'inscrit :
s'il est un accord-cadre à plusieurs titulaires encore à signer, chacun a son engagement.
"""

from beffroi.contrat.engagements.services.naissance import ouvrir_les_engagements as ouvrir
from beffroi.contrat.marches.events import MarcheInscrit


def ouvrir_les_engagements(annonce: MarcheInscrit) -> None:
    ouvrir(marche=annonce.marche, maintenant=annonce.le)

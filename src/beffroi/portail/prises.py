"""Portail : ce que ce contexte branche dans la maison."""

from beffroi.portail.client_publie import publier_le_client
from beffroi.socle.prises import Prises

PRISES = Prises(
    rondes=(publier_le_client,),
)

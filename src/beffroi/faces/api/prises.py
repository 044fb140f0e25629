"""API : ce que ce contexte branche dans la maison."""

from beffroi.faces.api.portees import portees_des_roles
from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.fondations.prises import Prises

PRISES = Prises(
    ports={"comptes.PorteesDesRoles": portees_des_roles},
    hors_preuve={
        "ActeParCle": HorsPreuve(
            "une clé d'envoi déjà servie ; l'acte qu'elle a fait est au journal",
            "un envoi répété ferait un second acte ; les deux seraient au journal",
        ),
    },
)

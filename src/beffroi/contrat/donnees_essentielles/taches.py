"""Porter le fichier au portail national : hors de toute transaction, une fois par changement."""

import hashlib
from datetime import datetime

from django.tasks import task

from beffroi.contrat.donnees_essentielles import fichiers, ports, queries
from beffroi.contrat.donnees_essentielles.models import EnvoiAuPortail
from beffroi.contrat.donnees_essentielles.services import envois
from beffroi.socle.fondations.erreurs import ServiceIndisponible
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.taches import attend

NOM = "decp.json"


def demander_l_envoi(le: datetime) -> None:
    """Ronde : si le fichier a changé depuis le dernier envoi, et que rien n'attend déjà.

    Un refus n'est pas recommencé tant que le fichier est le même : le portail dirait la même chose.
    """
    if ports.portail() is None or attend(porter.module_path):
        return
    dernier = EnvoiAuPortail.objects.first()
    version = version_du_fichier()
    if queries.du_fichier().exists() and (dernier is None or dernier.version != version):
        porter.enqueue()


@task()
def porter() -> None:
    """La file recommence si le portail se tait ;
    un refus s'écrit, et se relira à l'état du service.
    """
    portail = ports.portail()
    if portail is None:
        return
    version, nombre = version_du_fichier(), queries.du_fichier().count()
    octets = b"".join(fichiers.decp_en_json(queries.du_fichier()))
    empreinte = hashlib.sha256(octets).hexdigest()
    try:
        accuse = portail.deposer(
            ports.FichierAPorter(cle=empreinte, nom=NOM, octets=octets), maintenant=maintenant()
        )
    except ServiceIndisponible as erreur:
        if not erreur.permanent:
            raise
        envois.noter_un_refus(
            version=version,
            empreinte=empreinte,
            fiches=nombre,
            motif=erreur.message,
            maintenant=maintenant(),
        )
        return
    envois.noter_un_envoi(
        version=version, empreinte=empreinte, fiches=nombre, accuse=accuse, maintenant=maintenant()
    )


def version_du_fichier() -> str:
    return hashlib.sha256(repr(fichiers.version(queries.du_fichier())).encode()).hexdigest()

"""Envoyer un paquet au service d'archives, puis lui demander ce qu'il en dit :
hors de toute transaction.

Une tâche refaite remet le même paquet, sous le même identifiant et la même clé :
le service d'archives n'en garde qu'un.
"""

from datetime import datetime

from django.db import transaction
from django.tasks import task

from beffroi.garde.versements import ports, queries
from beffroi.garde.versements.models import Versement
from beffroi.garde.versements.services.reponses import recueillir
from beffroi.garde.versements.states import ATTENDUS, Etat
from beffroi.socle.fondations.erreurs import ServiceIndisponible
from beffroi.socle.fondations.horloge import maintenant as horloge
from beffroi.socle.fondations.pannes import point_de_panne
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.franchissement import franchir

PLUS_REGLE = (
    "Le service d'archives par lequel ce versement devait partir n'est plus réglé. "
    "Prévenez l'exploitant, puis réessayez ; "
    "ou abandonnez ce versement et remettez le paquet vous-même."
)


@task()
def envoyer(reference: str) -> None:
    """La file recommence si le service se tait ;
    ce qui ne sert à rien de recommencer s'écrit, et attend un geste.
    """
    versement = _lire(reference)
    if versement.etat != Etat.A_ENVOYER or versement.arrete:
        return
    service = ports.service_d_archivage()
    try:
        if service is None or service.voie != versement.voie:
            raise ServiceIndisponible(PLUS_REGLE, permanent=True)
        reponse = service.deposer(queries.transfert_de(versement), maintenant=horloge())
    except ServiceIndisponible as erreur:
        noter_la_panne(
            versement=versement,
            phrase=erreur.message,
            arrete=erreur.permanent,
            maintenant=horloge(),
        )
        if not erreur.permanent:
            raise
        return
    point_de_panne("versement.avant_marque")
    noter_l_envoi(versement=versement, reponse=reponse, maintenant=horloge())


@task()
def relever(reference: str) -> None:
    """Ce que le service d'archives a dit depuis. S'il se tait, la ronde redemandera."""
    versement = _lire(reference)
    service = ports.service_d_archivage()
    if versement.etat not in ATTENDUS or service is None or service.voie != versement.voie:
        return
    try:
        reponses = list(service.reponses(versement.paquet.reference))
    except ServiceIndisponible as erreur:
        noter_la_panne(
            versement=versement, phrase=erreur.message, arrete=False, maintenant=horloge()
        )
        return
    recueillir(versement=versement, reponses=reponses, maintenant=horloge())


@transaction.atomic
def noter_l_envoi(
    *, versement: Versement, reponse: bytes | None, maintenant: datetime
) -> Versement:
    """Le service d'archives a le paquet.

    Ce qu'il a répondu aussitôt se constate du même pas : rien ne s'en perd.
    """
    tenu = franchir(
        versement,
        "noter_l_envoi",
        par=PLATEFORME,
        le=maintenant,
        donnees={
            "paquet": versement.paquet.reference,
            "sha256": versement.sha256,
            "voie": versement.voie,
        },
        envoye_le=maintenant,
        panne="",
        arrete=False,
    )
    return (
        recueillir(versement=tenu, reponses=[reponse], maintenant=maintenant) if reponse else tenu
    )


@transaction.atomic
def noter_la_panne(
    *, versement: Versement, phrase: str, arrete: bool, maintenant: datetime
) -> None:
    """Ce que l'écran dira ; ni un acte, ni une preuve.

    Un versement qui a avancé depuis n'en porte pas.
    """
    encore = Versement.objects.filter(pk=versement.pk, etat=versement.etat)
    encore.update(panne=phrase[:600], arrete=arrete, suivi_le=maintenant)


def _lire(reference: str) -> Versement:
    return Versement.objects.select_related("paquet__consultation__organisme").get(
        reference=reference
    )

"""Obtenir les jetons qualifiés, hors de toute transaction :
un service lent ou en panne ne retient aucun acte.
"""

import hashlib
from datetime import datetime, timedelta

from django.tasks import task
from django.utils import timezone

from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.pannes import point_de_panne
from beffroi.socle.journal import chainage, queries, renouvellement
from beffroi.socle.journal.models import Ecriture, JetonQualifie
from beffroi.socle.journal.ports import horodateur
from beffroi.socle.journal.services import (
    ajouter_jeton_qualifie,
    publier_la_tete,
    publier_un_changement,
    renouveler_l_horodatage,
)

ACTES_HORODATES = ("pli.deposer", renouvellement.ACTE)
RETARD = timedelta(minutes=5)
JETONS_PAR_RONDE = 20


@task()
def horodater_une_ecriture(numero: int) -> None:
    """Joint à une écriture son jeton qualifié ; la file recommence si le service ne répond pas."""
    ecriture = Ecriture.objects.get(numero=numero)
    horodater(JetonQualifie.Objet.ECRITURE, numero, ecriture.contenu)


def horodater(objet: str, numero: int, texte: str) -> bool:
    """Demande et garde le jeton d'un texte ; faux si l'installation n'a pas de service qualifié."""
    service = horodateur()
    if service is None or JetonQualifie.objects.filter(objet=objet, numero=numero).exists():
        return False
    obtenu = service.horodater(hashlib.sha256(texte.encode()).digest())
    point_de_panne("horodatage.apres_reponse")
    ajouter_jeton_qualifie(
        objet=objet,
        numero=numero,
        jeton=obtenu.jeton,
        autorite=obtenu.autorite,
        horodate_le=obtenu.horodate_le,
        recu_le=maintenant(),
    )
    point_de_panne("horodatage.apres_jeton")
    return True


def completer_les_jetons(le: datetime) -> None:
    """Ronde : après une longue panne, rattrape les écritures qui attendent encore leur jeton.

    Le premier échec l'arrête.
    """
    if horodateur() is None:
        return
    tenus = JetonQualifie.objects.filter(objet=JetonQualifie.Objet.ECRITURE).values("numero")
    attendus = Ecriture.objects.filter(acte__in=ACTES_HORODATES, le__lt=le - RETARD).exclude(
        numero__in=tenus
    )
    for ecriture in attendus.order_by("numero")[:JETONS_PAR_RONDE]:
        horodater(JetonQualifie.Objet.ECRITURE, ecriture.numero, ecriture.contenu)


def publier_l_autorite(le: datetime) -> None:
    """Ronde : l'autorité d'horodatage locale entre au journal,
    à sa création et à chaque changement.
    """
    certificat = chainage.certificat_d_horodatage()
    empreinte = hashlib.sha256(certificat.encode()).hexdigest()
    publier_un_changement(
        "horodatage.publier", sujet=empreinte, donnees={"certificat": certificat}, le=le
    )


def avancer_le_registre_public(le: datetime) -> None:
    """Ronde : à chaque pas de l'horloge, la tête publique avance. Aucun acte n'en dépend."""
    publier_la_tete(le=le)


def horodater_le_point_du_jour(le: datetime) -> None:
    """Ronde : chaque jour, un jeton qualifié sur la tête publique date tout ce qu'elle couvre,
    et l'année se renouvelle.
    """
    points = JetonQualifie.objects.filter(objet=JetonQualifie.Objet.POINT_DE_CONTROLE)
    dernier, point = points.order_by("-numero").first(), queries.derniere_tete()
    du_jour = (
        dernier and timezone.localtime(dernier.recu_le).date() >= timezone.localtime(le).date()
    )
    if horodateur() is None or point is None or du_jour:
        return
    if horodater(JetonQualifie.Objet.POINT_DE_CONTROLE, point.taille, point.note):
        renouveler(le)


def renouveler(le: datetime) -> None:
    """Le service vient de répondre :
    s'il est temps, il date aussi ses jetons d'avant (RFC 4998, § 5.2).
    """
    if ecriture := renouveler_l_horodatage(le=le):
        horodater(JetonQualifie.Objet.ECRITURE, ecriture.numero, ecriture.contenu)

"""Envoyer la boîte d'envoi. Un courriel n'est qu'une copie : sa panne ne bloque aucun acte.

Une ligne donne au plus un courriel : elle est marquée juste avant que son corps parte, et ne repart
que si le serveur dit ne pas l'avoir pris. SMTP ne garantit pas davantage : si la liaison tombe
entre le dernier octet et la réponse, personne ne sait ; la ligne reste « confiée », se montre
(`./beffroi courriels`), et rien ne la renvoie seul.
"""

import logging
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.tasks import task

from beffroi.socle.fondations import outbox
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.models import Courriel
from beffroi.socle.fondations.taches import chemin_d_aujourdhui
from formats import courriels

logger = logging.getLogger(__name__)
PATIENCE = timedelta(days=5)  # RFC 5321, § 4.5.4.1 : au moins quatre ou cinq jours


class RefusDefinitif(Exception):
    """Le serveur a dit non, et le redira."""


class IssueInconnue(Exception):
    """Le corps est parti, la réponse n'est pas venue : le renvoyer risquerait un double."""


class DejaConfie(Exception):
    """Un autre ouvrier l'a pris entre-temps."""


@task()
def envoyer_courriel(courriel_id: int) -> None:
    """Confie un courriel au serveur ; recommencé par la file tant qu'il n'en veut pas encore."""
    courriel = Courriel.objects.filter(pk=courriel_id).first()
    if courriel is None or courriel.envoye_le or courriel.confie_le or courriel.refuse_le:
        return
    try:
        message_de(courriel).send()
    except RefusDefinitif as refus:
        outbox.marquer_refuse(courriel, str(refus), le=maintenant())
    except (IssueInconnue, DejaConfie) as doute:
        logger.warning("courriel %s: %s", courriel.reference, type(doute).__name__)
    except Exception as panne:
        outbox.reprendre(courriel)
        if maintenant() < courriel.ecrit_le + PATIENCE:
            raise
        outbox.marquer_refuse(courriel, f"Pas de réponse en cinq jours : {panne}", le=maintenant())
    else:
        outbox.marquer_envoye(courriel, le=maintenant())


class FabriqueEtrangere(LookupError):
    """La pièce jointe serait faite par autre chose qu'une fonction du produit."""


class Message(EmailMultiAlternatives):
    """Un message qui sait retenir qu'il part :
    l'envoi SMTP l'appelle juste avant d'en livrer le corps.
    """

    ligne: Courriel

    def confier(self) -> None:
        if not outbox.confier(self.ligne, le=maintenant()):
            raise DejaConfie

    def pris(self) -> None:
        """Le serveur l'a pris :
        cela se retient avant toute autre chose, même un adieu qui tourne mal.
        """
        outbox.marquer_envoye(self.ligne, le=maintenant())


def nos_adresses() -> frozenset[str]:
    """La plateforme, et les instances à part où l'un de ses courriels peut mener."""
    reglees = (
        settings.ADRESSE_PUBLIQUE,
        settings.ADRESSE_PRINCIPALE,
        settings.ADRESSE_D_ESSAI,
        settings.ADRESSE_DE_L_ECOLE,
    )
    return frozenset(adresse.rstrip("/") for adresse in reglees if adresse)


def message_de(courriel: Courriel) -> Message:
    entetes = courriels.entetes(
        courriel.reference, arret=courriel.arret, adresse=settings.ADRESSE_PUBLIQUE
    )
    message = Message(
        courriel.sujet,
        courriel.texte,
        to=[courriel.destinataire],
        headers=entetes | settings.REPONDRE,
    )
    message.ligne = courriel
    page = courriels.en_html(courriel.texte, titre=courriel.sujet, chez=nos_adresses())
    message.attach_alternative(page, "text/html")
    for piece in courriel.pieces:
        message.attach(courriels.sur_une_ligne(piece["nom"]), contenu(piece), piece["type"])
    return message


def contenu(piece: dict[str, Any]) -> bytes:
    """Fabrique la pièce jointe au moment de l'envoi :
    elle porte ainsi l'état le plus récent de ses preuves.
    """
    octets: bytes = _fabrique(chemin_d_aujourdhui(piece["fabrique"]))(*piece["arguments"])
    return octets


def _fabrique(chemin: str) -> Any:
    """Une fonction du produit, prise où elle est définie :
    une ligne de la base n'en fait appeler aucune autre.
    """
    module, _, nom = chemin.rpartition(".")
    if not module.startswith("beffroi."):
        raise FabriqueEtrangere(chemin)
    fabrique = getattr(import_module(module), nom)
    if getattr(fabrique, "__module__", "") != module:
        raise FabriqueEtrangere(chemin)
    return fabrique

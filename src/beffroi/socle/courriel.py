"""Envoyer la boîte d'envoi. Un courriel n'est qu'une copie : sa panne ne bloque aucun acte."""

from importlib import import_module
from typing import Any

from django.core.mail import EmailMessage
from django.tasks import task

from beffroi.socle.horloge import maintenant
from beffroi.socle.models import Courriel
from beffroi.socle.outbox import marquer_envoye


@task()
def envoyer_courriel(courriel_id: int) -> None:
    """Envoie un courriel une fois ; recommencé par la file s'il échoue."""
    courriel = Courriel.objects.get(pk=courriel_id)
    if courriel.envoye_le:
        return
    message = EmailMessage(
        subject=courriel.sujet,
        body=courriel.texte,
        to=[courriel.destinataire],
        headers={"X-Beffroi-Reference": courriel.reference, "Auto-Submitted": "auto-generated"},
    )
    for piece in courriel.pieces:
        message.attach(piece["nom"], contenu(piece), piece["type"])
    message.send()
    marquer_envoye(courriel, le=maintenant())


def contenu(piece: dict[str, Any]) -> bytes:
    """Fabrique la pièce jointe au moment de l'envoi : elle porte ainsi l'état le plus récent de ses preuves."""
    module, _, fonction = piece["fabrique"].rpartition(".")
    octets: bytes = getattr(import_module(module), fonction)(*piece["arguments"])
    return octets

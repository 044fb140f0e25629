"""Confier un courriel à un serveur SMTP, en sachant à tout instant s'il l'a pris."""

import smtplib
from collections.abc import Callable
from typing import Any

from django.core.mail.backends.smtp import EmailBackend

from beffroi.socle.fondations.courriel import IssueInconnue, Message, RefusDefinitif

CORPS_ATTENDU = 354
# RFC 5321, § 4.5.3.2.6 veut dix minutes ; un ouvrier qui attend n'envoie rien d'autre.
ATTENTE_DE_LA_REPONSE_S = 120
DEFINITIF = 500
TROP_GROS = 552


class Liaison(smtplib.SMTP):
    """Une liaison qui retient où elle en est du message :
    pas commencé, corps en route, corps livré.
    """

    confier: Callable[[], None] | None = None
    en_route = livre = False

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.en_route = self.livre = False
        try:
            return super().data(msg)
        except smtplib.SMTPServerDisconnected as coupure:
            if self.livre:
                raise IssueInconnue(str(coupure)) from coupure
            raise
        finally:
            self.en_route = False

    def getreply(self) -> tuple[int, bytes]:
        code, mots = super().getreply()
        if code == CORPS_ATTENDU:
            self._confier()
            self.en_route = True
        return code, mots

    def _confier(self) -> None:
        try:
            if self.confier is not None:
                self.confier()
        except Exception:
            # Le serveur attend un corps : tout mot de plus, fût-ce un adieu, en serait le début.
            self.close()
            raise

    def send(self, s: Any) -> None:
        super().send(s)
        if self.en_route:
            # Un envoi interrompu n'a pas livré le point final :
            # le serveur ne peut pas avoir pris le message.
            self.livre = True
            if self.sock is not None:
                self.sock.settimeout(ATTENTE_DE_LA_REPONSE_S)


class EnvoiUneFois(EmailBackend):
    """Traduit ce que dit le serveur : non pour toujours, pas maintenant, ou rien."""

    connection_class = Liaison

    def _send(self, email_message: Any) -> bool:
        if isinstance(email_message, Message) and isinstance(self.connection, Liaison):
            self.connection.confier = email_message.confier
        try:
            parti = bool(super()._send(email_message))  # type: ignore[misc]  # absent des types de Django
        except smtplib.SMTPRecipientsRefused as refus:
            code, mots = next(iter(refus.recipients.values()))
            if code >= DEFINITIF:
                raise RefusDefinitif(dit(code, mots)) from refus
            raise
        except (smtplib.SMTPDataError, smtplib.SMTPSenderRefused) as refus:
            # Un expéditeur refusé est un réglage à corriger, et attend ;
            # un message trop gros le restera.
            est_un_corps = isinstance(refus, smtplib.SMTPDataError)
            if refus.smtp_code == TROP_GROS or (est_un_corps and refus.smtp_code >= DEFINITIF):
                raise RefusDefinitif(dit(refus.smtp_code, refus.smtp_error)) from refus
            raise
        if parti and isinstance(email_message, Message):
            email_message.pris()
        return parti


def dit(code: int, mots: bytes | str) -> str:
    """Les mots du serveur, sur une ligne : « 550 5.1.1 Unknown user »."""
    texte = mots.decode("utf-8", "replace") if isinstance(mots, bytes) else mots
    return f"{code} {' '.join(texte.split())}"

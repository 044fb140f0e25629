"""Le lien envoyé à une adresse attendue : l'ouvrir prouve qu'on la lit."""

from datetime import datetime, timedelta

from django.core import signing

from beffroi.personnes.comptes.models import PersonneAttendue
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.erreurs import Introuvable

SEL = "beffroi.comptes.invitations"
VALIDITE = timedelta(days=3)


def adresse_du_lien(attendue: PersonneAttendue, *, le: datetime) -> str:
    """L'adresse complète à écrire dans le courriel, et nulle part ailleurs."""
    return lien_vers("comptes:invitation", attendue.reference, jeton(attendue, le=le))


def jeton(attendue: PersonneAttendue, *, le: datetime) -> str:
    """Signé pour cette attente, à cet instant. L'attente finie, plus aucun de ses liens n'ouvre."""
    instant = f"{int(le.timestamp()):x}"
    return f"{instant}~{_signataire().signature(_signe(attendue.reference, instant))}"


def personne_attendue(reference: str, recu: str, *, le: datetime) -> PersonneAttendue:
    """La personne que ce lien désigne ; tout autre lien est introuvable, et dit pourquoi."""
    instant, _, signature = recu.partition("~")
    try:
        _signataire().unsign(f"{_signe(reference, instant)}~{signature}")
        envoye_le = datetime.fromtimestamp(int(instant, 16), le.tzinfo)
    except (signing.BadSignature, ValueError, OverflowError, OSError):
        raise Introuvable(
            "Ce lien n'est pas entier. Recopiez-le depuis le courriel, sans rien en couper."
        ) from None
    if le - envoye_le > VALIDITE:
        raise Introuvable(
            "Ce lien a plus de trois jours : il n'ouvre plus rien. "
            "Demandez-en un autre à la personne qui vous l'a fait envoyer."
        )
    attendue = PersonneAttendue.objects.filter(reference=reference).first()
    if attendue is None:
        raise Introuvable(
            "Ce lien a déjà servi, ou ce qu'il donnait a été annulé. Si vous avez choisi votre "
            "mot de passe, connectez-vous. Sinon, demandez un autre lien à la personne qui vous "
            "l'a fait envoyer."
        )
    return attendue


def _signe(reference: str, instant: str) -> str:
    return f"{reference}/{instant}"


def _signataire() -> signing.Signer:
    """Un tilde sépare la signature : il traverse une adresse sans se faire coder."""
    return signing.Signer(salt=SEL, sep="~")

"""Le lien d'une invitation : signé pour l'adresse où elle s'écrit, il prouve qu'on la lit."""

from django.core import signing

from beffroi.achat.consultations.models import EntrepriseInvitee
from beffroi.contrat.remises_en_concurrence.models import RemiseEnConcurrence
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.erreurs import Introuvable

SEL = "beffroi.remises.invitation"


def adresse_de(remise: RemiseEnConcurrence, invitee: EntrepriseInvitee) -> str:
    """L'adresse complète à écrire dans le courriel de cette invitée, et nulle part ailleurs."""
    return lien_vers("remises_en_concurrence:suivre", remise.reference, jeton(remise, invitee))


def jeton(remise: RemiseEnConcurrence, invitee: EntrepriseInvitee) -> str:
    return _signataire().signature(_signe(remise, invitee))


def invitee_du_lien(remise: RemiseEnConcurrence, recu: str) -> EntrepriseInvitee:
    """Celle à qui ce lien a été écrit ; tout autre lien est introuvable."""
    for invitee in remise.consultation.invitees.all():
        try:
            _signataire().unsign(f"{_signe(remise, invitee)}~{recu}")
        except signing.BadSignature:
            continue
        return invitee
    raise Introuvable()


def _signe(remise: RemiseEnConcurrence, invitee: EntrepriseInvitee) -> str:
    return f"{remise.reference}/{invitee.siret}/{invitee.courriel.lower()}"


def _signataire() -> signing.Signer:
    """Un tilde sépare la signature : il traverse une adresse sans se faire coder."""
    return signing.Signer(salt=SEL, sep="~")

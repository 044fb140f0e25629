"""Inviter un collègue : un lien signé, à son adresse, que rien ne garde et qui meurt avec l'accord de qui l'a envoyé."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing
from django.db.models import Q

from beffroi.comptes.models import Utilisateur
from beffroi.entreprises.models import Membre
from beffroi.socle.erreurs import Introuvable

SEL = "beffroi.entreprises.invitation"
DUREE = timedelta(days=7)


@dataclass(frozen=True)
class Invitation:
    """Qui invite, à quelle adresse, et depuis quand."""

    par: Membre
    courriel: str
    le: datetime


def jeton(*, par: Membre, courriel: str, le: datetime) -> str:
    contenu = {"m": par.reference, "c": courriel.lower(), "l": le.isoformat()}
    return _signataire().sign_object(contenu, compress=True)


def lire(recu: str, *, personne: Utilisateur, le: datetime) -> Invitation:
    """L'invitation, si elle vaut encore pour cette personne. Toute autre est introuvable : rien ne dit pourquoi.

    Elle ne vaut plus si sept jours ont passé, si qui l'a envoyée est parti, ou si la personne a quitté l'établissement
    depuis : un collègue retiré ne revient pas par un vieux courriel.
    """
    try:
        contenu = _signataire().unsign_object(recu)
        envoyee_le = datetime.fromisoformat(contenu["l"])
    except (signing.BadSignature, ValueError, KeyError, TypeError):
        raise Introuvable() from None
    par = Membre.objects.filter(reference=contenu["m"], jusqu_au=None).exclude(confirme_le=None)
    invitant = par.select_related("etablissement__entreprise", "utilisateur").first()
    if invitant is None or le > envoyee_le + DUREE or personne.courriel.lower() != contenu["c"]:
        raise Introuvable()
    depuis = Q(utilisateur=personne, etablissement=invitant.etablissement, jusqu_au__gte=envoyee_le)
    if Membre.objects.filter(depuis).exists():
        raise Introuvable()
    return Invitation(invitant, contenu["c"], envoyee_le)


def _signataire() -> signing.Signer:
    """Un tilde sépare la signature : il traverse une adresse sans se faire coder."""
    return signing.Signer(salt=SEL, sep="~")

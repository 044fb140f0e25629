"""Inviter un collègue :
un lien signé, à son adresse, qui meurt avec l'invitation ou l'accord de qui l'a envoyée.
"""

from contextlib import suppress
from datetime import datetime

from django.core import signing
from django.db.models import Q, QuerySet

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import (
    DUREE_D_UNE_INVITATION,
    Equipe,
    InvitationEnAttente,
    Membre,
)
from beffroi.personnes.entreprises.queries import membres_de
from beffroi.socle.fondations.erreurs import Introuvable

SEL = "beffroi.entreprises.invitation"


def en_attente(equipe: Equipe, *, le: datetime) -> QuerySet[InvitationEnAttente]:
    """Celles dont le lien vaut encore :
    sept jours n'ont pas passé, et qui l'a envoyée est toujours là.
    """
    la = Q(par__equipe=equipe, par__jusqu_au=None)
    valables = InvitationEnAttente.objects.filter(la, envoyee_le__gte=le - DUREE_D_UNE_INVITATION)
    return valables.select_related("par__utilisateur", "par__equipe")


def invitation_pour(par: Membre, reference: str, *, le: datetime) -> InvitationEnAttente:
    """Une invitation de l'équipe ; toute autre est introuvable."""
    trouvee = en_attente(par.equipe, le=le).filter(reference=reference).first()
    if trouvee is None:
        raise Introuvable()
    return trouvee


def invitation_d_un_collegue(
    utilisateur: Utilisateur, reference: str, *, le: datetime
) -> InvitationEnAttente:
    """Une invitation d'une équipe dont on est ;
    pour qui n'est d'aucune, elle est introuvable aussi.
    """
    for membre in membres_de(utilisateur):
        with suppress(Introuvable):
            return invitation_pour(membre, reference, le=le)
    raise Introuvable()


def passees(*, le: datetime) -> QuerySet[InvitationEnAttente]:
    """Celles qui n'ouvrent plus rien : rien n'oblige à en garder l'adresse."""
    return InvitationEnAttente.objects.filter(
        Q(envoyee_le__lt=le - DUREE_D_UNE_INVITATION) | Q(par__jusqu_au__isnull=False)
    )


def jeton(invitation: InvitationEnAttente) -> str:
    return _signataire().sign(invitation.reference)


def lire(recu: str, *, personne: Utilisateur, le: datetime) -> InvitationEnAttente:
    """L'invitation, si elle vaut encore pour cette personne. Toute autre est
    introuvable : rien ne dit pourquoi.

    Elle ne vaut plus si elle est acceptée, annulée ou passée, si qui l'a envoyée est
    parti, ou si la personne a quitté l'équipe depuis : un collègue retiré ne
    revient pas par un vieux courriel.
    """
    try:
        reference = _signataire().unsign(recu)
    except signing.BadSignature:
        raise Introuvable() from None
    trouvee = (
        InvitationEnAttente.objects.filter(reference=reference)
        .select_related("par__equipe")
        .first()
    )
    if trouvee is None or personne.courriel.lower() != trouvee.courriel.lower():
        raise Introuvable()
    invitation = invitation_pour(trouvee.par, reference, le=le)
    depuis = Q(equipe=invitation.par.equipe, jusqu_au__gte=invitation.envoyee_le)
    if Membre.objects.filter(depuis, utilisateur=personne).exists():
        raise Introuvable()
    return invitation


def _signataire() -> signing.Signer:
    """Un tilde sépare la signature : il traverse une adresse sans se faire coder."""
    return signing.Signer(salt=SEL, sep="~")

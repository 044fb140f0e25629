"""Le lien « Ce n'est pas moi » d'une arrivée, d'un départ, d'une adresse changée : signé pour une
personne et un fait, il s'ouvre un mois, sans se connecter.

Qui a pris un compte a pu en changer le mot de passe, l'adresse, et retirer les autres. Le lien ne
donne rien à lire de plus que le courriel ; il ne sait que prévenir l'équipe et l'assistance.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from django.core import signing

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Membre
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.models import Courriel

SEL = "beffroi.entreprises.pas_moi"
VALIDITE = timedelta(days=30)


class Fait(StrEnum):
    """Ce qui est arrivé au membre, et comment on le dit."""

    ARRIVEE = "arrivee"
    DEPART = "depart"
    ADRESSE = "adresse"

    @property
    def en_clair(self) -> str:
        return {
            Fait.ARRIVEE: "l'arrivée",
            Fait.DEPART: "le départ",
            Fait.ADRESSE: "le changement d'adresse",
        }[self]


@dataclass(frozen=True)
class Alarme:
    """Qui le dit, de quel membre, et de quoi."""

    membre: Membre
    fait: Fait
    personne: Utilisateur
    du: date

    @property
    def cle(self) -> str:
        """Une fois par fait : un second clic, ou celui d'un collègue, ne réveille plus personne."""
        return f"alarme/{self.membre.reference}/{self.fait}/{self.du}"


def adresse_pour_le_dire(membre: Membre, fait: Fait, personne: Utilisateur) -> str:
    """L'adresse complète à écrire dans le courriel de cette personne, et nulle part ailleurs."""
    jeton = _signataire().sign(_signe(membre.reference, fait, personne))
    date_et_signature = jeton.split("~", 1)[1]
    return lien_vers(
        "entreprises:pas_moi",
        membre.reference,
        fait,
        f"{personne.reference}~{date_et_signature}",
    )


def lire(reference: str, fait: str, recu: str) -> Alarme:
    """Ce que ce lien désigne ; tout autre lien, ou trop vieux, est introuvable."""
    qui, _, signature = recu.partition("~")
    personne = Utilisateur.objects.filter(reference=qui, est_actif=True).first()
    membre = (
        Membre.objects.filter(reference=reference).select_related("equipe", "utilisateur").first()
    )
    try:
        if personne is None or membre is None or fait not in {*Fait}:
            raise signing.BadSignature
        _signataire().unsign(
            f"{_signe(membre.reference, Fait(fait), personne)}~{signature}", max_age=VALIDITE
        )
    except signing.BadSignature:
        raise Introuvable(
            "Ce lien n'est pas entier, ou il a plus d'un mois. Recopiez-le depuis le courriel, "
            "ou appelez l'assistance."
        ) from None
    return Alarme(membre, Fait(fait), personne, _jour(signature.partition("~")[0]))


def est_donnee(alarme: Alarme) -> bool:
    return Courriel.objects.filter(cle__startswith=f"{alarme.cle}/").exists()


def _signe(reference: str, fait: Fait, personne: Utilisateur) -> str:
    return f"{reference}/{fait.value}/{personne.reference}"


def _jour(signe: str) -> date:
    return datetime.fromtimestamp(signing.b62_decode(signe), tz=UTC).date()


def _signataire() -> signing.TimestampSigner:
    """Un tilde sépare la signature : il traverse une adresse sans se faire coder."""
    return signing.TimestampSigner(salt=SEL, sep="~")

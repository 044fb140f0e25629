"""Les préférences d'une personne, et à qui est un agenda."""

import hashlib
from datetime import date

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.rappels.models import Matin, Preferences
from beffroi.socle.fondations.erreurs import Introuvable


def preferences_de(personne: Utilisateur) -> Preferences:
    """Celles qu'elle a choisies, sinon celles de départ."""
    return Preferences.objects.filter(utilisateur=personne).first() or Preferences(
        utilisateur=personne
    )


def empreinte_du_secret(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def personne_de_l_agenda(secret: str) -> Utilisateur:
    """À qui est cet agenda ;
    un secret inconnu, renouvelé, révoqué ou d'un compte fermé n'ouvre rien.
    """
    actives = Preferences.objects.filter(utilisateur__est_actif=True).select_related("utilisateur")
    trouvees = actives.filter(agenda=empreinte_du_secret(secret)).first()
    if trouvees is None:
        raise Introuvable(
            "Cet agenda n'existe plus. Son adresse a pu être renouvelée : "
            "reprenez-la dans votre compte."
        )
    return trouvees.utilisateur


def a_resumer() -> list[Utilisateur]:
    """Toute personne active qui n'a pas arrêté le résumé du matin."""
    actives = Utilisateur.objects.filter(est_actif=True)
    return list(actives.exclude(preferences__resume_du_matin=False).order_by("pk"))


def est_commence(jour: date) -> bool:
    return Matin.objects.filter(jour=jour).exists()

"""Qui peut toucher à une réponse en préparation :
ses auteurs, et le jeton qui survit à leur session.

Le jeton nomme la réponse et la personne. Il est signé, jamais gardé, et meurt avec le compte, avec
l'appartenance à l'établissement, ou quand on change le sel de la réponse. Le récépissé nomme ainsi
toujours la personne qui a agi.
"""

from dataclasses import dataclass

from django.core import signing
from django.db.models import Q, QuerySet

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.models import Membre
from beffroi.personnes.entreprises.queries import collegues_a_prevenir
from beffroi.reponse.depots.models import BrouillonDeReponse

SEL = "beffroi.depots.jeton"


@dataclass(frozen=True)
class Porteur:
    """Une personne qui agit sur une réponse précise, par le jeton de cette réponse."""

    utilisateur: Utilisateur
    brouillon: BrouillonDeReponse


def reponses_de(utilisateur: Utilisateur) -> QuerySet[BrouillonDeReponse]:
    """Les réponses qu'une personne peut voir :
    celles de ses collègues confirmés, et toujours les siennes.

    Une personne pas encore confirmée par un collègue dépose quand même, à 11:41 pour 12:00 :
    elle ne voit que le sien.
    """
    if not utilisateur.est_actif:
        return BrouillonDeReponse.objects.none()
    en_cours = Membre.objects.filter(utilisateur=utilisateur, jusqu_au=None)
    confirmes = en_cours.filter(confirme_le__isnull=False)
    partagees = Q(etablissement__in=confirmes.values("etablissement"))
    siennes = Q(commence_par=utilisateur, etablissement__in=en_cours.values("etablissement"))
    return BrouillonDeReponse.objects.filter(partagees | siennes).select_related(
        "consultation__organisme", "etablissement__entreprise", "invitation__tour__cle"
    )


def personnes_a_prevenir(brouillon: BrouillonDeReponse) -> list[Utilisateur]:
    """Qui a commencé la réponse ;
    si cette personne est partie, ses collègues confirmés prennent la suite.
    """
    en_cours = Membre.objects.filter(etablissement=brouillon.etablissement_id, jusqu_au=None)
    if en_cours.filter(utilisateur=brouillon.commence_par_id).exists():
        return [brouillon.commence_par]
    return collegues_a_prevenir(brouillon.etablissement)


def jeton_de_reponse(brouillon: BrouillonDeReponse, utilisateur: Utilisateur) -> str:
    """Le jeton d'une personne pour une réponse : il ne vaut que pour elle et que pour celle-ci."""
    contenu = {"r": brouillon.reference, "u": utilisateur.reference, "s": brouillon.sel_du_jeton}
    return signing.Signer(salt=SEL).sign_object(contenu)


def porteur_du_jeton(jeton: str) -> Porteur | None:
    """La personne et la réponse que ce jeton désigne, s'il vaut encore."""
    try:
        contenu = signing.Signer(salt=SEL).unsign_object(jeton)
    except (signing.BadSignature, ValueError):
        return None
    if not isinstance(contenu, dict) or set(contenu) != {"r", "u", "s"}:
        return None
    utilisateur = Utilisateur.objects.filter(reference=contenu["u"], est_actif=True).first()
    if utilisateur is None:
        return None
    brouillon = (
        reponses_de(utilisateur).filter(reference=contenu["r"], sel_du_jeton=contenu["s"]).first()
    )
    return Porteur(utilisateur, brouillon) if brouillon else None

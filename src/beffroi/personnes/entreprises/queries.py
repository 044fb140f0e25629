"""Pour quelle entreprise une personne agit."""

from django.db.models import QuerySet
from django.http import HttpRequest

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises.errors import SansEntreprise
from beffroi.personnes.entreprises.models import Etablissement, Membre
from beffroi.socle.fondations.erreurs import Introuvable

CLE_DE_SESSION = "etablissement"
COLLEGUES_PREVENUS = 20


def membres_de(utilisateur: Utilisateur) -> QuerySet[Membre]:
    """Les établissements pour lesquels la personne agit, confirmée ou non."""
    return (
        Membre.objects.filter(utilisateur=utilisateur, jusqu_au=None)
        .select_related("etablissement__entreprise", "utilisateur")
        .order_by("depuis_le", "pk")
    )


def membre_courant(request: HttpRequest) -> Membre:
    """L'appartenance choisie pour cette séance, ou la première.

    Un jeton d'API n'a pas de séance.
    """
    membres = list(membres_de(request.user))  # type: ignore[arg-type]
    if not membres:
        raise SansEntreprise()
    choisi = request.session.get(CLE_DE_SESSION) if hasattr(request, "session") else None
    return next((membre for membre in membres if membre.reference == choisi), membres[0])


def etablissement_courant(request: HttpRequest) -> Etablissement:
    """L'établissement au nom duquel la personne agit en ce moment."""
    return membre_courant(request).etablissement


def membre_pour(utilisateur: Utilisateur, reference: str) -> Membre:
    """Une de ses propres appartenances ; toute autre est introuvable."""
    membre = membres_de(utilisateur).filter(reference=reference).first()
    if membre is None:
        raise Introuvable()
    return membre


def collegues_de(membre: Membre) -> QuerySet[Membre]:
    """Les autres personnes du même établissement, les confirmées d'abord."""
    return (
        Membre.objects.filter(etablissement=membre.etablissement_id, jusqu_au=None)
        .exclude(pk=membre.pk)
        .select_related("utilisateur", "etablissement__entreprise")
        .order_by("-confirme_le", "utilisateur__nom")
    )


def collegue_pour(utilisateur: Utilisateur, reference: str) -> tuple[Membre, Membre]:
    """(soi, le collègue) d'un même établissement où l'on est confirmé ;
    tout autre est introuvable.
    """
    for membre in membres_de(utilisateur).exclude(confirme_le=None):
        collegue = collegues_de(membre).filter(reference=reference).first()
        if collegue:
            return membre, collegue
    raise Introuvable()


def partage_les_reponses(utilisateur: Utilisateur, etablissement: Etablissement) -> bool:
    """La personne est confirmée dans l'établissement : elle voit les réponses de ses collègues."""
    membres = Membre.objects.filter(
        utilisateur=utilisateur, etablissement=etablissement, jusqu_au=None
    )
    return membres.exclude(confirme_le=None).exists()


def est_la_derniere(membre: Membre) -> bool:
    """Aucune autre personne confirmée ne reste dans l'établissement."""
    return (
        membre.confirme_le is not None
        and not collegues_de(membre).exclude(confirme_le=None).exists()
    )


def membres_confirmes(etablissement: Etablissement) -> QuerySet[Membre]:
    """Les personnes que des collègues ont reconnues, la plus ancienne d'abord."""
    membres = Membre.objects.filter(etablissement=etablissement, jusqu_au=None).exclude(
        confirme_le=None
    )
    return membres.select_related("utilisateur").order_by("pk")


def collegues_a_prevenir(etablissement: Etablissement) -> list[Utilisateur]:
    """Qui prévenir quand la personne attendue n'est plus là ;
    peu, même si l'établissement est grand.
    """
    return [membre.utilisateur for membre in membres_confirmes(etablissement)[:COLLEGUES_PREVENUS]]

"""Pour quelle équipe une personne agit, et avec qui."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.fields.reverse_related import ManyToOneRel
from django.db.models.lookups import IsNull
from django.http import HttpRequest

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.queries import comptes_sans_preuve
from beffroi.personnes.entreprises.errors import SansEntreprise
from beffroi.personnes.entreprises.models import (
    DemandeDeRejoindre,
    Equipe,
    FondationsDUnReseau,
    Membre,
)
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete
from beffroi.socle.guichet.lecture import lu_une_fois

CLE_DE_SESSION = "equipe"
COLLEGUES_PREVENUS = 20


@lu_une_fois
@prete
def membres_de(utilisateur: Utilisateur) -> QuerySet[Membre]:
    """Les équipes dont la personne est, celle où elle a été reconnue en dernier d'abord.

    Avant d'être reconnue, elle avait fondé la sienne, pour le même établissement : c'est avec
    ses collègues qu'elle agit désormais, sauf à choisir l'autre.
    """
    return (
        Membre.objects.filter(utilisateur=utilisateur, jusqu_au=None)
        .select_related("equipe", "utilisateur", "reconnu_par")
        .order_by(IsNull(F("reconnu_par"), True), "depuis_le", "pk")
    )


@lu_une_fois
def appartenances(utilisateur: Utilisateur) -> list[Membre]:
    return list(membres_de(utilisateur))


def equipes_de(utilisateur: Utilisateur) -> QuerySet[Equipe]:
    """Les équipes dont elle est, et celles qu'on leur a réunies : tout ce sur quoi elle agit.

    Aucun autre chemin ne mène à ce qu'une équipe possède.
    """
    siennes = Membre.objects.filter(utilisateur=utilisateur, jusqu_au=None).values("equipe")
    return Equipe.objects.filter(Q(pk__in=siennes) | Q(reunie_a__in=siennes))


def est_de(utilisateur: Utilisateur, equipe: Equipe) -> bool:
    """La personne est de cette équipe : elle voit ses réponses, ses messages et ses pièces."""
    return agit_pour(utilisateur, equipe.pk)


def agit_pour(utilisateur: Utilisateur, equipe: int) -> bool:
    """Cette équipe est de `equipes_de` : le même jugement, que chaque partie envoyée demande."""
    return _ou_elle_agit(utilisateur, equipe).exists()


@prete
def _ou_elle_agit(utilisateur: Utilisateur, equipe: int) -> QuerySet[Membre]:
    siennes = Membre.objects.filter(utilisateur=utilisateur, jusqu_au=None)
    return siennes.filter(Q(equipe=equipe) | Q(equipe__reunies=equipe))


def membre_courant(request: HttpRequest) -> Membre:
    """L'appartenance choisie pour cette séance, ou la première.

    Un jeton d'API n'a pas de séance.
    """
    membres = appartenances(request.user)  # type: ignore[arg-type]
    if not membres:
        raise SansEntreprise()
    choisi = request.session.get(CLE_DE_SESSION) if hasattr(request, "session") else None
    return next((membre for membre in membres if membre.reference == choisi), membres[0])


def equipe_courante(request: HttpRequest) -> Equipe:
    """L'équipe au nom de laquelle la personne agit en ce moment."""
    return membre_courant(request).equipe


def membre_pour(utilisateur: Utilisateur, reference: str) -> Membre:
    """Une de ses propres appartenances ; toute autre est introuvable."""
    membre = membres_de(utilisateur).filter(reference=reference).first()
    if membre is None:
        raise Introuvable()
    return membre


def collegues_de(membre: Membre) -> QuerySet[Membre]:
    """Les autres personnes de la même équipe."""
    return (
        Membre.objects.filter(equipe=membre.equipe_id, jusqu_au=None)
        .exclude(pk=membre.pk)
        .select_related("utilisateur", "equipe")
        .order_by("utilisateur__nom", "pk")
    )


def collegue_pour(utilisateur: Utilisateur, reference: str) -> tuple[Membre, Membre]:
    """(soi, le collègue) d'une même équipe ; tout autre est introuvable."""
    for membre in membres_de(utilisateur):
        collegue = collegues_de(membre).filter(reference=reference).first()
        if collegue:
            return membre, collegue
    raise Introuvable()


def demandes_a(*equipes: Equipe) -> QuerySet[DemandeDeRejoindre]:
    """Qui attend d'être reconnu par ces équipes, et si personne n'a prouvé son adresse
    (`sans_preuve`).
    """
    return (
        DemandeDeRejoindre.objects.filter(equipe__in=equipes, utilisateur__est_actif=True)
        .select_related("utilisateur", "equipe")
        .annotate(sans_preuve=Q(utilisateur__in=comptes_sans_preuve()))
    )


def demande_pour(utilisateur: Utilisateur, reference: str) -> tuple[Membre, DemandeDeRejoindre]:
    """(soi, la demande) reçue par une équipe dont on est ; toute autre est introuvable."""
    siens = {membre.equipe: membre for membre in membres_de(utilisateur)}
    demande = demandes_a(*siens).filter(reference=reference).first()
    if demande is None:
        raise Introuvable()
    return siens[demande.equipe], demande


def demandes_de(utilisateur: Utilisateur) -> QuerySet[DemandeDeRejoindre]:
    """Les équipes dont la personne attend la réponse."""
    return DemandeDeRejoindre.objects.filter(utilisateur=utilisateur).select_related("equipe")


def est_la_derniere(membre: Membre) -> bool:
    """Aucune autre personne ne reste dans l'équipe."""
    return not collegues_de(membre).exists()


def personnes_de(equipe: Equipe) -> QuerySet[Membre]:
    """Les personnes de l'équipe, ou de celle qui l'a réunie, la plus ancienne d'abord."""
    membres = Membre.objects.filter(Q(equipe=equipe) | Q(equipe=equipe.reunie_a_id), jusqu_au=None)
    return membres.select_related("utilisateur").order_by("pk")


def collegues_a_prevenir(equipe: Equipe) -> list[Utilisateur]:
    """Qui prévenir quand la personne attendue n'est plus là ;
    peu, même si l'équipe est grande.
    """
    return [membre.utilisateur for membre in personnes_de(equipe)[:COLLEGUES_PREVENUS]]


def anciens_a_prevenir(equipe: Equipe) -> list[Utilisateur]:
    """Qui a été de l'équipe et a encore un compte : la plus récemment partie d'abord."""
    partis = Membre.objects.filter(
        equipe=equipe, jusqu_au__isnull=False, utilisateur__est_actif=True
    ).select_related("utilisateur")
    anciens = partis.order_by("-jusqu_au", "-pk")[:COLLEGUES_PREVENUS]
    return list(dict.fromkeys(membre.utilisateur for membre in anciens))


def fondees_par(utilisateur: Utilisateur, *, depuis: datetime) -> int:
    """Combien d'équipes la personne a fondées depuis cet instant."""
    siennes = Membre.objects.filter(utilisateur=utilisateur, reconnu_par=None)
    return siennes.filter(depuis_le__gte=depuis).count()


def fondees_du_reseau(empreinte: str, jour: str) -> int:
    """Combien se sont fondées ce jour-là depuis ce réseau ; zéro s'il n'est pas connu."""
    comptees = FondationsDUnReseau.objects.filter(empreinte=empreinte, jour=jour).first()
    return comptees.nombre if comptees else 0


def equipes_deja_la(equipe: Equipe) -> QuerySet[Equipe]:
    """Celles qui disaient déjà cet établissement, et où quelqu'un est encore.

    Une plus récente ne s'y compte pas : personne n'est invité à rejoindre qui vient d'arriver.
    """
    habitee = Membre.objects.filter(equipe=OuterRef("pk"), jusqu_au=None)
    memes = Equipe.objects.filter(
        nature=equipe.nature, pays=equipe.pays, identifiant=equipe.identifiant, reunie_a=None
    )
    return memes.filter(Exists(habitee), pk__lt=equipe.pk).order_by("pk")


def est_vierge(equipe: Equipe) -> bool:
    """Rien n'a été fait au nom de cette équipe : aucune ligne, nulle part, ne la nomme."""
    siennes = {Membre, DemandeDeRejoindre}
    # Même celles qu'un contexte garde pour lui (`related_name="+"`).
    relations = (
        champ
        for champ in Equipe._meta.get_fields(include_hidden=True)
        if isinstance(champ, ManyToOneRel) and champ.related_model not in siennes
    )
    return not any(
        relation.related_model._base_manager.filter(**{relation.field.name: equipe}).exists()
        for relation in relations
    )

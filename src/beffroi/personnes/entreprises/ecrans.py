"""Ce que la page « Mon entreprise » montre, et ce qu'elle dit avant chaque acte."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.entreprises import queries, sirene
from beffroi.personnes.entreprises.models import DemandeDeRejoindre, InvitationEnAttente, Membre
from beffroi.personnes.entreprises.ports import Etablissement
from beffroi.socle.guichet.confirmation import Confirmation


def a_reunir(courant: Membre, membres: Sequence[Membre]) -> Membre | None:
    """L'équipe d'avant, où la personne a agi seule pour le même établissement."""
    return next(
        (
            membre
            for membre in membres
            if membre != courant
            and courant.reconnu_par_id
            and membre.equipe.identifiant == courant.equipe.identifiant
            and membre.equipe.pays == courant.equipe.pays
            and not membre.equipe.membres.exclude(pk=membre.pk).exists()
        ),
        None,
    )


def voisines(courant: Membre) -> tuple[int, int]:
    """Combien d'équipes disaient déjà cet établissement, et combien attendent de répondre."""
    autres = queries.equipes_deja_la(courant.equipe)
    attendues = queries.demandes_de(courant.utilisateur).filter(equipe__in=autres)
    combien = autres.count()
    return combien, attendues.count() if combien else 0


def avant_d_ecarter(demande: DemandeDeRejoindre) -> Confirmation:
    return Confirmation(
        f"Ne pas reconnaître {demande.utilisateur.nom} ?",
        (
            "Cette personne garde sa propre équipe, à côté de la vôtre. Elle ne voit rien de ce "
            "que vous préparez ni de ce que vous déposez, et n'y change rien.",
        ),
        "Elle pourra le redemander demain.",
        "Ne pas la reconnaître",
        reverse("entreprises:entreprise"),
        "Revenir",
    )


def avant_de_reunir(seule: Membre, avec: Membre) -> Confirmation:
    collegues = ", ".join(membre.utilisateur.nom for membre in queries.collegues_de(avec))
    return Confirmation(
        "Partager ce que vous avez fait avant ?",
        (
            f"{collegues} verront vos réponses et vos récépissés d'avant, et pourront les "
            "remplacer ou les retirer, comme les leurs.",
        ),
        "Cela ne se défait pas.",
        "Partager avec mon équipe",
        reverse("entreprises:entreprise"),
        "Les garder pour moi",
    )


def avant_d_annuler(invitation: InvitationEnAttente) -> Confirmation:
    return Confirmation(
        f"Annuler l'invitation de {invitation.courriel} ?",
        ("Le lien qui lui a été envoyé n'ouvrira plus rien.",),
        "Vous pourrez l'inviter de nouveau : un autre lien partira.",
        "Annuler cette invitation",
        reverse("entreprises:entreprise"),
        "La garder",
    )


@dataclass(frozen=True)
class Freres:
    """Les autres établissements de son entreprise, à ajouter d'un geste.

    `siren` : celui qu'on peut chercher ; vide si Sirene n'est pas reliée. `phrase` : pourquoi
    rien n'est proposé.
    """

    siren: str = ""
    cherches: bool = False
    trouves: Sequence[Etablissement] = ()
    phrase: str = ""


def freres(utilisateur: Utilisateur, demande: str) -> Freres:
    """Rien ne part vers Sirene tant que la personne ne le demande pas."""
    siennes = list(queries.equipes_de(utilisateur).filter(nature="francaise").order_by("pk"))
    sirens = [equipe.numero_d_entreprise for equipe in siennes]
    if not sirens or not sirene.est_relie():
        return Freres()
    if demande not in sirens:
        return Freres(sirens[-1])
    lue = sirene.freres(demande)
    deja = {equipe.identifiant for equipe in siennes}
    return Freres(
        demande, True, tuple(un for un in lue.trouves if un.siret not in deja), lue.phrase
    )

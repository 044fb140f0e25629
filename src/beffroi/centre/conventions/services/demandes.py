"""Demander à adhérer en ligne :
une adresse qui se confirme, puis une demande au centre de gestion.
"""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.adherents.services import Identite, creer_adherent
from beffroi.centre.conventions import courriels, queries
from beffroi.centre.conventions.models import Convention, DemandeDAdhesion
from beffroi.centre.conventions.rules import demande as regles
from beffroi.centre.conventions.services.cycle import Interlocuteur, ouvrir
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur


@dataclass(frozen=True)
class Saisie:
    """Ce que la collectivité écrit."""

    siren: str
    nom: str
    nature: str
    interlocuteur: str
    qualite: str
    courriel: str
    telephone: str = ""
    volume_estime: int | None = None


@transaction.atomic
def demander(saisie: Saisie, *, maintenant: datetime) -> DemandeDAdhesion:
    """Premier temps : un courriel de confirmation part.

    La même demande, refaite, remplace la première.
    """
    exiger(regles.siren_juste(saisie.siren))
    if saisie.volume_estime is not None:
        exiger(regles.volume_plausible(saisie.volume_estime))
    exiger(
        regles.peut_demander(
            en_attente=queries.demandes_en_attente(sauf=saisie.siren),
            convention=queries.ou_en_est(saisie.siren),
        )
    )
    champs = {
        nom: valeur.strip() if isinstance(valeur, str) else valeur
        for nom, valeur in asdict(saisie).items()
    }
    champs["courriel"] = saisie.courriel.strip().lower()
    demande, _ = DemandeDAdhesion.objects.update_or_create(
        siren=champs["siren"],
        courriel=champs["courriel"],
        confirmee_le=None,
        defaults={**champs, "demandee_le": maintenant},
    )
    if regles.peut_ecrire(
        ecrits=queries.courriels_de_confirmation(demande.courriel), maintenant=maintenant
    ):
        courriels.confirmer_la_demande(demande, maintenant=maintenant)
    return demande


@transaction.atomic
def confirmer(*, demande: DemandeDAdhesion, maintenant: datetime) -> Convention:
    """Second temps : l'adhérent entre à l'annuaire s'il n'y était pas, et sa convention commence.

    Une fois pour toutes.
    """
    demande = verrouiller(demande)
    if demande.confirmee_le is not None and demande.convention is not None:
        return demande.convention
    par = Acteur(reference=demande.reference, libelle=demande.interlocuteur)
    adherent = Adherent.objects.filter(siren=demande.siren).first() or _inscrire(
        demande, par=par, maintenant=maintenant
    )
    exiger(regles.peut_demander(en_attente=0, convention=queries.ou_en_est(demande.siren)))
    convention = ouvrir(
        adherent=adherent,
        interlocuteur=Interlocuteur(demande.interlocuteur, demande.qualite, demande.courriel),
        volume_estime=demande.volume_estime,
        origine=Convention.Origine.EN_LIGNE,
        par=par,
        maintenant=maintenant,
    )
    demande.confirmee_le, demande.convention = maintenant, convention
    demande.save(update_fields=["confirmee_le", "convention"])
    courriels.demande_recue(demande, maintenant=maintenant)
    return convention


def _inscrire(demande: DemandeDAdhesion, *, par: Acteur, maintenant: datetime) -> Adherent:
    identite = Identite(
        siren=demande.siren,
        nom=demande.nom,
        nature=demande.nature,
        courriel=demande.courriel,
        telephone=demande.telephone[:20],
    )
    return creer_adherent(identite=identite, par=par, maintenant=maintenant)


@transaction.atomic
def effacer_les_demandes(*, le: datetime) -> int:
    """Ce que personne n'a confirmé s'efface ; une demande confirmée vit dans la convention."""
    effacees, _ = DemandeDAdhesion.objects.filter(
        confirmee_le=None, demandee_le__lte=le - regles.VIE_D_UNE_DEMANDE
    ).delete()
    return effacees

"""Noter le titre que le logiciel financier a émis pour un appel, et l'annuler s'il l'est là-bas."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from beffroi.centre.contributions.models import Contribution
from beffroi.centre.recettes.models import TitreDeRecette
from beffroi.centre.recettes.rules import recevabilite
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrou_nomme, verrouiller
from beffroi.socle.journal.services import journaliser
from formats.dates import PARIS

# Deux notes du même encaissement : la seconde attend la première, et lit pourquoi.
VERROU_DES_RECETTES = 0x52454345  # « RECE »
RIEN = Decimal(0)


@dataclass(frozen=True)
class Note:
    """Un titre tel qu'on le note : l'exercice comptable, son numéro, sa date, ce qu'il demande."""

    exercice: int
    numero: int
    emis_le: date
    montant: Decimal


@transaction.atomic
def noter_un_titre(
    *, contribution: Contribution, note: Note, par: Utilisateur, maintenant: datetime
) -> TitreDeRecette:
    """Un appel émis a un titre en cours au plus, et un numéro ne sert qu'une fois par exercice."""
    verrou_nomme(VERROU_DES_RECETTES)
    contribution = verrouiller(contribution, avec=("exercice",))
    if contribution.emise_le is None:
        raise ConflitEtat("Cet appel n'est pas émis : aucun titre ne le suit encore.")
    connu = TitreDeRecette.objects.filter(exercice=note.exercice, numero=note.numero).first()
    if connu:
        raise RegleEnfreinte(
            f"Le titre {connu} est déjà noté. Vérifiez son numéro et son exercice."
        )
    exiger(
        recevabilite.peut_noter_un_titre(
            exercice=note.exercice,
            emis_le=note.emis_le,
            montant=note.montant,
            appele=contribution.montant or RIEN,
            deja_titree=str(contribution.titres.filter(annule_le=None).first() or ""),
            aujourd_hui=maintenant.astimezone(PARIS).date(),
        )
    )
    titre = TitreDeRecette.objects.create(
        contribution=contribution, **vars(note), note_par=par, note_le=maintenant
    )
    _journaliser(
        "recettes.noter_un_titre", titre, par=par, le=maintenant, montant=f"{titre.montant:.2f}"
    )
    return titre


@transaction.atomic
def annuler_un_titre(
    *, titre: TitreDeRecette, le: date, motif: str, par: Utilisateur, maintenant: datetime
) -> TitreDeRecette:
    """Le logiciel financier l'a annulé.

    Ses paiements se contre-passent d'abord : rien ne reste payé sur un titre annulé.
    """
    verrou_nomme(VERROU_DES_RECETTES)
    titre = verrouiller(titre, avec=("contribution",))
    if titre.annule_le:
        raise ConflitEtat(f"Le titre {titre} est déjà annulé, le {titre.annule_le:%d/%m/%Y}.")
    if titre.paiements.filter(contrepasse_le=None).exists():
        raise RegleEnfreinte(f"Le titre {titre} a des paiements. Contre-passez-les d'abord.")
    if not titre.emis_le <= le <= maintenant.astimezone(PARIS).date():
        raise RegleEnfreinte(
            "Un titre s'annule entre le jour de son émission et aujourd'hui. Vérifiez cette date."
        )
    titre.annule_le, titre.annule_par, titre.motif_d_annulation = le, par, motif.strip()
    titre.save(update_fields=["annule_le", "annule_par", "motif_d_annulation"])
    _journaliser(
        "recettes.annuler_un_titre", titre, par=par, le=maintenant, motif=titre.motif_d_annulation
    )
    return titre


def inscrire_en_nombre(titres: Sequence[TitreDeRecette]) -> None:
    """Les titres d'un fichier relu ; l'appelant tient le verrou, la transaction, et journalise."""
    TitreDeRecette.objects.bulk_create(titres, batch_size=500)


def _journaliser(
    acte: str, titre: TitreDeRecette, *, par: Utilisateur, le: datetime, **donnees: str
) -> None:
    contribution = titre.contribution
    journaliser(
        acte,
        sujet=contribution.reference,
        organisme=contribution.siret,
        par=par.acteur,
        le=le,
        donnees={"titre": str(titre), **donnees},
    )

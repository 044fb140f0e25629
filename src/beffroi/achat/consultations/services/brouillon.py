"""Le brouillon : le créer, le décrire, ses lots,
ses pièces attendues, les personnes qui ouvriront.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations.models import Consultation, Lot, MembreQuiOuvre, PieceAttendue
from beffroi.achat.consultations.pieces_par_defaut import PIECES_PAR_DEFAUT
from beffroi.achat.consultations.rules import publication as rules
from beffroi.achat.consultations.rules.fiche import Fiche
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.socle.fondations.erreurs import RegleEnfreinte, exiger
from beffroi.socle.fondations.services import numero_suivant
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser
from formats.dates import PARIS


@transaction.atomic
def creer_consultation(
    *,
    organisme: Organisme,
    redigee_par: Utilisateur,
    fiche: Fiche,
    pieces_usuelles: bool = False,
    maintenant: datetime,
) -> Consultation:
    """Ouvre un brouillon,
    au besoin avec les pièces attendues d'ordinaire pour cette nature d'achat.
    """
    if not organisme.peut_creer_des_consultations:
        pourquoi = f"{organisme.motif_de_suspension} " if organisme.motif_de_suspension else ""
        raise RegleEnfreinte(
            f"{pourquoi}Votre organisme ne peut plus créer de consultation. Une question ? "
            "Appelez l'assistance."
        )
    annee = maintenant.astimezone(PARIS).year
    consultation = Consultation.toutes.create(
        reference=f"{annee}-{numero_suivant(f'C-{annee}'):04d}",
        organisme=organisme,
        redigee_par=redigee_par,
        creee_le=maintenant,
        **asdict(fiche),
    )
    usuelles = PIECES_PAR_DEFAUT[fiche.nature] if pieces_usuelles else ()
    for rang, (enveloppe, intitule, formats) in enumerate(usuelles):
        PieceAttendue.objects.create(
            consultation=consultation,
            enveloppe=enveloppe,
            intitule=intitule,
            formats=formats,
            rang=rang,
        )
    journaliser(
        "consultation.creer",
        sujet=consultation.reference,
        organisme=organisme.siret,
        par=redigee_par.acteur,
        le=maintenant,
        donnees={"titre": fiche.titre, "nature": fiche.nature},
    )
    return consultation


def brouillon_verrouille(consultation: Consultation) -> Consultation:
    """La consultation relue sous verrou, si elle est encore un brouillon."""
    consultation = verrouiller(consultation)
    exiger(rules.peut_etre_modifiee(etat=consultation.etat))
    return consultation


@transaction.atomic
def modifier_brouillon(
    *, consultation: Consultation, fiche: Fiche, par: Acteur, maintenant: datetime
) -> Consultation:
    """Remplace la description d'un brouillon."""
    consultation = brouillon_verrouille(consultation)
    decrire(consultation, **asdict(fiche))
    _journaliser(consultation, "consultation.modifier_le_brouillon", par=par, maintenant=maintenant)
    return consultation


def decrire(consultation: Consultation, **champs: object) -> None:
    """Écrit ces champs d'un brouillon déjà verrouillé ; l'acte qui l'appelle tient le journal."""
    procedure = champs.get("type_de_procedure", consultation.type_de_procedure)
    if consultation.est_reservee and procedure != consultation.type_de_procedure:
        raise RegleEnfreinte(
            "Cette consultation est réservée aux titulaires d'un accord-cadre : elle le reste."
        )
    for champ, valeur in champs.items():
        setattr(consultation, champ, valeur)
    consultation.save(update_fields=[*champs])


def poser_les_lots(consultation: Consultation, lots: Sequence[tuple[str, str]]) -> list[Lot]:
    """Les lots d'un brouillon déjà verrouillé, (intitulé, code CPV), numérotés dans l'ordre."""
    _retirer_les_lots_au_dela(consultation, len(lots))
    return [
        Lot.objects.update_or_create(
            consultation=consultation,
            numero=numero,
            defaults={"intitule": intitule, "code_cpv": code_cpv},
        )[0]
        for numero, (intitule, code_cpv) in enumerate(lots, start=1)
    ]


@transaction.atomic
def definir_les_lots(
    *, consultation: Consultation, intitules: Sequence[str], par: Acteur, maintenant: datetime
) -> list[Lot]:
    """Fixe les lots, numérotés dans l'ordre donné ;
    une liste vide dit « sans lot » (CCP, art. L. 2113-10).
    """
    consultation = brouillon_verrouille(consultation)
    retenus = [intitule.strip() for intitule in intitules if intitule.strip()]
    lots = poser_les_lots(consultation, [(intitule, "") for intitule in retenus])
    _journaliser(
        consultation,
        "consultation.definir_les_lots",
        par=par,
        maintenant=maintenant,
        donnees={"lots": retenus},
    )
    return lots


def _retirer_les_lots_au_dela(consultation: Consultation, nombre: int) -> None:
    PieceAttendue.objects.filter(consultation=consultation, lot__numero__gt=nombre).delete()
    Lot.objects.filter(consultation=consultation, numero__gt=nombre).delete()


@transaction.atomic
def attendre_piece(
    *,
    consultation: Consultation,
    enveloppe: str,
    intitule: str,
    lot: Lot | None = None,
    formats: str = "",
    par: Acteur,
    maintenant: datetime,
) -> PieceAttendue:
    """Ajoute une pièce à la liste de ce que la réponse doit contenir."""
    consultation = brouillon_verrouille(consultation)
    if enveloppe == PieceAttendue.Enveloppe.CANDIDATURE and lot is not None:
        raise RegleEnfreinte("Une pièce de candidature vaut pour tous les lots.")
    piece = PieceAttendue.objects.create(
        consultation=consultation,
        enveloppe=enveloppe,
        intitule=intitule.strip(),
        lot=lot,
        formats=formats,
        rang=consultation.pieces_attendues.count(),
    )
    _journaliser(
        consultation,
        "consultation.attendre_piece",
        par=par,
        maintenant=maintenant,
        donnees={"piece": piece.intitule},
    )
    return piece


@transaction.atomic
def ne_plus_attendre_piece(*, piece: PieceAttendue, par: Acteur, maintenant: datetime) -> None:
    """Retire une pièce de la liste, tant que la consultation est un brouillon."""
    consultation = brouillon_verrouille(piece.consultation)
    PieceAttendue.objects.filter(pk=piece.pk).delete()
    _journaliser(
        consultation,
        "consultation.ne_plus_attendre_piece",
        par=par,
        maintenant=maintenant,
        donnees={"piece": piece.intitule},
    )


@transaction.atomic
def designer_membre(
    *, consultation: Consultation, utilisateur: Utilisateur, par: Acteur, maintenant: datetime
) -> MembreQuiOuvre:
    """Désigne une personne pour ouvrir : elle a le rôle « membre qui ouvre » dans l'organisme."""
    consultation = brouillon_verrouille(consultation)
    habilitation = habilitation_dans(utilisateur, consultation.organisme, maintenant)
    if Habilitation.Role.OUVREUR not in habilitation.roles:
        raise RegleEnfreinte(
            f"{utilisateur} n'a pas le rôle « membre qui ouvre ». Donnez-le-lui d'abord."
        )
    membre, nouveau = MembreQuiOuvre.objects.get_or_create(
        consultation=consultation, utilisateur=utilisateur, defaults={"designe_le": maintenant}
    )
    if nouveau:
        _journaliser(
            consultation,
            "consultation.designer_membre",
            par=par,
            maintenant=maintenant,
            donnees={"personne": utilisateur.reference, "nom": utilisateur.nom},
        )
    return membre


@transaction.atomic
def retirer_membre(*, membre: MembreQuiOuvre, par: Acteur, maintenant: datetime) -> None:
    """Retire une personne de celles qui ouvriront, tant que la consultation est un brouillon."""
    consultation = brouillon_verrouille(membre.consultation)
    MembreQuiOuvre.objects.filter(pk=membre.pk).delete()
    _journaliser(
        consultation,
        "consultation.retirer_membre",
        par=par,
        maintenant=maintenant,
        donnees={"personne": membre.utilisateur.reference},
    )


def _journaliser(
    consultation: Consultation,
    acte: str,
    *,
    par: Acteur,
    maintenant: datetime,
    donnees: dict[str, object] | None = None,
) -> None:
    journaliser(
        acte,
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par,
        le=maintenant,
        donnees=donnees or {},
    )

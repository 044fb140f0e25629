"""Lire l'annuaire : un adhérent, ses effectifs, l'effectif retenu pour une année."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Case, F, Q, QuerySet, When

from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.queries import NON_PUBLIEES
from beffroi.centre.adherents import rules
from beffroi.centre.adherents.familles import Annuaire, Declarations, Fiche
from beffroi.centre.adherents.models import (
    Adherent,
    Contact,
    Effectif,
    ImportDAdherents,
    ImportDEffectifs,
    NoteDAppel,
    RegardSurLesAchats,
)
from beffroi.centre.adherents.rules import Declaration, EffectifRetenu
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.erreurs import Introuvable, RegleEnfreinte
from beffroi.socle.fondations.requetes import prete
from beffroi.socle.guichet.lecture import lu_une_fois
from droit.decision import Motif

__all__ = ["EffectifRetenu", "adherent_par_siren", "effectif_retenu", "effectifs_retenus"]

DECLARE = ("adherent_id", "annee", "agents", "definition", "sha256", "importe_de_id")
Declare = tuple[int, int, int, str, str, int | None]
# Où un achat n'a plus rien à attendre.
FINIS = (Consultation.Etat.ATTRIBUEE, Consultation.Etat.SANS_SUITE, Consultation.Etat.ARCHIVEE)


def adherent_par_siren(siren: str) -> Adherent:
    """L'adhérent de ce SIREN ; introuvable sinon."""
    adherent = (
        Adherent.objects.filter(siren=siren)
        .select_related("rattache_a", "successeur", "organisme")
        .first()
    )
    if adherent is None:
        raise Introuvable()
    return adherent


def adherent_de(organisme: Organisme) -> Adherent | None:
    """L'adhérent à qui cet organisme a été ouvert ; rien si l'organisme est hors de l'annuaire."""
    return Adherent.objects.filter(organisme=organisme).first()


def autre_adherent(siren: str) -> Adherent:
    """L'adhérent qu'un formulaire désigne ; le refus dit quoi faire."""
    autre = Adherent.objects.filter(siren=siren).first()
    if autre is None:
        raise RegleEnfreinte("Aucun adhérent de l'annuaire n'a ce SIREN. Inscrivez-le d'abord.")
    return autre


def adherent_a_l_annuaire(organisme: Organisme) -> Adherent:
    """L'adhérent de cet organisme ; introuvable si l'annuaire ne le connaît pas."""
    adherent = adherent_de(organisme)
    if adherent is None:
        raise Introuvable()
    return adherent


def contact_pour(adherent: Adherent, reference: str) -> Contact:
    """Un contact de cet adhérent ; celui d'un autre est introuvable."""
    contact = (
        Contact.objects.filter(adherent=adherent, reference=reference)
        .select_related("adherent")
        .first()
    )
    if contact is None:
        raise Introuvable()
    return contact


def import_pour(reference: str) -> ImportDAdherents:
    """Un tableau déposé, par sa référence."""
    depose = (
        ImportDAdherents.objects.filter(reference=reference).select_related("depose_par").first()
    )
    if depose is None:
        raise Introuvable()
    return depose


def derniers_imports() -> QuerySet[ImportDAdherents]:
    """Les derniers tableaux déposés, le plus récent d'abord."""
    return ImportDAdherents.objects.select_related("depose_par")[:10]


def import_d_effectifs_pour(reference: str) -> ImportDEffectifs:
    """Un tableur d'effectifs, ou de populations, par sa référence."""
    deposes = ImportDEffectifs.objects.filter(reference=reference).select_related("depose_par")
    depose = deposes.first()
    if depose is None:
        raise Introuvable()
    return depose


def derniers_imports_d_effectifs(sorte: str) -> QuerySet[ImportDEffectifs]:
    """Les derniers tableurs de cette sorte, le plus récent d'abord."""
    return ImportDEffectifs.objects.filter(sorte=sorte).select_related("depose_par")[:10]


def dernier_import_applique(sorte: str) -> ImportDEffectifs | None:
    """Celui qui s'est appliqué le dernier : d'où viennent les nombres qu'on lit."""
    appliques = ImportDEffectifs.objects.filter(sorte=sorte, applique_le__isnull=False)
    return appliques.order_by("-applique_le").first()


def liens_de(adherent: Adherent) -> dict[str, list[Adherent]]:
    """Ceux qui comptent avec lui, ceux dont il a pris la suite : une lecture."""
    lies = list(Adherent.objects.filter(Q(rattache_a=adherent) | Q(successeur=adherent)))
    return {
        "rattaches": [un for un in lies if un.rattache_a_id == adherent.pk],
        "predecesseurs": [un for un in lies if un.successeur_id == adherent.pk],
    }


def achats_en_cours(organisme: Organisme) -> QuerySet[Consultation]:
    """Du brouillon à l'attribution : ce qui est publié d'abord, puis l'heure limite la plus proche.

    La consultation de la sonde n'est pas un achat.
    """
    siennes = Consultation.toutes.filter(organisme=organisme, technique=False, effacee_le=None)
    paru = Case(When(etat__in=NON_PUBLIEES, then=1), default=0)
    limite = F("date_limite_remise").asc(nulls_last=True)
    return siennes.exclude(etat__in=FINIS).order_by(paru, limite, "-pk")


def notes_lisibles(adherent: Adherent) -> QuerySet[NoteDAppel]:
    """Ce que le centre a retenu de ses appels, le dernier d'abord."""
    return NoteDAppel.objects.filter(adherent=adherent, effacee_le=None).select_related(
        "ecrite_par"
    )


def notes_a_effacer(le: datetime) -> QuerySet[NoteDAppel]:
    return NoteDAppel.objects.filter(effacee_le=None, ecrite_le__lte=rules.note_a_effacer_avant(le))


def regards_chez(organisme: Organisme) -> QuerySet[RegardSurLesAchats]:
    """Qui, au centre, a lu où en sont ses achats, et quel jour ; le dernier d'abord."""
    return RegardSurLesAchats.objects.filter(adherent__organisme=organisme).select_related("par")


def annuaire_tenu() -> bool:
    """L'annuaire a au moins un adhérent."""
    return Adherent.objects.exists()


def effectifs_declares(adherent: Adherent) -> QuerySet[Effectif]:
    """Toutes les déclarations, celles qu'on a corrigées comprises, la plus récente d'abord."""
    return Effectif.objects.filter(adherent=adherent).select_related("declare_par", "importe_de")


def en_cours() -> QuerySet[Effectif]:
    """Les effectifs que rien n'a remplacés."""
    return Effectif.objects.filter(remplace_le=None)


def effectif_en_cours(adherent: Adherent, annee: int) -> Effectif | None:
    return en_cours().filter(adherent=adherent, annee=annee).first()


def signataires(adherent: Adherent, le: date) -> list[Contact]:
    """Qui peut signer pour l'adhérent ce jour-là :
    ses signataires, et les délégations qui courent.
    """
    pouvoirs = Contact.objects.filter(adherent=adherent).exclude(sorte=Contact.Sorte.CONTACT)
    return [
        contact
        for contact in pouvoirs
        if (contact.depuis_le is None or contact.depuis_le <= le)
        and (contact.jusqu_au is None or le <= contact.jusqu_au)
    ]


def successions() -> dict[int, int]:
    """Pour chaque adhérent repris, qui le reprend."""
    return dict(Adherent.objects.exclude(successeur=None).values_list("pk", "successeur_id"))


def effectif_retenu(adherent: Adherent, annee: int) -> EffectifRetenu:
    """L'effectif qui donne la catégorie de cet adhérent pour l'année, et d'où il vient."""
    annuaire = _annuaire(annee)
    famille = annuaire.cles_de_la_famille(adherent.pk)
    declarations = _declarations(en_cours().filter(adherent__in=famille), annee)
    return _retenu(annuaire, adherent.pk, declarations)


def effectifs_retenus(
    adherents: Iterable[Adherent], annee: int, *, definition: str = ""
) -> dict[int, EffectifRetenu]:
    """Le même pour beaucoup d'adhérents, par clé : deux lectures, quel que soit leur nombre."""
    annuaire, declarations = _annuaire(annee), _toutes_les_declarations(annee)
    return {
        adherent.pk: _retenu(annuaire, adherent.pk, declarations, definition)
        for adherent in adherents
    }


def familles(adherents: Iterable[int], annee: int) -> dict[int, frozenset[int]]:
    """Pour la clé de chaque adhérent,
    celles de sa famille et de ce qu'elle a repris : une lecture.
    """
    annuaire = _annuaire(annee)
    return {cle: frozenset(annuaire.cles_de_la_famille(cle)) for cle in adherents}


def qui_doit_declarer(adherents: Iterable[Adherent], annee: int) -> QuerySet[Adherent]:
    """Ces adhérents et leur famille,
    moins ceux que l'effectif de cette année établit, et moins ceux qu'on a repris.
    """
    cles = cles_a_declarer(adherents, annee)
    return Adherent.objects.filter(pk__in=cles).select_related("rattache_a", "organisme")


def cles_a_declarer(adherents: Iterable[Adherent], annee: int) -> set[int]:
    annuaire = _annuaire(annee)
    tetes = {annuaire.tete(adherent.pk) for adherent in adherents}
    cles = {cle for tete in tetes for cle in (tete, *annuaire.rattachees(tete))}
    return cles - {cle for cle, an, *_ in _effectifs_declares() if an == annee}


def derniers_connus(annee: int) -> dict[int, tuple[int, int]]:
    """Le dernier effectif connu avant cette année, par adhérent : l'année, les agents."""
    return {cle: (an, agents) for cle, an, agents, *_ in _effectifs_declares() if an < annee}


@lu_une_fois
def _annuaire(annee: int) -> Annuaire:
    return Annuaire({fiche.cle: fiche for fiche in _fiches()}, annee)


@lu_une_fois
def _fiches() -> list[Fiche]:
    return [Fiche(*ligne) for ligne in _lignes_de_l_annuaire()]


@prete
def _lignes_de_l_annuaire() -> QuerySet[Adherent, Any]:
    colonnes = ("pk", "siren", "nom", "rattache_a_id", "successeur_id", "succede_le")
    return Adherent.objects.order_by("nom", "siren").values_list(*colonnes)


@lu_une_fois
def _effectifs_declares() -> list[Declare]:
    """Tous ceux que rien n'a remplacés, l'année la plus ancienne d'abord."""
    return list(_declares())


@prete
def _declares() -> QuerySet[Effectif, Any]:
    return en_cours().order_by("annee").values_list(*DECLARE)


@lu_une_fois
def _toutes_les_declarations(annee: int) -> Declarations:
    return _par_adherent(_effectifs_declares(), annee)


def _declarations(effectifs: QuerySet[Effectif], annee: int) -> Declarations:
    return _par_adherent(effectifs.values_list(*DECLARE), annee)


def _par_adherent(declares: Iterable[Declare], annee: int) -> Declarations:
    par_adherent = defaultdict[int, list[Declaration]](list)
    for cle, an, agents, definition, sha256, importe_de in declares:
        if an <= annee:
            origine = rules.IMPORTE if importe_de else rules.DECLARE if sha256 else rules.SANS_PIECE
            par_adherent[cle].append(Declaration(an, agents, definition, origine))
    return par_adherent


def _retenu(
    annuaire: Annuaire, cle: int, declarations: Declarations, definition: str = ""
) -> EffectifRetenu:
    fiche = annuaire.fiches[cle]
    if fiche.est_repris(annuaire.jour):
        repreneur = annuaire.fiches[annuaire.suite(cle)]
        motif = Motif(f"Repris par {repreneur.nom} : c'est ce successeur qui est appelé.")
        return EffectifRetenu(None, None, (motif,))
    tete = annuaire.tete(cle)
    return rules.retenir(
        annee=annuaire.annee,
        tete=annuaire.partie(tete, declarations),
        rattachees=[
            annuaire.partie(rattachee, declarations) for rattachee in annuaire.rattachees(tete)
        ],
        definition=definition,
    )

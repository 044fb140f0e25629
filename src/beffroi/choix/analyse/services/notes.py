"""Noter, puis retenir :
chaque écriture dit ce qu'elle remplace, et rien ne se perd de ce qui a été noté.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.analyse import conditions
from beffroi.choix.analyse.grille import Case, lire
from beffroi.choix.analyse.models import Evaluateur, GrilleDAnalyse, Note, NoteRetenue, Offre
from beffroi.choix.analyse.services.commun import (
    a_analyser,
    exiger_la_derniere,
    grille_en_vigueur,
    inscrire_au_journal,
)
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import RegleEnfreinte, RoleManquant, exiger
from beffroi.socle.fondations.verrous import verrouiller


@dataclass(frozen=True)
class Saisie:
    """Une case remplie. `vue` : la clé de la note que la personne avait sous les yeux ;
    vide s'il n'y en avait pas.

    Sans commentaire (`None`), celui qui est inscrit reste.
    """

    offre: str
    critere: str
    valeur: Decimal | None
    commentaire: str | None = None
    vue: str = ""

    def dit(self, derniere: Note | None) -> str:
        if self.commentaire is None:
            return derniere.commentaire if derniere else ""
        return self.commentaire.strip()


@dataclass(frozen=True)
class Retenue:
    """La note que la personne responsable retient pour une case."""

    offre: str
    critere: str
    valeur: Decimal
    commentaire: str = ""
    motif: str = ""
    vue: str = ""


@transaction.atomic
def noter(
    *,
    evaluateur: Evaluateur,
    lot: int | None,
    saisies: Sequence[Saisie],
    par: Utilisateur,
    maintenant: datetime,
) -> list[Note]:
    """Inscrit les notes d'un évaluateur : une case ou toute la grille.

    Ce qui n'a pas changé ne s'écrit pas de nouveau.
    """
    consultation = a_analyser(evaluateur.consultation, lot, seul=False)
    evaluateur = verrouiller(evaluateur, avec=("utilisateur",))
    if evaluateur.utilisateur_id != par.pk or not evaluateur.note:
        raise RoleManquant(
            "Seule une personne nommée, et qui s'est déclarée sans conflit d'intérêts, note ici."
        )
    grille = grille_en_vigueur(consultation, lot)
    places = _places(consultation, grille)
    deja = {
        (note.offre_id, note.critere): note
        for note in Note.objects.filter(evaluateur=evaluateur, offre__lot=lot, remplacee_par=None)
    }
    donnees = []
    for saisie in saisies:
        offre, case = _case_de(places, saisie.offre, saisie.critere)
        derniere = deja.get((offre.pk, case.cle))
        if not _change(saisie, derniere):
            continue
        exiger_la_derniere(saisie.vue, derniere)
        exiger(
            conditions.note_recevable(
                valeur=saisie.valeur, echelle=grille.echelle, commentaire=saisie.dit(derniere)
            ),
            f"{offre.pli.equipe.nom}, {case.nom}",
        )
        donnees.append(
            Note.objects.create(
                offre=offre,
                evaluateur=evaluateur,
                critere=case.cle,
                valeur=saisie.valeur,
                commentaire=saisie.dit(derniere),
                remplace=derniere,
                donnee_le=maintenant,
            )
        )
    if donnees:
        contenu = {
            "lot": lot,
            "evaluateur": evaluateur.reference,
            "notes": [_note_au_journal(n) for n in donnees],
        }
        inscrire_au_journal(consultation, "noter", par=par, le=maintenant, donnees=contenu)
    return donnees


@transaction.atomic
def retenir_les_notes(
    *,
    consultation: Consultation,
    lot: int | None,
    retenues: Sequence[Retenue],
    par: Utilisateur,
    maintenant: datetime,
) -> list[NoteRetenue]:
    """La personne responsable retient une note par case ;
    deux personnes ne retiennent pas la même à la fois.
    """
    consultation = a_analyser(consultation, lot)
    grille = grille_en_vigueur(consultation, lot)
    places, moyennes = _places(consultation, grille), moyennes_de(consultation, lot)
    deja = {
        (note.offre_id, note.critere): note
        for note in NoteRetenue.objects.filter(
            offre__consultation=consultation, offre__lot=lot, remplacee_par=None
        )
    }
    ecrites = []
    for retenue in retenues:
        offre, case = _case_de(places, retenue.offre, retenue.critere)
        derniere, moyenne = deja.get((offre.pk, case.cle)), moyennes.get((offre.pk, case.cle))
        if derniere and _inchangee(retenue, derniere, moyenne):
            continue
        exiger_la_derniere(retenue.vue, derniere)
        nom = f"{offre.pli.equipe.nom}, {case.nom}"
        exiger(
            conditions.note_recevable(
                valeur=retenue.valeur, echelle=grille.echelle, commentaire=retenue.commentaire
            ),
            nom,
        )
        exiger(
            conditions.note_retenue_motivee(
                valeur=retenue.valeur, moyenne=moyenne, motif=retenue.motif
            ),
            nom,
        )
        ecrites.append(
            NoteRetenue.objects.create(
                offre=offre,
                critere=case.cle,
                valeur=retenue.valeur,
                moyenne=moyenne,
                commentaire=retenue.commentaire.strip(),
                motif=retenue.motif.strip(),
                remplace=derniere,
                retenue_le=maintenant,
                retenue_par=par,
            )
        )
    if ecrites:
        contenu = {"lot": lot, "notes": [_note_au_journal(n) for n in ecrites]}
        inscrire_au_journal(
            consultation, "retenir_les_notes", par=par, le=maintenant, donnees=contenu
        )
    return ecrites


def moyennes_de(
    consultation: Consultation, lot: int | None
) -> dict[tuple[int, str], Decimal | None]:
    """La moyenne de chaque case, des seuls évaluateurs encore en charge."""
    notes = Note.objects.filter(
        offre__consultation=consultation,
        offre__lot=lot,
        remplacee_par=None,
        valeur__isnull=False,
        evaluateur__retire_le=None,
    ).values_list("offre", "critere", "valeur")
    par_case: dict[tuple[int, str], list[Decimal]] = {}
    for offre, critere, valeur in notes:
        if valeur is not None:
            par_case.setdefault((offre, critere), []).append(valeur)
    return {cle: conditions.moyenne(valeurs) for cle, valeurs in par_case.items()}


def _places(
    consultation: Consultation, grille: GrilleDAnalyse
) -> tuple[Mapping[str, Offre], Mapping[str, Case]]:
    offres = Offre.objects.filter(consultation=consultation, lot=grille.lot).select_related(
        "pli__equipe"
    )
    cases = (
        case for critere in lire(grille.criteres) for case in critere.cases if not case.automatique
    )
    return {offre.reference: offre for offre in offres}, {case.cle: case for case in cases}


def _case_de(
    places: tuple[Mapping[str, Offre], Mapping[str, Case]], offre: str, critere: str
) -> tuple[Offre, Case]:
    offres, cases = places
    if offre not in offres or critere not in cases:
        raise RegleEnfreinte("Cette case n'est pas de la grille de ce lot. Rechargez la page.")
    return offres[offre], cases[critere]


def _change(saisie: Saisie, derniere: Note | None) -> bool:
    if derniere is None:
        return saisie.valeur is not None or bool(saisie.dit(None))
    return (saisie.valeur, saisie.dit(derniere)) != (derniere.valeur, derniere.commentaire)


def _inchangee(retenue: Retenue, derniere: NoteRetenue, moyenne: Decimal | None) -> bool:
    dite = (retenue.valeur, retenue.commentaire.strip(), retenue.motif.strip())
    return derniere.moyenne == moyenne and dite == (
        derniere.valeur,
        derniere.commentaire,
        derniere.motif,
    )


def _note_au_journal(note: Note | NoteRetenue) -> dict[str, object]:
    return {
        "offre": note.offre.reference,
        "critere": note.critere,
        "valeur": None if note.valeur is None else f"{note.valeur:f}",
        "remplace": note.remplace_id,
    }

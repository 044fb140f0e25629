"""Dire de chaque pièce ce qu'il en est, et choisir l'ordre dans lequel on examine."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations.models import Consultation, PieceAttendue
from beffroi.choix.candidatures import examen, rules
from beffroi.choix.candidatures.models import ExamenDePiece, OrdreDExamen
from beffroi.choix.candidatures.services.journal import noter
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots.models import Pli
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, exiger
from beffroi.socle.fondations.verrous import verrouiller
from formats import dates


@dataclass(frozen=True)
class Constat:
    """Ce que l'examinateur dit d'une pièce ; sans pièce, des capacités.

    `vue` : la clé de l'examen qu'il avait sous les yeux ; vide s'il n'y en avait pas.
    """

    piece: PieceAttendue | None
    verdict: str
    note: str = ""
    vue: str = ""


@transaction.atomic
def examiner(
    *, pli: Pli, constats: Sequence[Constat], par: Utilisateur, maintenant: datetime
) -> list[ExamenDePiece]:
    """Inscrit ce qui change ; redire le même verdict n'ajoute rien."""
    consultation = verrouiller(pli.consultation, avec=("organisme",))
    exiger(rules.peut_examiner(etat=consultation.etat))
    connus = examen.derniers_examens([pli]).get(pli.pk, {})
    nouveaux = []
    for constat in constats:
        if constat.piece is not None and constat.piece.consultation_id != consultation.pk:
            raise RegleEnfreinte("Cette pièce n'est pas de cette consultation. Rechargez la page.")
        exiger(rules.examen_dit(verdict=constat.verdict, note=constat.note))
        deja = connus.get(constat.piece.pk if constat.piece else None)
        if deja is None or (deja.verdict, deja.note) != (constat.verdict, constat.note.strip()):
            if deja is not None and constat.vue != str(deja.pk):
                raise ConflitEtat(
                    f"{_phrase_de(deja)} Votre examen n'est pas inscrit : si vous le maintenez, "
                    "inscrivez-le de nouveau."
                )
            nouveaux.append(_inscrire(pli, constat, par=par, le=maintenant))
    if nouveaux:
        dits = [
            {
                "piece": dit.piece.reference if dit.piece else "capacites",
                "verdict": dit.verdict,
                "note": dit.note,
            }
            for dit in nouveaux
        ]
        noter(
            "candidatures.examiner",
            consultation,
            par=par,
            le=maintenant,
            candidature=pli.reference,
            examens=dits,
        )
    return nouveaux


def _phrase_de(dit: ExamenDePiece) -> str:
    """« Attestation d'assurance : insuffisante, d'après X, le … (note). »."""
    note = f" ({dit.note})" if dit.note else ""
    quoi = dit.piece.intitule if dit.piece else examen.CAPACITES
    quand = dates.jour_et_heure(dit.examinee_le)
    return (
        f"{quoi} : {dit.get_verdict_display().lower()}{note}, d'après {dit.examinee_par.nom}, "
        f"le {quand}."
    )


def _inscrire(pli: Pli, constat: Constat, *, par: Utilisateur, le: datetime) -> ExamenDePiece:
    return ExamenDePiece.objects.create(
        pli=pli,
        piece=constat.piece,
        verdict=constat.verdict,
        note=constat.note.strip(),
        examinee_par=par,
        examinee_le=le,
    )


@transaction.atomic
def choisir_l_ordre(
    *, consultation: Consultation, ordre: str, par: Utilisateur, maintenant: datetime
) -> OrdreDExamen | None:
    """Les offres d'abord, ou les candidatures (CCP, art. R. 2161-4) :
    le choix se dit, et se garde.
    """
    consultation = verrouiller(consultation, avec=("organisme",))
    exiger(
        rules.peut_choisir_l_ordre(
            procedure=consultation.procedure, ordre=ordre, etat=consultation.etat
        )
    )
    if examen.ordre_de(consultation) == ordre:
        return consultation.ordres_d_examen.last()
    choisi = OrdreDExamen.objects.create(
        consultation=consultation, ordre=ordre, choisi_par=par, choisi_le=maintenant
    )
    noter("candidatures.ordonner", consultation, par=par, le=maintenant, ordre=ordre)
    return choisi

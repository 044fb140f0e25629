"""Poser et lever un gel."""

from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.garde.archives.models import Gel
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.erreurs import ConflitEtat
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def geler(*, consultation: Consultation, motif: str, par: Utilisateur, maintenant: datetime) -> Gel:
    """Rien ne s'élimine plus de cette consultation, jusqu'à la levée.

    Plusieurs gels se posent : chacun a sa raison.
    """
    consultation = verrouiller(consultation)
    gel = Gel.objects.create(
        consultation=consultation, motif=motif, pose_par=par, pose_le=maintenant
    )
    _inscrire("gel.poser", gel, par=par, le=maintenant)
    return gel


@transaction.atomic
def lever(*, gel: Gel, motif: str, par: Utilisateur, maintenant: datetime) -> Gel:
    gel = verrouiller(gel)
    if gel.leve_le:
        raise ConflitEtat("Ce gel est déjà levé.")
    gel.leve_par, gel.leve_le, gel.motif_de_la_levee = par, maintenant, motif
    gel.save(update_fields=["leve_par", "leve_le", "motif_de_la_levee"])
    _inscrire("gel.lever", gel, par=par, le=maintenant)
    return gel


def _inscrire(acte: str, gel: Gel, *, par: Utilisateur, le: datetime) -> None:
    donnees = {
        "consultation": gel.consultation.reference,
        "motif": gel.motif_de_la_levee or gel.motif,
    }
    journaliser(
        acte,
        sujet=gel.reference,
        par=par.acteur,
        le=le,
        donnees=donnees,
        organisme=gel.consultation.organisme.siret,
    )

"""Inscrire les offres ouvertes, retenir un montant, qualifier :
ce qu'une personne décide, et pourquoi.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.choix.analyse.models import MontantRetenu, Offre, QualificationDOffre
from beffroi.choix.analyse.queries import ouvertures_d_offres
from beffroi.choix.analyse.questions_de_prix import question_a
from beffroi.choix.analyse.rules import anormalement_basses
from beffroi.choix.analyse.services.commun import (
    a_analyser,
    exiger_la_derniere,
    inscrire_au_journal,
)
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots.models import Pli
from beffroi.seance.ouverture.models import FichierOuvert
from beffroi.socle.fondations.erreurs import RegleEnfreinte, exiger

REGULIERE = QualificationDOffre.Qualification.REGULIERE


@dataclass(frozen=True)
class Pse:
    """Une prestation supplémentaire, et son prix hors taxes dans cette offre."""

    numero: int
    intitule: str
    montant: Decimal


@dataclass(frozen=True)
class Montant:
    """Ce qu'une personne lit et retient. `vue` : la clé du montant qu'elle avait sous les yeux."""

    montant: Decimal
    provenance: str
    precision: str = ""
    pse: Sequence[Pse] = ()
    fichier: FichierOuvert | None = None
    vue: str = ""


@transaction.atomic
def inscrire_les_offres(
    *, consultation: Consultation, lot: int | None, par: Utilisateur, maintenant: datetime
) -> list[Offre]:
    """Une offre de base par pli que la séance close a ouvert pour ce lot.

    Répété, l'acte n'ajoute que les nouvelles.
    """
    consultation = a_analyser(consultation, lot)
    ouverts = {
        ouverture.pli_id: ouverture.pli for ouverture in ouvertures_d_offres(consultation, lot)
    }
    deja = set(
        Offre.objects.filter(consultation=consultation, lot=lot, variante=0).values_list(
            "pli", flat=True
        )
    )
    nouvelles = [
        Offre.objects.create(
            consultation=consultation, pli=pli, lot=lot, inscrite_le=maintenant, inscrite_par=par
        )
        for cle, pli in ouverts.items()
        if cle not in deja
    ]
    if nouvelles:
        donnees = {
            "lot": lot,
            "offres": [{"offre": o.reference, "pli": o.pli.reference} for o in nouvelles],
        }
        inscrire_au_journal(
            consultation, "inscrire_les_offres", par=par, le=maintenant, donnees=donnees
        )
    return nouvelles


@transaction.atomic
def inscrire_une_variante(
    *,
    consultation: Consultation,
    pli: Pli,
    lot: int | None,
    intitule: str,
    par: Utilisateur,
    maintenant: datetime,
) -> Offre:
    """Une variante lue dans le pli :
    elle se note et se classe comme une offre à part (CCP, art. R. 2151-8).
    """
    consultation = a_analyser(consultation, lot)
    if not intitule.strip():
        raise RegleEnfreinte("Dites ce que la variante propose.")
    inscrites = Offre.objects.filter(consultation=consultation, pli=pli, lot=lot)
    derniere = inscrites.order_by("-variante").first()
    if derniere is None:
        raise RegleEnfreinte("Cette réponse n'a pas d'offre ouverte pour ce lot.")
    offre = Offre.objects.create(
        consultation=consultation,
        pli=pli,
        lot=lot,
        variante=derniere.variante + 1,
        intitule=intitule.strip(),
        inscrite_le=maintenant,
        inscrite_par=par,
    )
    donnees = {
        "lot": lot,
        "offre": offre.reference,
        "pli": pli.reference,
        "variante": offre.variante,
    }
    inscrire_au_journal(
        consultation, "inscrire_une_variante", par=par, le=maintenant, donnees=donnees
    )
    return offre


@transaction.atomic
def retenir_un_montant(
    *, offre: Offre, choix: Montant, par: Utilisateur, maintenant: datetime
) -> MontantRetenu:
    """Le montant que l'acheteur compare, d'où il vient, et celui qu'il remplace."""
    consultation = a_analyser(offre.consultation, offre.lot)
    dernier = offre.montants.filter(remplacee_par=None).first()
    exiger_la_derniere(choix.vue, dernier)
    if choix.montant < 0 or any(pse.montant < 0 for pse in choix.pse):
        raise RegleEnfreinte(
            "Un montant n'est pas négatif. Demandez à l'entreprise de préciser le sien."
        )
    if not choix.precision.strip() and (
        dernier or choix.provenance != MontantRetenu.Provenance.ACTE
    ):
        raise RegleEnfreinte("Dites comment ce montant est obtenu : le rapport le répétera.")
    retenu = MontantRetenu.objects.create(
        offre=offre,
        montant=choix.montant,
        pse=[
            {"numero": p.numero, "intitule": p.intitule, "montant": f"{p.montant:f}"}
            for p in choix.pse
        ],
        provenance=choix.provenance,
        precision=choix.precision.strip(),
        fichier=choix.fichier.reference if choix.fichier else "",
        empreinte=choix.fichier.sha256 if choix.fichier else "",
        remplace=dernier,
        retenu_le=maintenant,
        retenu_par=par,
    )
    donnees = {
        "offre": offre.reference,
        "montant": f"{retenu.montant:f}",
        "pse": retenu.pse,
        "provenance": retenu.provenance,
        "empreinte": retenu.empreinte,
        "remplace": retenu.remplace_id,
    }
    inscrire_au_journal(consultation, "retenir_un_montant", par=par, le=maintenant, donnees=donnees)
    return retenu


@transaction.atomic
def qualifier(
    *,
    offre: Offre,
    qualification: str,
    motif: str,
    vue: str,
    par: Utilisateur,
    maintenant: datetime,
) -> QualificationDOffre:
    """Dit l'offre régulière, ou l'élimine avec son motif (CCP,
    art. L. 2152-1 à L. 2152-6 et R. 2144-7).
    """
    consultation = a_analyser(offre.consultation, offre.lot)
    derniere = offre.qualifications.filter(remplacee_par=None).first()
    exiger_la_derniere(vue, derniere)
    if qualification != REGULIERE and not motif.strip():
        raise RegleEnfreinte("Dites pourquoi cette offre n'est pas classée : l'entreprise le lira.")
    if qualification == QualificationDOffre.Qualification.ANORMALEMENT_BASSE:
        _exiger_la_question(offre, motif, le=maintenant)
    prise = QualificationDOffre.objects.create(
        offre=offre,
        qualification=qualification,
        motif=motif.strip(),
        remplace=derniere,
        prise_le=maintenant,
        prise_par=par,
    )
    donnees = {
        "offre": offre.reference,
        "qualification": qualification,
        "motif": prise.motif,
        "remplace": prise.remplace_id,
    }
    inscrire_au_journal(consultation, "qualifier", par=par, le=maintenant, donnees=donnees)
    return prise


def _exiger_la_question(offre: Offre, motif: str, *, le: datetime) -> None:
    """Un prix bas ne se rejette pas d'office :
    l'entreprise a d'abord pu le justifier (CCP, art. L. 2152-6).
    """
    question = question_a(offre.pli.equipe_id, offre.consultation_id, le=le)
    exiger(
        anormalement_basses.peut_rejeter(
            question_posee=question.posee,
            reponse_recue=question.repondue,
            delai_passe=question.delai_passe,
            motif=motif,
        )
    )

"""Préparer : commencer, répondre à une question,
choisir autre chose que ce qui est proposé, geler à la publication.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from beffroi.achat.consultations import services as consultations
from beffroi.achat.consultations.events import ConsultationPubliee
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.rules.fiche import Fiche
from beffroi.achat.preparation import queries
from beffroi.achat.preparation.models import ChoixMotive, Preparation
from beffroi.achat.preparation.rules import choix as regles_du_choix
from beffroi.achat.preparation.rules import defense as regles_de_defense
from beffroi.achat.preparation.rules import reprise
from beffroi.achat.preparation.rules.lots import avec_ce_lot
from beffroi.achat.preparation.rules.reponses import Nature, Reponse, ecrire
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations.erreurs import exiger
from beffroi.socle.journal.acteurs import PLATEFORME, Acteur
from beffroi.socle.journal.services import engager_les_lignes, journaliser
from droit.achat import Allotissement, Lot
from droit.achat import ecrire as ecrire_l_achat
from droit.en_vigueur import Droit

_QUESTIONS = {
    "Nature": "nature",
    "Montant": "montant",
    "Allotissement": "allotissement",
    "Jugement": "jugement",
    "Calendrier": "calendrier",
    "Particularites": "particularites",
    "Exigences": "exigences",
}


@transaction.atomic
def commencer(
    *,
    organisme: Organisme,
    redigee_par: Utilisateur,
    fiche: Fiche,
    nature: Nature,
    maintenant: datetime,
) -> Consultation:
    """Ouvre la consultation avec la première réponse : ce que l'on achète (CCP, art. L. 2111-1)."""
    consultation = consultations.creer_consultation(
        organisme=organisme,
        redigee_par=redigee_par,
        fiche=fiche,
        pieces_usuelles=True,
        maintenant=maintenant,
    )
    preparation = Preparation.objects.create(consultation=consultation)
    _garder(preparation, nature, maintenant=maintenant)
    engager_les_lignes(
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=redigee_par.acteur,
        le=maintenant,
    )
    return consultation


@transaction.atomic
def repondre(
    *,
    consultation: Consultation,
    reponse: Reponse,
    champs: Mapping[str, Any] | None = None,
    par: Acteur,
    maintenant: datetime,
) -> Preparation:
    """Garde une réponse, et ce qu'elle change à la consultation ; la procédure retenue suit."""
    consultation = consultations.brouillon_verrouille(consultation)
    preparation, _ = Preparation.objects.get_or_create(consultation=consultation)
    if champs:
        consultations.decrire(consultation, **champs)
    if isinstance(reponse, Allotissement):
        consultations.poser_les_lots(
            consultation, [(lot.intitule, lot.code_cpv) for lot in reponse.lots]
        )
    question = _garder(preparation, reponse, maintenant=maintenant)
    journaliser(
        "preparation.repondre",
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par,
        le=maintenant,
        donnees={"question": question},
    )
    return preparation


def _garder(preparation: Preparation, reponse: Reponse, *, maintenant: datetime) -> str:
    if isinstance(reponse, Nature):
        permise = settings.DEFENSE_OU_SECURITE
        exiger(regles_de_defense.peut_etre_prepare(contrat=reponse.contrat, permise=permise))
    question = _QUESTIONS[type(reponse).__name__]
    changement: dict[str, Any] = {question: reponse}
    reponses = replace(queries.reponses_de(preparation), **changement)
    preparation.reponses = ecrire(reponses)
    preparation.saisies = {
        cle: saisie for cle, saisie in preparation.saisies.items() if cle != question
    }
    preparation.a_confirmer = reprise.encore_a_confirmer(
        preparation.a_confirmer, question, reponses
    )
    preparation.save(update_fields=["reponses", "saisies", "a_confirmer"])
    suivre_la_procedure(preparation, jour=queries.jour_de_reference(preparation, maintenant))
    return question


def suivre_la_procedure(preparation: Preparation, *, jour: date) -> None:
    """La procédure retenue et le type d'acheteur suivent les réponses."""
    consultation = preparation.consultation
    retenue = queries.procedure_retenue(preparation, jour=jour)
    reponses = queries.reponses_de(preparation)
    reseau = reponses.nature is not None and reponses.nature.opere_un_reseau
    acheteurs = Consultation.TypeDAcheteur
    consultations.decrire(
        consultation,
        type_de_procedure=retenue,
        type_d_acheteur=acheteurs.ENTITE_ADJUDICATRICE
        if reseau
        else acheteurs.POUVOIR_ADJUDICATEUR,
    )


@transaction.atomic
def decrire_un_lot(
    *, consultation: Consultation, lot: Lot, par: Acteur, maintenant: datetime
) -> None:
    """Garde ce qu'un lot a de particulier ;
    les autres réponses, et une saisie fautive des lots, restent (L. 2113-10).
    """
    consultation = consultations.brouillon_verrouille(consultation)
    preparation, _ = Preparation.objects.get_or_create(consultation=consultation)
    allotissement = avec_ce_lot(queries.allotissement_de(consultation, preparation), lot)
    reponses = replace(queries.reponses_de(preparation), allotissement=allotissement)
    preparation.reponses, page = ecrire(reponses), f"lot-{lot.numero}"
    preparation.saisies = {
        cle: saisie for cle, saisie in preparation.saisies.items() if cle != page
    }
    preparation.a_confirmer = reprise.encore_a_confirmer(preparation.a_confirmer, page, reponses)
    preparation.save(update_fields=["reponses", "saisies", "a_confirmer"])
    journaliser(
        "preparation.decrire_un_lot",
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par,
        le=maintenant,
        donnees={"lot": lot.numero},
    )


@transaction.atomic
def garder_la_saisie(
    *,
    consultation: Consultation,
    question: str,
    saisie: Mapping[str, list[str]],
    par: Acteur,
    maintenant: datetime,
) -> None:
    """Garde telle quelle une saisie qui ne passe pas encore :
    la personne la retrouvera, ici ou ailleurs.
    """
    consultation = consultations.brouillon_verrouille(consultation)
    preparation, _ = Preparation.objects.get_or_create(consultation=consultation)
    preparation.saisies = {**preparation.saisies, question: dict(saisie)}
    preparation.save(update_fields=["saisies"])
    # La saisie ne prouve rien, mais la préparation qu'elle fait naître, si.
    engager_les_lignes(
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par,
        le=maintenant,
    )


@transaction.atomic
def choisir_autre_chose(
    *,
    consultation: Consultation,
    cle: str,
    rang: int,
    motif: str,
    par: Utilisateur,
    maintenant: datetime,
) -> ChoixMotive:
    """Retient une des voies permises à la place de celle proposée, en disant pourquoi."""
    consultation = consultations.brouillon_verrouille(consultation)
    preparation, _ = Preparation.objects.get_or_create(consultation=consultation)
    jour = queries.jour_de_reference(preparation, maintenant)
    voies = queries.voies(preparation, cle, jour=jour)
    exiger(regles_du_choix.peut_etre_choisie(cle=cle, voies=voies, rang=rang, motif=motif))
    voie = voies[rang]
    choix = ChoixMotive.objects.create(
        preparation=preparation,
        cle=cle,
        valeurs=list(voie.valeurs),
        libelle=voie.libelle,
        motif=motif.strip(),
        par=par,
        le=maintenant,
    )
    suivre_la_procedure(preparation, jour=jour)
    journaliser(
        "preparation.choisir_autre_chose",
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=par.acteur,
        le=maintenant,
        donnees={"cle": cle, "valeurs": list(voie.valeurs), "motif": motif.strip()},
    )
    return choix


def geler_l_achat(evenement: ConsultationPubliee) -> None:
    """Fige l'achat publié et les tables qui l'ont jugé : chaque calcul pourra être rejoué."""
    consultation = Consultation.toutes.select_related("organisme").get(
        reference=evenement.reference
    )
    preparation, _ = Preparation.objects.get_or_create(consultation=consultation)
    jour = queries.jour_de_reference(preparation, evenement.le)
    droit = Droit.au(jour)
    preparation.achat_gele = ecrire_l_achat(queries.achat_de(consultation, le=evenement.le))
    preparation.date_de_reference = jour
    preparation.version_des_tables = droit.version
    preparation.empreinte_des_tables = droit.empreinte
    preparation.save(
        update_fields=[
            "achat_gele",
            "date_de_reference",
            "version_des_tables",
            "empreinte_des_tables",
        ]
    )
    journaliser(
        "preparation.geler_l_achat",
        sujet=consultation.reference,
        organisme=consultation.organisme_du_journal,
        par=PLATEFORME,
        le=evenement.le,
        donnees={
            "date_de_reference": jour.isoformat(),
            "version": droit.version,
            "empreinte": droit.empreinte,
        },
    )

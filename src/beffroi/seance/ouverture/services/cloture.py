"""Clore la séance : le coffre se vide, la clôture s'annonce."""

from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.registre_des_depots.cloture import tirer_apres_la_seance
from beffroi.seance.coffre.coffre import coffre
from beffroi.seance.ouverture import queries, rules
from beffroi.seance.ouverture.events import SeanceClose
from beffroi.seance.ouverture.models import OuverturePli, Seance
from beffroi.seance.ouverture.services.dernieres import accueillir_les_dernieres, encore_a_inscrire
from beffroi.seance.ouverture.services.table import (
    exiger_etat,
    exiger_la_presidence,
    noter,
    place_a_table,
)
from beffroi.seance.ouverture.states import EtatDeSeance
from beffroi.socle.fondations import evenements
from beffroi.socle.fondations.erreurs import RegleEnfreinte, exiger
from beffroi.socle.fondations.pannes import point_de_panne
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.franchissement import franchir
from beffroi.socle.journal.services import signer_un_point_de_controle


@transaction.atomic
def noter_remarque(*, seance: Seance, texte: str, par: Utilisateur, maintenant: datetime) -> Seance:
    """Ajoute une remarque au procès-verbal : la seule part qui s'écrive à la main."""
    seance = verrouiller(seance)
    place = place_a_table(seance, par)
    exiger_etat(seance, EtatDeSeance.CLES_EN_COURS, EtatDeSeance.OUVERTE, EtatDeSeance.SUSPENDUE)
    if not texte.strip():
        raise RegleEnfreinte("Écrivez la remarque.")
    seance.remarques = [
        *seance.remarques,
        {"le": maintenant.isoformat(), "par": place.nom, "texte": texte.strip()},
    ]
    seance.save(update_fields=["remarques"])
    noter(
        "seance.remarque",
        seance=seance,
        par=par.acteur,
        le=maintenant,
        donnees={"texte": texte.strip()},
    )
    return seance


def clore(*, seance: Seance, par: Utilisateur, maintenant: datetime) -> Seance:
    """Clôt la séance ; une réponse reçue à temps qui s'est inscrite entre-temps la rejoint
    d'abord, et reste à ouvrir.
    """
    exiger_la_presidence(seance, par)
    seance = accueillir_les_dernieres(seance=seance, maintenant=maintenant)
    return clore_ce_qui_est_ouvert(seance=seance, par=par, maintenant=maintenant)


@transaction.atomic
def clore_ce_qui_est_ouvert(*, seance: Seance, par: Utilisateur, maintenant: datetime) -> Seance:
    """Clôt la séance et l'annonce, pour que son procès-verbal s'écrive avec elle ; efface les clés.

    La consultation se verrouille avant le journal, comme pour un dépôt :
    l'un attend l'autre, aucun ne manque à la liste.
    """
    seance = verrouiller(seance)
    seance.consultation = verrouiller(seance.consultation)
    place_a_table(seance, par)
    restent = seance.ouvertures.filter(
        etat__in=[OuverturePli.Etat.SCELLEE, OuverturePli.Etat.EN_COURS]
    ).count()
    restent += len(encore_a_inscrire(seance))
    en_retard = len(queries.plis_hors_delai_a_decider(seance))
    exiger(rules.peut_se_clore(scellees=restent, hors_delai_sans_decision=en_retard))
    seance = franchir(
        seance, "clore", par=par.acteur, le=maintenant, close_le=maintenant, cle_ephemere=""
    )
    evenements.publier(SeanceClose(seance, par.acteur, maintenant))
    if seance.consultation.etat == Consultation.Etat.EN_OUVERTURE:
        franchir(seance.consultation, "achever_le_depouillement", par=par.acteur, le=maintenant)
    tirer_apres_la_seance(seance.consultation)
    # Sans tête signée, le registre public ne montrerait la séance qu'au prochain dépôt.
    signer_un_point_de_controle(le=maintenant)
    point_de_panne("ouverture.avant_validation_de_la_cloture")
    transaction.on_commit(lambda: point_de_panne("ouverture.apres_validation_de_la_cloture"))
    transaction.on_commit(lambda: coffre().vider(seance.reference))
    return seance

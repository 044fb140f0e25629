"""Les données essentielles du contrat : la fiche pré-remplie, puis ce qui s'y ajoute.

L'acheteur relit et publie la fiche.
"""

from datetime import datetime

from django.db import transaction

from beffroi.contrat.donnees_essentielles import services as donnees
from beffroi.contrat.donnees_essentielles.models import FicheDeContrat
from beffroi.contrat.donnees_essentielles.services.publication import Provenance
from beffroi.contrat.marches import fiche, queries
from beffroi.contrat.marches.models import Marche
from beffroi.contrat.marches.services.contrats import noter
from beffroi.contrat.marches.states import ONT_PRIS_EFFET
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from droit.en_vigueur import DroitInconnu


@transaction.atomic
def preparer(*, marche: Marche, par: Acteur, maintenant: datetime) -> FicheDeContrat:
    """La fiche à relire avant de la publier. Rejoué, rend la même."""
    marche = verrouiller(marche, avec=("organisme", "consultation", "accord_cadre"))
    if marche.etat not in ONT_PRIS_EFFET:
        raise ConflitEtat("Les données essentielles se préparent une fois le contrat notifié.")
    try:
        contrat = fiche.fiche(marche, le=maintenant)
    except DroitInconnu as inconnu:
        raise RegleEnfreinte(inconnu.phrase) from inconnu
    noms = {titulaire.siret: {"nom": titulaire.nom} for titulaire in marche.titulaires.all()}
    consultation = marche.consultation.reference if marche.consultation else ""
    preparee = donnees.preparer_la_fiche(
        organisme=marche.organisme,
        contrat=contrat,
        noms=noms,
        provenance=Provenance(contrat=marche.reference, consultation=consultation),
        par=par,
        maintenant=maintenant,
    )
    noter(
        "preparer_la_fiche", marche, par=par, le=maintenant, donnees={"fiche": preparee.reference}
    )
    return preparee


@transaction.atomic
def publier_les_suites(*, marche: Marche, par: Acteur, maintenant: datetime) -> int:
    """Ajoute à la fiche publiée les modifications et les actes de
    sous-traitance qui n'y sont pas encore.
    """
    marche = verrouiller(marche, avec=("organisme",))
    publiee = queries.fiche_de(marche)
    if publiee is None or not publiee.est_publiee:
        raise RegleEnfreinte(
            "Publiez d'abord la fiche du contrat : une modification s'y ajoute ensuite."
        )
    ajouts = 0
    for modification in marche.modifications.filter(publiee_le=None):
        ajout = fiche.modification(modification, le=maintenant)
        donnees.ajouter_une_modification(
            fiche=publiee, modification=ajout, par=par, maintenant=maintenant
        )
        modification.publiee_le = maintenant
        modification.save(update_fields=["publiee_le"])
        ajouts += 1
    if not marche.est_une_concession:
        for acte in marche.sous_traitances.filter(publie_le=None):
            ajout_d_acte = fiche.acte_de_sous_traitance(acte, le=maintenant)
            donnees.ajouter_un_acte_de_sous_traitance(
                fiche=publiee, acte=ajout_d_acte, par=par, maintenant=maintenant
            )
            acte.publie_le = maintenant
            acte.save(update_fields=["publie_le"])
            ajouts += 1
    noter("publier_les_suites", marche, par=par, le=maintenant, donnees={"ajouts": ajouts})
    return ajouts

"""Composer l'achat :
les réponses, la consultation et son dossier, en une seule description de droit.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from beffroi.achat.preparation.rules.lots import allotissement_a_jour
from beffroi.achat.preparation.rules.prix import forme_usuelle, variation_usuelle
from beffroi.achat.preparation.rules.reponses import (
    Calendrier,
    Exigences,
    Jugement,
    Montant,
    Nature,
    Particularites,
    Reponses,
)
from droit.achat import (
    Achat,
    Acheteur,
    Allotissement,
    Dates,
    DocumentDuDossier,
    Execution,
    GroupementDeCommandes,
    Lot,
    Offre,
    PieceDemandee,
    Plateforme,
    Publicite,
    Signature,
    Variantes,
)
from droit.achat.achat import Support
from droit.achat.acheteur import TypeDAcheteur
from droit.achat.offre import RegimeDesVariantes

SUPPORTS: tuple[Support, ...] = ("BOAMP", "JAL", "JOUE", "presse spécialisée", "profil")
_COURANTS = "Fournitures courantes et services"
CCAG = {"travaux": "Travaux", "fournitures": _COURANTS, "services": _COURANTS}
_REPRIS = (
    "clause_de_prix",
    "tranches",
    "indemnite_des_tranches",
    "prestations_supplementaires",
    "prestations_similaires",
)
# Les permettre oblige à écrire ce qu'elles respectent (CCP, art. R. 2151-10) : qui ne l'écrit pas
# les interdit. Le règlement le dit toujours, car en procédure adaptée son silence les autoriserait
# (CCP, art. R. 2151-8, 2°).
VARIANTES_PROPOSEES: RegimeDesVariantes = "interdites"
CCAG_DE_MAITRISE_D_OEUVRE = "Maitrise d'œuvre"


@dataclass(frozen=True, kw_only=True)
class FaitsDeLaConsultation:
    """Ce que la consultation sait déjà, en valeurs nues."""

    reference: str
    titre: str
    objet: str
    lieu: str
    code_cpv: str
    nature: str
    procedure: str
    acheteur: Acheteur
    plateforme: Plateforme
    limite: datetime | None
    derniere_question: datetime | None
    adresse_de_remise: str
    lots: tuple[Lot, ...]
    pieces: tuple[PieceDemandee, ...]
    documents: tuple[DocumentDuDossier, ...]
    supports: tuple[str, ...] = ()
    membres: tuple[Acheteur, ...] = ()


def composer(faits: FaitsDeLaConsultation, reponses: Reponses) -> Achat:
    """L'achat tel qu'il est décrit aujourd'hui ; ce qui n'est pas répondu reste vide."""
    nature = reponses.nature or nature_supposee(faits)
    montant, exigences = reponses.montant, reponses.exigences or Exigences()
    particularites = reponses.particularites or Particularites()
    return Achat(
        reference=faits.reference,
        titre=faits.titre,
        objet=faits.objet,
        acheteur=replace(faits.acheteur, type_d_acheteur=type_d_acheteur(nature)),
        contrat=nature.contrat,
        prestation=nature.prestation,
        procedure=faits.procedure,
        techniques=("accord_cadre",) if montant and montant.accord_cadre else (),
        maitrise_d_oeuvre=nature.maitrise_d_oeuvre,
        services_sociaux_ou_specifiques=nature.services_sociaux_ou_specifiques,
        code_cpv=faits.code_cpv,
        valeur_estimee=montant.estime if montant else None,
        dates=_dates(faits, reponses.calendrier),
        publicite=Publicite(
            supports=tuple(support for support in SUPPORTS if support in faits.supports)
        ),
        plateforme=faits.plateforme,
        allotissement=_allotissement(faits, reponses.allotissement),
        criteres=reponses.jugement.criteres if reponses.jugement else (),
        candidature=exigences.candidature,
        offre=_offre(faits, exigences),
        signature=Signature(
            exigee_au_depot=exigences.signature_exigee,
            justification=exigences.motif_de_la_signature,
        ),
        copie_de_sauvegarde=replace(
            exigences.copie_de_sauvegarde,
            adresse=exigences.copie_de_sauvegarde.adresse
            or faits.adresse_de_remise
            or ou_se_rendre(faits.acheteur),
        ),
        execution=_execution(faits, nature, reponses, exigences),
        documents=faits.documents,
        groupement_de_commandes=_groupement(faits, particularites),
        documents_hors_profil=particularites.documents_hors_profil,
        outils_particuliers=particularites.outils,
    )


def ou_se_rendre(acheteur: Acheteur) -> str:
    """L'adresse entière de l'acheteur ;
    sans rue, on ne saurait où aller, et le règlement le réclame.
    """
    return acheteur.adresse_postale if acheteur.adresse else ""


def _groupement(
    faits: FaitsDeLaConsultation, particularites: Particularites
) -> GroupementDeCommandes | None:
    """Le groupement, avec les coordonnées des membres qui sont sur la plateforme :
    l'avis les nomme tous (L. 2113-7).
    """
    dit = particularites.groupement_de_commandes
    return replace(dit, organisations=faits.membres) if dit else None


def nature_supposee(faits: FaitsDeLaConsultation) -> Nature:
    """Sans réponse encore : ce que la consultation dit d'elle-même."""
    if faits.nature == "concession":
        return Nature(prestation="services", contrat="concession")
    if faits.nature in {"travaux", "fournitures"}:
        return Nature(prestation="travaux" if faits.nature == "travaux" else "fournitures")
    return Nature(prestation="services")


def type_d_acheteur(nature: Nature) -> TypeDAcheteur:
    """Une commune est pouvoir adjudicateur ;
    elle est entité adjudicatrice pour ses réseaux (CCP, art. L. 1212-1).
    """
    if nature.contrat == "concession":
        return "autorité concédante"
    return "entité adjudicatrice" if nature.opere_un_reseau else "pouvoir adjudicateur"


def _dates(faits: FaitsDeLaConsultation, calendrier: Calendrier | None) -> Dates:
    if calendrier is None:
        return Dates(limite=faits.limite, derniere_question=faits.derniere_question)
    return Dates(
        envoi_de_l_avis=calendrier.envoi_de_l_avis,
        limite=faits.limite,
        derniere_question=faits.derniere_question,
        urgence=calendrier.urgence,
        preinformation=calendrier.preinformation,
    )


def _allotissement(faits: FaitsDeLaConsultation, repondu: Allotissement | None) -> Allotissement:
    """Les lots sont ceux de la consultation ; la réponse y ajoute montants et règles.

    Sans code, un lot a celui de l'achat.
    """
    allotissement = allotissement_a_jour(faits.lots, repondu)
    lots = tuple(
        replace(lot, code_cpv=lot.code_cpv or faits.code_cpv) for lot in allotissement.lots
    )
    return replace(allotissement, lots=lots)


def _offre(faits: FaitsDeLaConsultation, exigences: Exigences) -> Offre:
    return Offre(
        pieces=faits.pieces,
        validite_en_jours=exigences.validite_en_jours,
        variantes=Variantes(
            regime=exigences.variantes or VARIANTES_PROPOSEES,
            proposees=exigences.variantes is None,
            exigences_minimales=exigences.exigences_des_variantes,
        ),
        negociation=exigences.negociation,
        visite=exigences.visite,
        visite_obligatoire=exigences.visite_obligatoire,
        echantillons=exigences.echantillons,
    )


def _execution(
    faits: FaitsDeLaConsultation, nature: Nature, reponses: Reponses, exigences: Exigences
) -> Execution:
    montant: Montant | None = reponses.montant
    jugement: Jugement | None = reponses.jugement
    execution = Execution(
        debut=reponses.calendrier.debut if reponses.calendrier else None,
        ccag=exigences.ccag or ccag_usuel(nature),
        lieu=faits.lieu,
        financement=exigences.financement,
        **_particularites(faits, nature, reponses),
    )
    if montant:
        execution = replace(
            execution,
            duree_en_mois=montant.duree_en_mois,
            reconductions=montant.reconductions,
            mois_par_reconduction=montant.mois_par_reconduction,
            accord_cadre=montant.accord_cadre,
        )
    return replace(execution, durabilite=jugement.durabilite) if jugement else execution


def _particularites(
    faits: FaitsDeLaConsultation, nature: Nature, reponses: Reponses
) -> dict[str, Any]:
    """Le prix, dit ou d'usage, et ce que l'achat a de particulier."""
    dites = reponses.particularites or Particularites()
    return {
        "forme_de_prix": dites.forme_de_prix or forme_usuelle(nature, reponses.montant),
        "variation_de_prix": dites.variation_de_prix
        or variation_usuelle(nature, reponses.montant, faits.code_cpv),
        **{nom: getattr(dites, nom) for nom in _REPRIS},
    }


def ccag_usuel(nature: Nature) -> str:
    """Le cahier général que l'on prend d'ordinaire ; une concession n'en a pas."""
    if nature.contrat == "concession":
        return ""
    return CCAG_DE_MAITRISE_D_OEUVRE if nature.maitrise_d_oeuvre else CCAG[nature.prestation]

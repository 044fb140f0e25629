"""Lire une préparation : les réponses, la proposition du droit, l'achat composé."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet

from beffroi.achat.consultations import queries as consultations
from beffroi.achat.consultations.models import Consultation
from beffroi.achat.consultations.ports import limites_de_depot
from beffroi.achat.preparation.models import ChoixMotive, Preparation
from beffroi.achat.preparation.rules import procedure as regles_de_procedure
from beffroi.achat.preparation.rules.composition import FaitsDeLaConsultation, composer
from beffroi.achat.preparation.rules.lots import allotissement_a_jour
from beffroi.achat.preparation.rules.reponses import Reponses, lire
from beffroi.personnes.organismes.models import Organisme
from beffroi.socle.fondations import exploitant
from beffroi.socle.fondations.adresses import lien_vers
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.requetes import prete
from beffroi.socle.guichet.lecture import lu_ensemble, lu_une_fois
from droit.achat import (
    Achat,
    Acheteur,
    Allotissement,
    DocumentDuDossier,
    Lot,
    PieceDemandee,
    Plateforme,
)
from droit.achat import lire as lire_l_achat
from droit.en_vigueur import Droit
from droit.regime import Alternative, Proposition
from droit.tribunaux import competent
from formats.dates import PARIS
from formats.nomenclatures import nuts

_SIRET = re.compile(r"\b\d{14}\b")


@lu_ensemble
def preparation_de(consultations: Sequence[Consultation]) -> dict[int, Preparation]:
    """La préparation de la consultation ; neuve et non gardée si personne n'a encore répondu."""
    lues = {une.consultation_id: une for une in _gardees([une.pk for une in consultations])}
    return {une.pk: lues.get(une.pk) or Preparation(consultation=une) for une in consultations}


@prete
def _gardees(consultations: list[int]) -> QuerySet[Preparation]:
    return Preparation.objects.filter(consultation__in=consultations).order_by("-pk")


def est_preparee(consultation: Consultation) -> bool:
    """Née des questions ;
    sinon, seuls son nom, ses dates, ses lots et ses documents sont connus.
    """
    return preparation_de(consultation).pk is not None


@lu_une_fois
def reponses_de(preparation: Preparation) -> Reponses:
    return lire(preparation.reponses)


def jour_de_reference(preparation: Preparation, le: datetime) -> date:
    """La date qui choisit les valeurs :
    l'envoi prévu de l'avis, sinon aujourd'hui (une date gelée ne bouge plus).
    """
    if preparation.date_de_reference:
        return preparation.date_de_reference
    aujourdhui = le.astimezone(PARIS).date()
    calendrier = reponses_de(preparation).calendrier
    return max(calendrier.envoi_de_l_avis, aujourdhui) if calendrier else aujourdhui


@lu_une_fois
def choix_de(preparation: Preparation) -> dict[str, ChoixMotive]:
    """Le dernier choix motivé de chaque clé."""
    if preparation.pk is None:
        return {}
    retenus: dict[str, ChoixMotive] = {}
    for choix in _choix(preparation):
        retenus.setdefault(choix.cle, choix)
    return retenus


@prete
def _choix(preparation: Preparation) -> QuerySet[ChoixMotive]:
    return preparation.choix.select_related("par")


@lu_une_fois
def proposition_de(preparation: Preparation, *, jour: date) -> Proposition | None:
    """Ce que le droit propose, la procédure déjà choisie prise en compte pour le reste."""
    choisie = choix_de(preparation).get("procedure")
    return regles_de_procedure.proposition(
        reponses_de(preparation),
        jour=jour,
        collectivite_territoriale=True,
        choisie=choisie.valeurs[0] if choisie else "",
    )


def voies(preparation: Preparation, cle: str, *, jour: date) -> Sequence[Alternative]:
    """Ce que l'on peut choisir à la place, pour cette clé :
    la proposition d'abord, pour y revenir.
    """
    proposition = proposition_de(preparation, jour=jour)
    choix = (
        next((choix for choix in proposition.choix if choix.cle == cle), None)
        if proposition
        else None
    )
    if choix is None or not choix.pourquoi:
        return ()
    propre = Alternative(
        valeurs=choix.valeurs, libelle=choix.libelle, consequence=choix.pourquoi[0]
    )
    return (propre, *choix.alternatives)


def procedure_retenue(preparation: Preparation, *, jour: date) -> str:
    choisie = choix_de(preparation).get("procedure")
    nature = reponses_de(preparation).nature
    return regles_de_procedure.procedure_retenue(
        proposition_de(preparation, jour=jour),
        choisie=choisie.valeurs[0] if choisie else "",
        contrat=nature.contrat if nature else "marché",
    )


@lu_une_fois
def achat_de(consultation: Consultation, *, le: datetime) -> Achat:
    """L'achat : celui qui a été gelé à la publication,
    sinon celui que les réponses composent aujourd'hui.
    """
    preparation = preparation_de(consultation)
    if preparation.achat_gele:
        return lire_l_achat(preparation.achat_gele)
    faits = faits_de(consultation, preparation, jour=jour_de_reference(preparation, le))
    return composer(faits, reponses_de(preparation))


@lu_une_fois
def faits_de(
    consultation: Consultation, preparation: Preparation, *, jour: date
) -> FaitsDeLaConsultation:
    return FaitsDeLaConsultation(
        reference=consultation.reference,
        titre=consultation.titre,
        objet=consultation.objet,
        lieu=consultation.lieu,
        code_cpv=consultation.code_cpv,
        nature=consultation.nature,
        procedure=consultation.type_de_procedure,
        acheteur=acheteur(consultation.organisme, jour=jour),
        plateforme=plateforme(consultation),
        limite=consultation.date_limite_remise,
        derniere_question=consultation.date_limite_questions,
        adresse_de_remise=consultation.adresse_de_remise,
        lots=_lots(consultation),
        pieces=_pieces(consultation),
        documents=documents_du_dossier(consultation),
        supports=_supports(preparation, jour=jour),
        membres=_membres_du_groupement(consultation, preparation, jour=jour),
    )


def documents_du_dossier(consultation: Consultation) -> tuple[DocumentDuDossier, ...]:
    return tuple(
        DocumentDuDossier(
            nom=piece.nom,
            intitule=piece.intitule,
            sorte=piece.sorte,
            version=piece.version,
            taille=piece.taille,
        )
        for piece in consultations.pieces_du_dossier(consultation)
    )


def _membres_du_groupement(
    consultation: Consultation, preparation: Preparation, *, jour: date
) -> tuple[Acheteur, ...]:
    """Ceux que la réponse nomme avec leur SIRET et qui sont ici, dans son ordre ;
    l'acheteur lui-même n'en est pas.
    """
    particularites = reponses_de(preparation).particularites
    groupement = particularites.groupement_de_commandes if particularites else None
    if groupement is None:
        return ()
    sirets = _SIRET.findall(" ".join((*groupement.membres, groupement.coordonnateur)))
    trouves = {
        o.siret: o
        for o in Organisme.objects.filter(siret__in=sirets).exclude(pk=consultation.organisme_id)
    }
    return tuple(
        acheteur(trouves[siret], jour=jour) for siret in dict.fromkeys(sirets) if siret in trouves
    )


def _lots(consultation: Consultation) -> tuple[Lot, ...]:
    return tuple(
        Lot(numero=lot.numero, intitule=lot.intitule, code_cpv=lot.code_cpv)
        for lot in consultations.lots_de(consultation)
    )


def allotissement_de(consultation: Consultation, preparation: Preparation) -> Allotissement:
    """Les lots de la consultation, avec ce que la réponse en dit."""
    return allotissement_a_jour(_lots(consultation), reponses_de(preparation).allotissement)


def lot_de(consultation: Consultation, preparation: Preparation, numero: int) -> Lot:
    lot = next(
        (lot for lot in allotissement_de(consultation, preparation).lots if lot.numero == numero),
        None,
    )
    if lot is None:
        raise Introuvable()
    return lot


def acheteur(organisme: Organisme, *, jour: date) -> Acheteur:
    """L'organisme, et le tribunal de son département :
    un code de commune commence comme un code postal.
    """
    tribunal = competent(Droit.au(jour), organisme.code_commune)
    return Acheteur(
        nom=organisme.nom,
        siret=organisme.siret,
        adresse=organisme.adresse,
        code_postal=organisme.code_postal,
        ville=organisme.ville,
        code_nuts=nuts.du_code(organisme.code_commune) or nuts.du_code(organisme.code_postal),
        courriel=organisme.courriel,
        telephone=organisme.telephone,
        contact_donnees_personnelles=organisme.contact_donnees_personnelles,
        service_chorus=organisme.service_chorus,
        tribunal=tribunal.nom if tribunal else "",
    )


def plateforme(consultation: Consultation) -> Plateforme:
    limites, service = limites_de_depot(), exploitant.service()
    return Plateforme(
        nom=service["nom"],
        adresse=settings.ADRESSE_PUBLIQUE,
        adresse_de_la_consultation=lien_vers("consultations:fiche", consultation.reference),
        taille_maximale_d_une_reponse=limites.octets_par_reponse,
        taille_maximale_d_un_fichier=limites.octets_par_fichier,
        fichiers_maximum=limites.fichiers_par_reponse,
        adresse_d_aide=lien_vers("portail:aide"),
        telephone_d_aide=service["telephone"],
        exploitant=str(service["exploitant"]),
        horaires_d_aide=service["horaires"],
        signataire_des_cles=cle.identite_qui_signe if (cle := consultation.cle_offre) else "",
    )


def _pieces(consultation: Consultation) -> tuple[PieceDemandee, ...]:
    return tuple(
        PieceDemandee(
            intitule=piece.intitule,
            enveloppe="candidature" if piece.enveloppe == "candidature" else "offre",
            lot=piece.lot.numero if piece.lot else None,
            formats=tuple(
                extension.strip() for extension in piece.formats.split(",") if extension.strip()
            ),
        )
        for piece in consultations.pieces_attendues_de(consultation)
    )


def _supports(preparation: Preparation, *, jour: date) -> tuple[str, ...]:
    choisis = choix_de(preparation).get("publicite")
    if choisis:
        return tuple(choisis.valeurs)
    proposition = proposition_de(preparation, jour=jour)
    return proposition.publicite.valeurs if proposition else ()

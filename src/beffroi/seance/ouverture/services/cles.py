"""Les clés de la séance : ce qui se passe avant la première enveloppe, et après une panne."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from beffroi.achat.consultations.models import Consultation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.coffre.coffre import coffre
from beffroi.seance.ouverture import queries, rules
from beffroi.seance.ouverture.models import OuverturePli, Participant, Seance
from beffroi.seance.ouverture.services import code
from beffroi.seance.ouverture.services.clairs import effacer_les_clairs
from beffroi.seance.ouverture.services.dernieres import (
    accueillir_les_dernieres,
    noter_la_cloture_avant_d_ouvrir,
)
from beffroi.seance.ouverture.services.table import (
    exiger_la_presidence,
    noter,
    noter_incident,
    place_a_table,
    presences,
)
from beffroi.seance.ouverture.states import EtatDeSeance
from beffroi.socle.fondations.erreurs import RegleEnfreinte, RoleManquant, exiger
from beffroi.socle.fondations.pannes import point_de_panne
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import PLATEFORME, Acteur
from beffroi.socle.journal.franchissement import franchir


@transaction.atomic
def confirmer_le_code(
    *, seance: Seance, par: Utilisateur, identique: bool, maintenant: datetime
) -> Participant:
    """La personne a lu le même code sur les deux écrans ;
    elle a d'abord déclaré n'avoir aucun lien.
    """
    if identique and place_a_table(seance, par).sans_conflit_le is None:
        raise RegleEnfreinte("Déclarez d'abord que vous n'avez aucun lien avec les entreprises.")
    if identique:
        exiger_de_pouvoir_ouvrir(seance, par, maintenant=maintenant)
    place: Participant = code.confirmer_le_code(
        seance=seance, par=par, identique=identique, maintenant=maintenant
    )
    return place


@transaction.atomic
def remettre_sa_part(
    *, seance: Seance, parts: Mapping[str, str], par: Utilisateur, maintenant: datetime
) -> Participant:
    """La personne tourne sa clé :
    ses parts des deux clés, scellées de nouveau pour le navigateur de la présidence.
    """
    exiger_de_pouvoir_ouvrir(seance, par, maintenant=maintenant)
    attendues = set(queries.parts_de(seance, par))
    place: Participant = code.recevoir_les_parts(
        seance=seance, parts=parts, attendues=attendues, par=par, maintenant=maintenant
    )
    noter(
        "cle.part_remise",
        seance=seance,
        par=par.acteur,
        le=maintenant,
        donnees={"sortes": sorted(parts)},
    )
    return place


@transaction.atomic
def tourner_les_cles(
    *,
    seance: Seance,
    graines: Mapping[str, bytes],
    avec_sa_part: bool,
    capacite: str,
    par: Utilisateur,
    maintenant: datetime,
) -> Seance:
    """Remet au coffre les clés reconstituées.
    Deux personnes ont confirmé, quelle que soit la politique (REQ-90).

    Le nombre de réponses à temps s'engage d'abord, d'une écriture à lui :
    la clôture et l'entrée en séance sont deux actes.
    """
    exiger_la_presidence(seance, par)
    seance = noter_la_cloture_avant_d_ouvrir(seance, maintenant=maintenant)
    tient_une_part = bool(queries.parts_de(seance, par))
    code.presenter_la_presidence(
        seance=seance, par=par, avec_sa_part=avec_sa_part and tient_une_part, maintenant=maintenant
    )
    autour = presences(seance, parmi=queries.peuvent_ouvrir(seance, le=maintenant))
    exiger(rules.deux_personnes_confirment(autour))
    exiger(rules.assez_de_cles(autour, seuil=queries.seuil_de(seance)))
    seance = accueillir_les_dernieres(seance=seance, maintenant=maintenant)
    porteurs = [p for p in seance.participants.all() if p.cle_tournee_le]
    seance = franchir(
        seance,
        "tourner_les_cles",
        par=par.acteur,
        le=maintenant,
        donnees={"reprise": seance.ouverte_le is not None},
        ouverte_le=seance.ouverte_le or maintenant,
        cle_ephemere="",
        tours_de_cle=[*seance.tours_de_cle, *(tour_de_cle(porteur) for porteur in porteurs)],
    )
    if seance.consultation.etat != Consultation.Etat.EN_OUVERTURE:
        franchir(seance.consultation, "entrer_en_seance", par=par.acteur, le=maintenant)
    ranger_les_graines(
        seance,
        graines=graines,
        capacite=capacite,
        porteurs=[p.nom for p in porteurs],
        par=par.acteur,
        le=maintenant,
    )
    seance.participants.update(part_rescellee={})
    point_de_panne("ouverture.avant_validation_des_cles")
    transaction.on_commit(lambda: point_de_panne("ouverture.apres_validation_des_cles"))
    return seance


def exiger_de_pouvoir_ouvrir(
    seance: Seance, personne: Utilisateur, *, maintenant: datetime
) -> None:
    """La place et la part datent de la préparation ;
    le rôle a pu être retiré depuis (CCP, art. R. 2132-9).
    """
    if place_a_table(seance, personne).ouvre and personne.pk not in queries.peuvent_ouvrir(
        seance, le=maintenant
    ):
        raise RoleManquant("Vous n'êtes plus une des personnes qui ouvrent cette consultation.")


def tour_de_cle(porteur: Participant) -> dict[str, str]:
    """Qui a tourné sa clé, et quand : cela va au procès-verbal, même après une suspension."""
    le = porteur.cle_tournee_le.isoformat() if porteur.cle_tournee_le else ""
    return {"nom": porteur.nom, "qualite": porteur.qualite, "le": le}


def ranger_les_graines(
    seance: Seance,
    *,
    graines: Mapping[str, bytes],
    capacite: str,
    porteurs: list[str],
    par: Acteur,
    le: datetime,
) -> None:
    """Chaque clé reconstituée est comparée à l'empreinte publiée avant de servir."""
    for sorte, paire in seance.paires_de_cles.items():
        if sorte not in graines:
            raise RegleEnfreinte(f"Il manque la clé des enveloppes « {sorte} ». Recommencez.")
        coffre().ranger(seance.reference, sorte, graines[sorte], paire.empreinte, capacite)
        donnees = {
            "paire": paire.reference,
            "empreinte": paire.empreinte,
            "sorte": sorte,
            "porteurs": porteurs,
        }
        noter("cle.reconstituee", seance=seance, par=par, le=le, donnees=donnees)


@transaction.atomic
def suspendre(*, seance: Seance, raison: str, par: Utilisateur, maintenant: datetime) -> Seance:
    """Suspend la séance : le coffre se vide, les clés seront à tourner de nouveau."""
    exiger_la_presidence(seance, par)
    return _suspendre(
        seance, raison.strip() or "Suspension demandée par la présidence.", par.acteur, maintenant
    )


@transaction.atomic
def constater_la_perte_des_cles(*, seance: Seance, maintenant: datetime) -> Seance:
    """Après une panne, le coffre est vide : la séance est suspendue, à la même enveloppe."""
    seance = verrouiller(seance)
    if seance.etat != EtatDeSeance.OUVERTE or queries.cles_en_memoire(seance):
        return seance
    return _suspendre(
        seance,
        "Les clés ne sont plus en mémoire, après un arrêt du service.",
        PLATEFORME,
        maintenant,
    )


def _suspendre(seance: Seance, raison: str, par: Acteur, maintenant: datetime) -> Seance:
    coffre().vider(seance.reference)
    seance.participants.exclude(utilisateur=None).update(**code.code_a_refaire())
    rendre_les_enveloppes(seance)
    return franchir(
        seance,
        "suspendre",
        par=par,
        le=maintenant,
        donnees={"raison": raison},
        cle_ephemere="",
        incidents=noter_incident(seance, raison, le=maintenant),
    )


def rendre_les_enveloppes(seance: Seance) -> None:
    """Sans clé, aucune ouverture commencée n'aboutira :
    l'enveloppe se reprend sans attendre la fin de son bail.

    Changer l'essai écarte le constat d'un descellement qui finirait malgré tout.
    """
    en_cours = seance.ouvertures.filter(etat=OuverturePli.Etat.EN_COURS)
    for ouverture in en_cours.select_related("pli__consultation__organisme", "enveloppe"):
        effacer_les_clairs(ouverture, ouverture.essai)
    en_cours.update(etat=OuverturePli.Etat.SCELLEE, essai="", bail_jusqu_a=None)

"""Le code à deux, les parts, les clés : ce qui se passe avant la première enveloppe, et après une panne."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from beffroi.coffre.coffre import coffre
from beffroi.comptes.models import Utilisateur
from beffroi.consultations.models import Consultation
from beffroi.journal.acteurs import PLATEFORME, Acteur
from beffroi.journal.franchissement import franchir
from beffroi.ouverture import queries, rules
from beffroi.ouverture.models import OuverturePli, Participant, Seance
from beffroi.ouverture.services.clairs import effacer_les_clairs
from beffroi.ouverture.services.preparation import code_a_refaire
from beffroi.ouverture.services.table import (
    exiger_etat,
    exiger_la_presidence,
    noter,
    noter_incident,
    place_a_table,
    presences,
)
from beffroi.ouverture.states import EtatDeSeance
from beffroi.socle.erreurs import ConflitEtat, RegleEnfreinte, RoleManquant, exiger
from beffroi.socle.pannes import point_de_panne
from beffroi.socle.verrous import verrouiller

A_TOURNER = (EtatDeSeance.CLES_EN_COURS, EtatDeSeance.SUSPENDUE)


@transaction.atomic
def engager_les_codes(
    *, seance: Seance, cle_ephemere: str, engagements: Mapping[str, str], par: Utilisateur, maintenant: datetime
) -> Seance:
    """La présidence annonce la clé de son navigateur, et engage un aléa pour chaque personne.

    Une nouvelle clé éphémère annule les codes et les parts de la précédente.
    """
    seance = verrouiller(seance)
    exiger_la_presidence(seance, par)
    exiger_etat(seance, *A_TOURNER)
    if seance.cle_ephemere != cle_ephemere:
        seance.cle_ephemere = cle_ephemere
        seance.save(update_fields=["cle_ephemere"])
        for place in seance.participants.exclude(utilisateur=None):
            Participant.objects.filter(pk=place.pk).update(**code_a_refaire(place))
        noter("seance.cle_ephemere", seance=seance, par=par.acteur, le=maintenant, donnees={"cle": cle_ephemere})
    for reference, engagement in engagements.items():
        seance.participants.filter(utilisateur__reference=reference, engagement_du_code="").update(
            engagement_du_code=engagement
        )
    return seance


@transaction.atomic
def donner_son_alea(*, seance: Seance, alea: str, par: Utilisateur) -> Participant:
    """La personne donne son aléa, après l'engagement de la présidence et avant sa révélation."""
    place = place_a_table(seance, par)
    if not place.engagement_du_code:
        raise ConflitEtat("La présidence n'a pas encore engagé le code. Attendez un instant.")
    if place.alea_du_code and place.alea_du_code != alea:
        raise ConflitEtat("Le code est déjà engagé avec cet appareil. Rejoignez de nouveau la séance.")
    place.alea_du_code = alea
    place.save(update_fields=["alea_du_code"])
    return place


@transaction.atomic
def reveler_les_aleas(*, seance: Seance, aleas: Mapping[str, str], par: Utilisateur) -> None:
    """La présidence révèle ses aléas ; jamais avant d'avoir reçu celui de la personne."""
    seance = verrouiller(seance)
    exiger_la_presidence(seance, par)
    for reference, alea in aleas.items():
        seance.participants.filter(utilisateur__reference=reference, alea_de_la_presidence="").exclude(
            alea_du_code=""
        ).update(alea_de_la_presidence=alea)


@transaction.atomic
def confirmer_le_code(*, seance: Seance, par: Utilisateur, identique: bool, maintenant: datetime) -> Participant:
    """La personne a lu le même code sur les deux écrans, ou dit qu'il diffère : alors rien ne s'ouvre."""
    seance = verrouiller(seance)
    exiger_etat(seance, *A_TOURNER)
    place = place_a_table(seance, par)
    if not identique:
        seance.incidents = noter_incident(seance, f"{place.nom} a lu un code différent.", le=maintenant)
        seance.save(update_fields=["incidents"])
        Participant.objects.filter(pk=place.pk).update(**code_a_refaire(place))
        noter("seance.code_different", seance=seance, par=par.acteur, le=maintenant)
        place.refresh_from_db()
        return place
    if not place.alea_de_la_presidence:
        raise ConflitEtat("Le code n'est pas encore composé. Attendez qu'il s'affiche.")
    if place.sans_conflit_le is None:
        raise RegleEnfreinte("Déclarez d'abord que vous n'avez aucun lien avec les entreprises.")
    if place.confirme_le is None:
        place.confirme_le = maintenant
        place.save(update_fields=["confirme_le"])
        noter("seance.code_confirme", seance=seance, par=par.acteur, le=maintenant)
    return place


@transaction.atomic
def refaire_le_code(*, seance: Seance, par: Utilisateur) -> Participant:
    """La page de la personne a été rechargée : son aléa est perdu, le code recommence."""
    seance = verrouiller(seance)
    exiger_etat(seance, *A_TOURNER)
    place = place_a_table(seance, par)
    Participant.objects.filter(pk=place.pk).update(**code_a_refaire(place))
    place.refresh_from_db()
    return place


@transaction.atomic
def remettre_sa_part(
    *, seance: Seance, parts: Mapping[str, str], par: Utilisateur, maintenant: datetime
) -> Participant:
    """La personne tourne sa clé : sa part, scellée de nouveau pour le seul navigateur de la présidence."""
    seance = verrouiller(seance)
    exiger_etat(seance, *A_TOURNER)
    place = place_a_table(seance, par)
    if place.confirme_le is None:
        raise RegleEnfreinte("Confirmez d'abord le code affiché sur les deux écrans.")
    attendues = set(queries.parts_de(seance, par))
    if not attendues:
        raise RoleManquant("Vous n'avez pas de part de ces clés.")
    if set(parts) != attendues:
        raise RegleEnfreinte("Il faut une part pour chaque clé de la consultation. Recommencez.")
    place.part_rescellee = dict(parts)
    place.cle_tournee_le = maintenant
    place.save(update_fields=["part_rescellee", "cle_tournee_le"])
    noter("cle.part_remise", seance=seance, par=par.acteur, le=maintenant, donnees={"sortes": sorted(parts)})
    return place


@transaction.atomic
def tourner_les_cles(
    *, seance: Seance, graines: Mapping[str, bytes], avec_sa_part: bool, par: Utilisateur, maintenant: datetime
) -> Seance:
    """Remet au coffre les clés reconstituées. Deux personnes ont confirmé, quelle que soit la politique (REQ-90)."""
    exiger_la_presidence(seance, par)
    consultation = seance.consultation
    place = place_a_table(seance, par)
    place.confirme_le = maintenant
    if avec_sa_part and queries.parts_de(seance, par):
        place.cle_tournee_le = maintenant
    place.save(update_fields=["confirme_le", "cle_tournee_le"])
    exiger(rules.peut_s_ouvrir(date_limite=consultation.limite, maintenant=maintenant))
    autour = presences(seance)
    exiger(rules.deux_personnes_confirment(autour))
    exiger(rules.assez_de_cles(autour, seuil=queries.seuil_de(seance)))
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
    if consultation.etat != Consultation.Etat.EN_OUVERTURE:
        franchir(consultation, "entrer_en_seance", par=par.acteur, le=maintenant)
    ranger_les_graines(seance, graines=graines, porteurs=[p.nom for p in porteurs], par=par.acteur, le=maintenant)
    seance.participants.update(part_rescellee={})
    point_de_panne("ouverture.avant_validation_des_cles")
    transaction.on_commit(lambda: point_de_panne("ouverture.apres_validation_des_cles"))
    return seance


def tour_de_cle(porteur: Participant) -> dict[str, str]:
    """Qui a tourné sa clé, et quand : cela va au procès-verbal, même après une suspension."""
    le = porteur.cle_tournee_le.isoformat() if porteur.cle_tournee_le else ""
    return {"nom": porteur.nom, "qualite": porteur.qualite, "le": le}


def ranger_les_graines(
    seance: Seance, *, graines: Mapping[str, bytes], porteurs: list[str], par: Acteur, le: datetime
) -> None:
    """Chaque clé reconstituée est comparée à l'empreinte publiée avant de servir."""
    for sorte, paire in seance.consultation.paires_de_cles.items():
        if sorte not in graines:
            raise RegleEnfreinte(f"Il manque la clé des enveloppes « {sorte} ». Recommencez.")
        coffre().ranger(seance.reference, sorte, graines[sorte], paire.empreinte)
        donnees = {"paire": paire.reference, "empreinte": paire.empreinte, "sorte": sorte, "porteurs": porteurs}
        noter("cle.reconstituee", seance=seance, par=par, le=le, donnees=donnees)


@transaction.atomic
def suspendre(*, seance: Seance, raison: str, par: Utilisateur, maintenant: datetime) -> Seance:
    """Suspend la séance : le coffre se vide, les clés seront à tourner de nouveau."""
    exiger_la_presidence(seance, par)
    return _suspendre(seance, raison.strip() or "Suspension demandée par la présidence.", par.acteur, maintenant)


@transaction.atomic
def constater_la_perte_des_cles(*, seance: Seance, maintenant: datetime) -> Seance:
    """Après une panne, le coffre est vide : la séance est suspendue, à la même enveloppe."""
    seance = verrouiller(seance)
    if seance.etat != EtatDeSeance.OUVERTE or queries.cles_en_memoire(seance):
        return seance
    return _suspendre(seance, "Les clés ne sont plus en mémoire, après un arrêt du service.", PLATEFORME, maintenant)


def _suspendre(seance: Seance, raison: str, par: Acteur, maintenant: datetime) -> Seance:
    coffre().vider(seance.reference)
    seance = franchir(
        seance,
        "suspendre",
        par=par,
        le=maintenant,
        donnees={"raison": raison},
        cle_ephemere="",
        incidents=noter_incident(seance, raison, le=maintenant),
    )
    for place in seance.participants.exclude(utilisateur=None):
        Participant.objects.filter(pk=place.pk).update(**code_a_refaire(place))
    rendre_les_enveloppes(seance)
    return seance


def rendre_les_enveloppes(seance: Seance) -> None:
    """Sans clé, aucune ouverture commencée n'aboutira : l'enveloppe se reprend sans attendre la fin de son bail.

    Changer l'essai écarte le constat d'un descellement qui finirait malgré tout.
    """
    en_cours = seance.ouvertures.filter(etat=OuverturePli.Etat.EN_COURS)
    for ouverture in en_cours.select_related("pli__consultation__organisme", "enveloppe"):
        effacer_les_clairs(ouverture, ouverture.essai)
    en_cours.update(etat=OuverturePli.Etat.SCELLEE, essai="", bail_jusqu_a=None)

"""Le code à deux et les parts remises, à la table d'une séance ou de sa répétition."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.ouverture.services.table import (
    exiger_etat,
    exiger_la_presidence,
    noter,
    noter_incident,
    place_a_table,
)
from beffroi.seance.ouverture.tables import PlaceATable, TableDeCles
from beffroi.socle.fondations.erreurs import ConflitEtat, RegleEnfreinte, RoleManquant
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur


def code_a_refaire() -> dict[str, object]:
    """Un autre appareil, une autre clé : le code et la part ne valent plus."""
    return {
        "engagement_du_code": "",
        "alea_du_code": "",
        "alea_de_la_presidence": "",
        "confirme_le": None,
        "part_rescellee": {},
        "cle_tournee_le": None,
    }


def asseoir[Place: PlaceATable](
    seance: TableDeCles, place: Place, *, appareil: str, par: Acteur, maintenant: datetime
) -> Place:
    """Assoit la personne depuis cet appareil ; d'un autre, son code est à refaire."""
    if place.connecte_le is not None and place.appareil == appareil:
        return place
    seance.participants.filter(pk=place.pk).update(
        appareil=appareil, connecte_le=maintenant, **code_a_refaire()
    )
    geste = f"{seance.PREFIXE_AU_JOURNAL}.arrivee"
    noter(geste, seance=seance, par=par, le=maintenant, donnees={"ouvre": place.ouvre})
    place.refresh_from_db()
    return place


@transaction.atomic
def engager_les_codes(
    *,
    seance: TableDeCles,
    cle_ephemere: str,
    engagements: Mapping[str, str],
    par: Utilisateur,
    maintenant: datetime,
) -> TableDeCles:
    """La présidence annonce la clé de son navigateur, et engage un aléa pour chaque personne.

    Une nouvelle clé éphémère annule les codes et les parts de la précédente.
    """
    seance = verrouiller(seance)
    exiger_la_presidence(seance, par)
    exiger_etat(seance, *seance.A_TOURNER)
    if seance.cle_ephemere != cle_ephemere:
        seance.cle_ephemere = cle_ephemere
        seance.save(update_fields=["cle_ephemere"])
        seance.participants.exclude(utilisateur=None).update(**code_a_refaire())
        geste = f"{seance.PREFIXE_AU_JOURNAL}.cle_ephemere"
        noter(geste, seance=seance, par=par.acteur, le=maintenant, donnees={"cle": cle_ephemere})
    for reference, engagement in engagements.items():
        seance.participants.filter(utilisateur__reference=reference, engagement_du_code="").update(
            engagement_du_code=engagement
        )
    return seance


@transaction.atomic
def donner_son_alea(*, seance: TableDeCles, alea: str, par: Utilisateur) -> Any:
    """La personne donne son aléa, après l'engagement de la présidence et avant sa révélation."""
    place = place_a_table(seance, par)
    if not place.engagement_du_code:
        raise ConflitEtat("La présidence n'a pas encore engagé le code. Attendez un instant.")
    if place.alea_du_code and place.alea_du_code != alea:
        raise ConflitEtat(
            "Le code est déjà engagé avec cet appareil. Rejoignez de nouveau la séance."
        )
    place.alea_du_code = alea
    place.save(update_fields=["alea_du_code"])
    return place


@transaction.atomic
def reveler_les_aleas(*, seance: TableDeCles, aleas: Mapping[str, str], par: Utilisateur) -> None:
    """La présidence révèle ses aléas ; jamais avant d'avoir reçu celui de la personne."""
    seance = verrouiller(seance)
    exiger_la_presidence(seance, par)
    for reference, alea in aleas.items():
        seance.participants.filter(
            utilisateur__reference=reference, alea_de_la_presidence=""
        ).exclude(alea_du_code="").update(alea_de_la_presidence=alea)


@transaction.atomic
def confirmer_le_code(
    *, seance: TableDeCles, par: Utilisateur, identique: bool, maintenant: datetime
) -> Any:
    """La personne a lu le même code sur les deux écrans, ou dit qu'il
    diffère : alors rien ne s'ouvre.
    """
    seance = verrouiller(seance)
    exiger_etat(seance, *seance.A_TOURNER)
    place = place_a_table(seance, par)
    if not identique:
        seance.incidents = noter_incident(
            seance, f"{place.nom} a lu un code différent.", le=maintenant
        )
        seance.save(update_fields=["incidents"])
        seance.participants.filter(pk=place.pk).update(**code_a_refaire())
        noter(
            f"{seance.PREFIXE_AU_JOURNAL}.code_different",
            seance=seance,
            par=par.acteur,
            le=maintenant,
        )
        place.refresh_from_db()
        return place
    if not place.alea_de_la_presidence:
        raise ConflitEtat("Le code n'est pas encore composé. Attendez qu'il s'affiche.")
    if place.confirme_le is None:
        place.confirme_le = maintenant
        place.save(update_fields=["confirme_le"])
        noter(
            f"{seance.PREFIXE_AU_JOURNAL}.code_confirme",
            seance=seance,
            par=par.acteur,
            le=maintenant,
        )
    return place


@transaction.atomic
def refaire_le_code(*, seance: TableDeCles, par: Utilisateur, maintenant: datetime) -> Any:
    """La page de la personne a été rechargée : son aléa est perdu, le code recommence.

    Ce qu'elle avait confirmé ou remis ne vaut plus : le journal le sait.
    """
    seance = verrouiller(seance)
    exiger_etat(seance, *seance.A_TOURNER)
    place = place_a_table(seance, par)
    seance.participants.filter(pk=place.pk).update(**code_a_refaire())
    geste = f"{seance.PREFIXE_AU_JOURNAL}.code_refait"
    noter(geste, seance=seance, par=par.acteur, le=maintenant)
    place.refresh_from_db()
    return place


def recevoir_les_parts(
    *,
    seance: TableDeCles,
    parts: Mapping[str, str],
    attendues: set[str],
    par: Utilisateur,
    maintenant: datetime,
) -> Any:
    """Garde les parts d'une personne,
    scellées pour le seul navigateur de la présidence, le temps de les combiner.
    """
    seance = verrouiller(seance)
    exiger_etat(seance, *seance.A_TOURNER)
    place = place_a_table(seance, par)
    if place.confirme_le is None:
        raise RegleEnfreinte("Confirmez d'abord le code affiché sur les deux écrans.")
    if not attendues:
        raise RoleManquant("Vous n'avez pas de part de ces clés.")
    if set(parts) != attendues:
        raise RegleEnfreinte("Il faut une part pour chaque clé de la consultation. Recommencez.")
    place.part_rescellee = dict(parts)
    place.cle_tournee_le = maintenant
    place.save(update_fields=["part_rescellee", "cle_tournee_le"])
    return place


def presenter_la_presidence(
    *, seance: TableDeCles, par: Utilisateur, avec_sa_part: bool, maintenant: datetime
) -> None:
    """La présidence ouvre : elle confirme le code, et tourne sa propre clé si elle en a une."""
    place = place_a_table(seance, par)
    place.confirme_le = maintenant
    if avec_sa_part:
        place.cle_tournee_le = maintenant
    place.save(update_fields=["confirme_le", "cle_tournee_le"])

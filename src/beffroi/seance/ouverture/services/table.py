"""Ce que tous les actes de la séance, ou de sa répétition, vérifient :
qui est à la table, et qui préside.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.seance.ouverture.rules import FaitsDePresence
from beffroi.seance.ouverture.tables import TableDeCles
from beffroi.socle.fondations.erreurs import ConflitEtat, RoleManquant
from beffroi.socle.fondations.verrous import verrouiller
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser


def noter(
    acte: str,
    *,
    seance: TableDeCles,
    par: Acteur,
    le: datetime,
    donnees: Mapping[str, Any] | None = None,
) -> int:
    """Inscrit un geste de la séance au journal ; rend le numéro de l'écriture."""
    ecriture = journaliser(
        acte,
        sujet=seance.reference,
        organisme=seance.organisme_du_journal,
        par=par,
        le=le,
        donnees={"consultation": seance.consultation.reference, **(donnees or {})},
    )
    return ecriture.numero


def place_a_table(seance: TableDeCles, utilisateur: Utilisateur) -> Any:
    """La place de la personne, verrouillée ; elle a rejoint la séance."""
    place = seance.participants.filter(utilisateur=utilisateur).first()
    if place is None or place.connecte_le is None:
        raise RoleManquant("Rejoignez d'abord la séance.")
    return verrouiller(place)


def exiger_la_presidence(seance: TableDeCles, utilisateur: Utilisateur) -> None:
    if seance.presidee_par_id != utilisateur.pk:
        raise RoleManquant(
            f"Seule la présidence de la séance peut le faire : {seance.presidee_par}."
        )


def exiger_etat(seance: TableDeCles, *etats: str) -> None:
    if seance.etat not in etats:
        raise ConflitEtat(
            f"La séance est maintenant « {seance.get_etat_display()} ». Rechargez la page."
        )


def presences(
    seance: TableDeCles, *, parmi: Collection[int] | None = None
) -> list[FaitsDePresence]:
    """Les faits que les règles regardent,
    pour chaque personne qui a un compte, ou celles-là seulement.
    """
    return [
        FaitsDePresence(
            nom=place.nom,
            ouvre=place.ouvre,
            appareil=place.appareil,
            sans_conflit=place.a_declare,
            code_confirme=place.confirme_le is not None,
            cle_tournee=place.cle_tournee_le is not None,
        )
        for place in seance.participants.exclude(utilisateur=None)
        if parmi is None or place.utilisateur_id in parmi
    ]


def noter_incident(seance: TableDeCles, texte: str, *, le: datetime) -> list[dict[str, str]]:
    """La liste des incidents, augmentée de celui-ci : elle va au procès-verbal."""
    return [*seance.incidents, {"le": le.isoformat(), "texte": texte}]

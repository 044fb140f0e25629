"""Lire un procès-verbal : celui de la plateforme, ceux qu'on a signés, et qui manque."""

from dataclasses import dataclass
from datetime import datetime

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.permissions import exiger_role
from beffroi.personnes.organismes.queries import habilitation_dans
from beffroi.seance.ouverture import queries as ouverture
from beffroi.seance.ouverture.models import Seance
from beffroi.seance.ouverture.queries import places_de
from beffroi.seance.proces_verbaux.models import ProcesVerbal
from beffroi.seance.proces_verbaux.permissions import ACTES
from beffroi.socle.guichet.lecture import lu_une_fois


@dataclass(frozen=True)
class Signature:
    """Une personne attendue au bas du procès-verbal,
    et le jour où un document signé d'elle a été déposé.
    """

    nom: str
    le: datetime | None


def seance_a_signer_pour(utilisateur: Utilisateur, reference: str, *, le: datetime) -> Seance:
    """La séance, pour qui dépose le procès-verbal signé :
    l'acheteur seul, un gardien n'en est pas.
    """
    seance = ouverture.seance_nommee(reference)
    exiger_role(
        habilitation_dans(utilisateur, seance.consultation.organisme, le),
        "signer_le_proces_verbal",
        ACTES,
    )
    return seance


@lu_une_fois
def proces_verbal_de(seance: Seance) -> ProcesVerbal | None:
    """Le procès-verbal scellé d'une séance close, s'il existe."""
    return ProcesVerbal.objects.filter(seance=seance).prefetch_related("signes").first()


@lu_une_fois
def noms_a_table(seance: Seance) -> list[str]:
    return [place.nom for place in places_de(seance) if place.connecte_le is not None]


def signataires_attendus(seance: Seance) -> list[str]:
    """Les personnes à la table, puis les membres de la commission qui n'y sont pas déjà."""
    presents = noms_a_table(seance)
    siege = seance.commission.get("titulaires_presents", []) + seance.commission.get(
        "suppleants_presents", []
    )
    return list(dict.fromkeys([*presents, *(nom.partition(",")[0].strip() for nom in siege)]))


def signatures(seance: Seance) -> list[Signature]:
    """Qui a signé, et qui manque."""
    scelle = proces_verbal_de(seance)
    deposes = list(scelle.signes.all()) if scelle else []
    return [
        Signature(
            nom, next((signe.depose_le for signe in deposes if nom in signe.signataires), None)
        )
        for nom in signataires_attendus(seance)
    ]

"""Mes réponses, rangées par ce qu'elles demandent : le danger d'abord."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import QuerySet

from beffroi.achat.tours.models import Invitation
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.reponse.depots import acces, queries
from beffroi.reponse.depots.models import BrouillonDeReponse, Pli
from beffroi.reponse.reponses.ports import lettres_recues
from beffroi.reponse.reponses.queries.avancement import Avancement, avancements

OUVERT = Pli.Etat.OUVERT


@dataclass(frozen=True)
class Rubriques:
    """Les quatre listes de l'écran, chacune la plus urgente d'abord."""

    en_danger: list[Avancement]
    en_preparation: list[Avancement]
    deposees: list[Pli]
    passees: list[Pli]
    invitations: list[Invitation] = field(default_factory=list)
    resultats: dict[tuple[int, int], str] = field(default_factory=dict)

    @property
    def passees_et_resultats(self) -> list[tuple[Pli, str]]:
        """Chaque réponse qui n'attend plus,
        et la lettre qui en dit l'issue si elle a été ouverte et jugée.
        """
        return [
            (
                pli,
                self.resultats.get((pli.consultation_id, pli.equipe_id), "")
                if pli.etat == OUVERT
                else "",
            )
            for pli in self.passees
        ]

    @property
    def est_vide(self) -> bool:
        return not (
            self.en_danger
            or self.en_preparation
            or self.deposees
            or self.passees
            or self.invitations
        )


def brouillons_en_cours(utilisateur: Utilisateur, *, le: datetime) -> QuerySet[BrouillonDeReponse]:
    """Les réponses commencées qui se gardent encore, la plus pressée d'abord."""
    brouillons = acces.reponses_de(utilisateur).filter(expire_le__gte=le)
    return brouillons.order_by("consultation__date_limite_remise")


def rubriques(utilisateur: Utilisateur, *, le: datetime) -> Rubriques:
    """Ses réponses, celles qu'on attend encore de lui, et l'issue des autres."""
    return replace(
        reponses_rangees(utilisateur, le=le),
        invitations=list(queries.invitations_sans_reponse(utilisateur, le=le)),
        resultats=resultats(utilisateur),
    )


def reponses_rangees(utilisateur: Utilisateur, *, le: datetime) -> Rubriques:
    etats = avancements(list(brouillons_en_cours(utilisateur, le=le)), le=le)
    vivants = [etat for etat in etats if etat.recoit_encore]
    plis = list(queries.plis_deposes(utilisateur))
    actuels = [pli for pli in plis if pli.etat == Pli.Etat.DEPOSE]
    return Rubriques(
        en_danger=[etat for etat in vivants if etat.situation in {"envoyee", "modifiee"}],
        en_preparation=[etat for etat in vivants if etat.situation == "vide"],
        deposees=actuels,
        passees=[pli for pli in plis if pli.etat != Pli.Etat.DEPOSE],
    )


def resultats(utilisateur: Utilisateur) -> dict[tuple[int, int], str]:
    """La dernière lettre d'issue reçue, par consultation et par établissement."""
    lues = reversed(list(lettres_recues(utilisateur)))
    return {(lettre.consultation_id, lettre.equipe_id): lettre.reference for lettre in lues}

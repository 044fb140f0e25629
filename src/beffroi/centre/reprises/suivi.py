"""Où en sont les personnes invitées par une vague, et qui rappeler."""

from collections.abc import Sequence
from dataclasses import dataclass

from beffroi.centre.adherents.models import Adherent
from beffroi.centre.reprises.models import LigneDeReprise, Reprise, Vague
from beffroi.personnes.cles.queries import est_prete, identites_de
from beffroi.personnes.comptes.queries import personnes_protegees
from beffroi.personnes.organismes.models import Habilitation


@dataclass(frozen=True)
class Invite:
    """Un adhérent repris, et jusqu'où une personne de chez lui est allée."""

    ligne: LigneDeReprise
    a_ouvert: bool
    est_connecte: bool
    a_un_facteur: bool
    a_une_cle: bool

    @property
    def etat(self) -> tuple[str, str]:
        if self.est_connecte:
            return ("ok", "Connecté") if self.a_un_facteur else ("cours", "Sans second facteur")
        return ("cours", "A ouvert") if self.a_ouvert else ("attention", "N'a pas ouvert")

    @property
    def adherent(self) -> Adherent:
        assert self.ligne.convention is not None
        return self.ligne.convention.adherent


@dataclass(frozen=True)
class Avancement:
    """Une vague en nombres."""

    vague: Vague
    lignes: int
    faites: int
    invites: Sequence[Invite] = ()

    @property
    def ouverts(self) -> int:
        return sum(un.a_ouvert for un in self.invites)

    @property
    def connectes(self) -> int:
        return sum(un.est_connecte for un in self.invites)

    @property
    def proteges(self) -> int:
        return sum(un.a_un_facteur for un in self.invites)

    @property
    def cles(self) -> int:
        return sum(un.a_une_cle for un in self.invites)

    @property
    def a_rappeler(self) -> list[Invite]:
        return [un for un in self.invites if not un.est_connecte]

    @property
    def en_cours(self) -> bool:
        return self.vague.lancee_le is not None and self.faites < self.lignes

    def etat(self, avant: "Avancement | None") -> tuple[str, str]:
        """Le ton et le mot de la vague."""
        if self.vague.lancee_le is None:
            attend = avant is not None and (avant.vague.lancee_le is None or avant.en_cours)
            if attend and avant is not None:
                return "gris", f"Après la vague {avant.vague.numero}"
            return "cours", "Prête"
        if self.en_cours:
            return "cours", f"En cours, {self.faites} sur {self.lignes}"
        if self.vague.annulee_le is not None:
            return "attention", "Annulée" if not self.lignes else "Annulée en partie"
        return "ok", "Terminée"


def avancements(reprise: Reprise, vagues: Sequence[Vague]) -> list[Avancement]:
    """Toutes les vagues d'une reprise : cinq lectures, quel que soit leur nombre."""
    lignes = LigneDeReprise.objects.filter(reprise=reprise, vague__in=vagues).select_related(
        "convention__adherent__organisme"
    )
    invites = {un.ligne.pk: un for un in _invites([une for une in lignes if une.convention_id])}
    rendus = []
    for vague in vagues:
        siennes = [une for une in lignes if une.vague_id == vague.pk]
        faites = [invites[une.pk] for une in siennes if une.pk in invites]
        rendus.append(Avancement(vague, len(siennes), len(faites), faites))
    return rendus


def _invites(lignes: Sequence[LigneDeReprise]) -> list[Invite]:
    organismes = {une.convention.adherent.organisme_id for une in lignes if une.convention}
    tenues: dict[int, list[Habilitation]] = {}
    for tenue in Habilitation.objects.filter(
        organisme__in=organismes, jusqu_au=None
    ).select_related("utilisateur"):
        tenues.setdefault(tenue.organisme_id, []).append(tenue)
    personnes = [tenue.utilisateur for siennes in tenues.values() for tenue in siennes]
    protegees = personnes_protegees({une.pk for une in personnes})
    pretes = {pk for pk, identite in identites_de(personnes).items() if est_prete(identite)}
    return [
        _invite(
            ligne, tenues.get(ligne.convention.adherent.organisme_id or 0, []), protegees, pretes
        )
        for ligne in lignes
        if ligne.convention
    ]


def _invite(
    ligne: LigneDeReprise, tenues: Sequence[Habilitation], protegees: set[int], pretes: set[int]
) -> Invite:
    connectes = [une.utilisateur for une in tenues if une.utilisateur.last_login is not None]
    return Invite(
        ligne,
        a_ouvert=bool(tenues),
        est_connecte=bool(connectes),
        a_un_facteur=any(une.pk in protegees for une in connectes),
        a_une_cle=any(une.utilisateur_id in pretes for une in tenues),
    )

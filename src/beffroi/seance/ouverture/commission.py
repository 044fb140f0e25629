"""La commission d'une séance :
ce que la base en garde, ce que les écrans et le procès-verbal en disent.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from beffroi.seance.ouverture import rules
from beffroi.seance.ouverture.models import Seance
from droit.decision import Decision
from formats import dates

PARIS = ZoneInfo("Europe/Paris")
SANS_COMMISSION = (
    "Ouverture par les services de l'acheteur, sans commission : aucun quorum n'est demandé."
)
NON_DITE = "La présidence n'a pas dit qui siège."


@dataclass(frozen=True)
class Constat:
    """Ce que l'on constate de la commission : les présents, le quorum, la convocation."""

    commission: rules.Commission
    quorum: Decision
    convocation: Decision

    @property
    def lignes(self) -> list[str]:
        """Pour le procès-verbal, dans l'ordre."""
        siege = [
            ("Présents", self.commission.titulaires_presents),
            ("Absents", self.commission.titulaires_absents),
            ("Suppléants présents", self.commission.suppleants_presents),
            ("Avec voix consultative", self.commission.consultatifs_presents),
        ]
        presents = [f"{titre} : {', '.join(noms)}." for titre, noms in siege if noms]
        return [*presents, *(str(m) for m in (*self.quorum.motifs, *self.convocation.motifs))]


LES_SERVICES = {"sorte": "services"}


def en_json(commission: rules.Commission | None) -> dict[str, Any]:
    """Ce que la base garde ;
    vide tant que la présidence n'a rien dit, ce qui n'est pas « sans commission ».
    """
    if commission is None:
        return dict(LES_SERVICES)
    convoquee_le = commission.convoquee_le.isoformat() if commission.convoquee_le else None
    return {**asdict(commission), "convoquee_le": convoquee_le}


def lire(seance: Seance) -> rules.Commission | None:
    """La commission constatée ; rien si les services ouvrent seuls, ou si rien n'est dit encore."""
    lue = seance.commission
    if not lue or lue == LES_SERVICES:
        return None
    noms = (
        "titulaires_presents",
        "titulaires_absents",
        "suppleants_presents",
        "consultatifs_presents",
    )
    return rules.Commission(
        **{nom: tuple(lue[nom]) for nom in noms},
        convoquee_le=date.fromisoformat(lue["convoquee_le"]) if lue["convoquee_le"] else None,
        delai_en_jours_francs=lue["delai_en_jours_francs"],
        seconde_convocation=lue["seconde_convocation"],
    )


def phrase_sans_constat(seance: Seance) -> str:
    """Les services ouvrent seuls, ou personne n'a encore dit qui siège."""
    return SANS_COMMISSION if seance.commission == LES_SERVICES else NON_DITE


def constater(seance: Seance, *, le: datetime) -> Constat | None:
    """Le constat au jour de la séance ; un manque se signale et s'inscrit, il n'empêche
    rien : l'acheteur décide.
    """
    commission = lire(seance)
    if commission is None:
        return None
    jour = (seance.installee_le or le).astimezone(PARIS).date()
    return Constat(
        commission, rules.quorum(commission), rules.convocation(commission, seance_du=jour)
    )


def remarques(seance: Seance, *, le: datetime) -> list[dict[str, str]]:
    """Les lignes de la commission, sous la forme des remarques du procès-verbal."""
    constat = constater(seance, le=le)
    if constat is None:
        return []
    convoquee_le = constat.commission.convoquee_le
    envoi = (
        [f"Convoquée le {dates.jour(datetime.combine(convoquee_le, datetime.min.time(), PARIS))}."]
        if convoquee_le
        else []
    )
    return [
        {"par": "Commission d'appel d'offres", "texte": texte}
        for texte in [*envoi, *constat.lignes]
    ]

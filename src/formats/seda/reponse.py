"""Ce qu'un service d'archives répond à un transfert :
il l'a reçu (Acknowledgement), le prend en charge ou le refuse (ArchiveTransferReply).

La signature que le message peut porter n'est pas vérifiée.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from lxml import etree

from formats.dates import PARIS
from formats.seda import balises, bornes
from formats.seda.archive import PaquetIllisible
from formats.seda.balises import Element
from formats.seda.lecture import arbre
from formats.seda.versions import VERSIONS, version_de

MOTIFS_AU_PLUS = 20
SIGNES_D_UN_MOTIF = 300
SIGNES_D_UN_IDENTIFIANT = 200
# Le standard laisse la liste des codes au service d'archives. Ceux-ci sont en usage :
# « OK » depuis le SEDA 2, « 000 » avant.
_ACCORDS = frozenset({"OK", "WARNING", "000", "001"})
_REFUS = frozenset({"KO", "FATAL"})
_CHIFFRES_D_UN_CODE = 3
_SANS_GRAVITE = frozenset({"", "OK", "STARTED"})


class ReponseIllisible(PaquetIllisible):
    """Ce message n'est pas la réponse d'un service d'archives, ou ne dit pas l'essentiel."""


class Sens(StrEnum):
    """Reçu n'est pas pris en charge : l'accusé de réception ne décide rien."""

    ACCUSE = "accuse"
    ACCEPTATION = "acceptation"
    REFUS = "refus"


@dataclass(frozen=True, kw_only=True)
class Reponse:
    """`transfert` : l'identifiant du transfert auquel elle répond.

    `unites` : nos identifiants d'unités, et ceux du service.
    """

    sens: Sens
    version: str
    identifiant: str
    transfert: str
    date: datetime
    code: str = ""
    service_d_archives: str = ""
    prise_en_charge_le: datetime | None = None
    motifs: tuple[str, ...] = ()
    unites: tuple[tuple[str, str], ...] = ()


def lire_la_reponse(contenu: bytes) -> Reponse:
    """Lève `PaquetIllisible` si le XML est refusé,
    `ReponseIllisible` s'il n'est pas une réponse complète.
    """
    lu = arbre(contenu, au_plus=bornes.OCTETS_D_UNE_REPONSE, quoi="Cette réponse")
    nom = etree.QName(lu)
    version = version_de(nom.namespace or "")
    if nom.localname not in {"Acknowledgement", "ArchiveTransferReply"} or not version:
        raise ReponseIllisible(
            f"Ce message est un « {nom.localname} » de l'espace « {nom.namespace or 'aucun'} ». "
            f"Il faut un Acknowledgement ou un ArchiveTransferReply, en SEDA {', '.join(VERSIONS)}."
        )
    lecteur = _Lecteur(f"{{{nom.namespace}}}", lu)
    return (
        lecteur.accuse(version) if nom.localname == "Acknowledgement" else lecteur.reponse(version)
    )


class _Lecteur:
    def __init__(self, espace: str, lu: Element) -> None:
        self._espace, self._lu = espace, lu

    def accuse(self, version: str) -> Reponse:
        return Reponse(
            sens=Sens.ACCUSE,
            version=version,
            identifiant=self._exige("MessageIdentifier"),
            transfert=self._exige("MessageReceivedIdentifier"),
            date=self._date(),
            service_d_archives=self._jeton("Sender/Identifier"),
            motifs=tuple(self._commentaires()),
        )

    def reponse(self, version: str) -> Reponse:
        prise = self._heure("GrantDate")
        sens = self._sens(prise)
        return Reponse(
            sens=sens,
            version=version,
            identifiant=self._exige("MessageIdentifier"),
            transfert=self._exige("MessageRequestIdentifier"),
            date=self._date(),
            code=self._jeton("ReplyCode")[:SIGNES_D_UN_IDENTIFIANT],
            service_d_archives=self._jeton("ArchivalAgency/Identifier"),
            prise_en_charge_le=prise if sens is Sens.ACCEPTATION else None,
            motifs=tuple(dict.fromkeys([*self._commentaires(), *self._evenements()]))[
                :MOTIFS_AU_PLUS
            ],
            unites=tuple(self._unites()),
        )

    def _sens(self, prise: datetime | None) -> Sens:
        """Le code décide ; sans lui, la date de prise en charge.

        Ce qui ne se comprend pas n'est ni un accord, ni un refus.
        """
        code = self._jeton("ReplyCode").upper()
        if code in _ACCORDS or (not code and prise):
            return Sens.ACCEPTATION
        if code in _REFUS or (
            code.isascii() and code.isdecimal() and len(code) == _CHIFFRES_D_UN_CODE
        ):
            return Sens.REFUS
        dit = f"son code est « {code} »" if code else "elle n'a ni code, ni date de prise en charge"
        raise ReponseIllisible(
            f"Cette réponse ne dit pas si le transfert est accepté : {dit}. "
            "Demandez-le au service d'archives."
        )

    def _evenements(self) -> Iterator[str]:
        """Ce que chaque contrôle du service d'archives reproche, dans l'ordre où il le dit."""
        for evenement in self._lu.iter(f"{self._espace}Event"):
            issue = self._jeton("Outcome", evenement).upper()
            noms = ("OutcomeDetailMessage", "EventDetail", "OutcomeDetail", "EventType")
            dits = [dit for nom in noms if (dit := self._jeton(nom, evenement))]
            if issue not in _SANS_GRAVITE and dits:
                yield dits[0][:SIGNES_D_UN_MOTIF]

    def _commentaires(self) -> Iterator[str]:
        for commentaire in self._lu.iterfind(f"{self._espace}Comment"):
            if dit := balises.jeton(commentaire.text or ""):
                yield dit[:SIGNES_D_UN_MOTIF]

    def _unites(self) -> Iterator[tuple[str, str]]:
        for unite in self._lu.iter(f"{self._espace}ArchiveUnit"):
            sien = self._jeton("Content/ArchivalAgencyArchiveUnitIdentifier", unite) or self._jeton(
                "Content/SystemId", unite
            )
            if sien:
                yield unite.get("id", "")[:SIGNES_D_UN_IDENTIFIANT], sien[:SIGNES_D_UN_IDENTIFIANT]

    def _date(self) -> datetime:
        date = self._heure("Date")
        if date is None:
            raise ReponseIllisible("Cette réponse n'a pas de date, ou elle n'est pas une heure.")
        return date

    def _heure(self, chemin: str) -> datetime | None:
        """Sans fuseau, l'heure est celle de Paris."""
        lue = balises.lire_une_date(self._jeton(chemin))
        if not isinstance(lue, datetime):
            return None
        return lue if lue.tzinfo else lue.replace(tzinfo=PARIS)

    def _exige(self, nom: str) -> str:
        dit = self._jeton(nom)
        if not dit or len(dit) > SIGNES_D_UN_IDENTIFIANT:
            raise ReponseIllisible(
                f"Cette réponse n'a pas de {nom}, ou il est trop long : "
                "on ne sait pas à quoi elle répond."
            )
        return dit

    def _jeton(self, chemin: str, depuis: Element | None = None) -> str:
        lu = self._lu if depuis is None else depuis
        for nom in chemin.split("/"):
            lu = None if lu is None else lu.find(f"{self._espace}{nom}")
        return "" if lu is None else balises.jeton(lu.text or "")

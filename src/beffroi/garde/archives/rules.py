"""Combien de temps garder, à compter de quoi, et que devenir ensuite (CCP,
art. R. 2184-12, R. 2184-13 ; référentiel du SIAF).

La durée due est la plus longue de celles qui s'appliquent. Tant qu'un fait manque, rien n'est
échu : une date supposée ferait détruire trop tôt, et détruire sans accord est puni (code du
patrimoine, art. L. 214-3).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from beffroi.achat.consultations.states import Etat
from droit.citation import Article, Source
from droit.decision import Decision, Motif
from droit.en_vigueur import Droit
from formats.versement import Sorte

VISA = Article("code du patrimoine", "L. 212-2")
SANS_ACCORD = Article("code du patrimoine", "L. 214-3")
# Architecture, ingénierie, contrôle : les services que l'article R. 2184-13 fait garder
# comme des travaux en sont. La nomenclature ne les sépare pas des autres : toute la
# division se garde donc dix ans.
DIVISION_D_INGENIERIE = "71"


class Fait(StrEnum):
    """Ce qui fait courir une durée ; les quatre premiers sont ceux des tables de la loi."""

    SIGNATURE = "signature"
    NOTIFICATION = "notification"
    FIN_D_EXECUTION = "fin_d_execution"
    SOLDE = "solde"
    RENONCIATION = "renonciation"

    @property
    def libelle(self) -> str:
        return LIBELLES[self]


LIBELLES = {
    Fait.SIGNATURE: "la signature du contrat",
    Fait.NOTIFICATION: "la notification du contrat",
    Fait.FIN_D_EXECUTION: "la fin de l'exécution",
    Fait.SOLDE: "le paiement du solde",
    Fait.RENONCIATION: "la décision de ne pas attribuer",
}


class Sort(StrEnum):
    """Ce que devient une pièce au bout de sa durée.

    La décision est au service d'archives : c'en est la proposition.
    """

    CONSERVER = "conserver"
    ELIMINER = "eliminer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrat:
    """Un contrat né de la consultation, et ce qui lui est arrivé."""

    reference: str
    prestation: str
    cpv: str = ""
    est_une_concession: bool = False
    plis: frozenset[str] = frozenset()
    faits: Mapping[Fait, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """Ce qu'il faut savoir d'une consultation pour dire ce qui s'en garde.

    `gels` : pourquoi rien ne s'en élimine.
    """

    contrats: tuple[Contrat, ...] = ()
    renonciations: tuple[date, ...] = ()
    gels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Duree:
    """Une durée qui s'applique : d'où elle court, sa fin, son texte.

    Sans `depuis`, le fait n'est pas arrivé.
    """

    fait: Fait
    annees: int
    source: Source
    depuis: date | None

    @property
    def jusqu_au(self) -> date | None:
        return dans(self.annees, self.depuis) if self.depuis else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Echeance:
    """Jusqu'à quel jour inclus une pièce se garde, et ce qui le dit.

    Vide tant qu'un fait manque.
    """

    durees: tuple[Duree, ...]

    @property
    def attend(self) -> tuple[Fait, ...]:
        return tuple(dict.fromkeys(duree.fait for duree in self.durees if duree.depuis is None))

    @property
    def retenue(self) -> Duree | None:
        """La durée qui finit la dernière."""
        if not self.durees or self.attend:
            return None
        return max(self.durees, key=lambda duree: duree.jusqu_au or date.min)

    @property
    def jusqu_au(self) -> date | None:
        return self.retenue.jusqu_au if self.retenue else None

    def est_echue(self, le: date) -> bool:
        return self.jusqu_au is not None and le > self.jusqu_au


DU_CONTRAT = frozenset({Sorte.CONTRAT})
# Le référentiel élimine les candidatures et offres non retenues ;
# un pli remplacé ou tardif reste scellé, puis s'élimine.
A_ELIMINER = frozenset({Sorte.CANDIDATURE, Sorte.OFFRE, Sorte.PLI_SCELLE})


def dans(annees: int, jour: date) -> date:
    """L'anniversaire ; celui d'un 29 février est le 1er mars d'une année
    ordinaire : jamais plus court.
    """
    try:
        return jour.replace(year=jour.year + annees)
    except ValueError:
        return date(jour.year + annees, 3, 1)


def echeance(sorte: Sorte, dossier: Dossier, *, pli: str = "", contrat: str = "") -> Echeance:
    """Jusqu'à quand garder une pièce de cette sorte,
    qui relève de cette réponse ou de ce contrat.
    """
    siens = contrats_de(dossier, pli=pli, contrat=contrat)
    durees: list[Duree] = []
    if sorte not in DU_CONTRAT:
        durees += durees_de_passation(dossier)
    if siens:
        durees += [duree for sien in siens for duree in durees_du_contrat(sien)]
    elif sorte in DU_CONTRAT:
        # De quel contrat, on ne le sait pas :
        # celui qui se garde le plus longtemps répond pour elle.
        durees += [duree for tout in dossier.contrats for duree in durees_du_contrat(tout)]
    return Echeance(durees=tuple(durees))


def contrats_de(dossier: Dossier, *, pli: str = "", contrat: str = "") -> tuple[Contrat, ...]:
    """Le contrat que la pièce nomme, ou ceux que sa réponse a obtenus :
    l'offre retenue se garde avec son contrat.
    """
    return tuple(
        c
        for c in dossier.contrats
        if (contrat and c.reference == contrat) or (pli and pli in c.plis)
    )


def durees_de_passation(dossier: Dossier) -> list[Duree]:
    """Cinq ans de la signature (R. 2184-12), cinq ans de la notification (référentiel) ;
    sans contrat, de la renonciation.

    Tout « document relatif à la procédure de passation » y est :
    les preuves de fonctionnement du service comprises.
    """
    durees = [
        duree
        for contrat in dossier.contrats
        for duree in (
            *(
                []
                if contrat.est_une_concession
                else [_duree("conservation.passation", Fait.SIGNATURE, contrat)]
            ),
            _duree("conservation.referentiel.passation", Fait.NOTIFICATION, contrat),
        )
    ]
    for jour in dossier.renonciations:
        # Infructueux ou sans suite : aucun texte ne dit d'où compter.
        # C'est cette décision qui clôt la procédure.
        durees.append(_depuis("conservation.passation", Fait.RENONCIATION, jour))
        durees.append(_depuis("conservation.referentiel.passation", Fait.RENONCIATION, jour))
    return durees or [_depuis("conservation.passation", Fait.SIGNATURE, None)]


def durees_du_contrat(contrat: Contrat) -> list[Duree]:
    """De la fin de l'exécution (R. 2184-13, marchés seulement), et du solde (référentiel)."""
    durees = [_duree("conservation.referentiel.execution", Fait.SOLDE, contrat)]
    if not contrat.est_une_concession:
        durees.insert(0, _duree(cle_du_contrat(contrat), Fait.FIN_D_EXECUTION, contrat))
    return durees


def cle_du_contrat(contrat: Contrat) -> str:
    if contrat.prestation == "travaux":
        return "conservation.contrat.travaux"
    if contrat.prestation == "services" and contrat.cpv.startswith(DIVISION_D_INGENIERIE):
        return "conservation.contrat.maitrise_d_oeuvre"
    return "conservation.contrat.fournitures_services"


def _duree(cle: str, fait: Fait, contrat: Contrat) -> Duree:
    return _depuis(cle, fait, contrat.faits.get(fait))


def _depuis(cle: str, fait: Fait, jour: date | None) -> Duree:
    """La valeur des tables au jour du fait ;
    avant ce qu'elles savent, la première qu'elles donnent.
    """
    valeur = Droit.au(jour or date.min).valeur_connue(cle)
    return Duree(fait=fait, annees=valeur.entier, source=valeur.article, depuis=jour)


def sort_final(sorte: Sorte, dossier: Dossier, *, pli: str = "") -> Sort:
    """Ce que l'on propose ; dans le doute, conserver : c'est le seul sort sur lequel on revient."""
    if sorte in A_ELIMINER and not contrats_de(dossier, pli=pli):
        return Sort.ELIMINER
    return Sort.CONSERVER


def peut_etre_elimine(echue: Echeance, sort: Sort, *, gels: Iterable[str], le: date) -> Decision:
    """Rien ne s'élimine avant son terme, ni tant qu'un gel tient ;
    le visa, lui, vient ensuite (art. L. 212-2).
    """
    geles = [Motif(f"Gelé : {motif}", SANS_ACCORD) for motif in gels]
    attendus = [
        Motif(f"La durée n'a pas commencé : {fait.libelle} n'est pas connu.", VISA)
        for fait in echue.attend
    ]
    tot = (
        None
        if attendus or echue.est_echue(le)
        else Motif("Sa durée de conservation n'est pas finie.", VISA)
    )
    garde = (
        Motif("Proposé à la conservation : il se verse aux archives.", VISA)
        if sort is Sort.CONSERVER
        else None
    )
    return Decision.selon(*geles, *attendus, tot, garde)


FINIES = frozenset({Etat.ATTRIBUEE, Etat.SANS_SUITE, Etat.ARCHIVEE})


def est_finie(*, etat: str, limite: datetime | None, le: datetime) -> bool:
    """Finie, et son heure limite passée :
    déclarée sans suite avant elle, ses réponses restent fermées jusque-là.
    """
    return etat in FINIES and (limite is None or limite < le)


def peut_faire_un_paquet(*, etat: str, limite: datetime | None, le: datetime) -> Decision:
    """Un paquet se fait d'une procédure finie : avant, il serait dépassé le lendemain."""
    en_cours = Motif("La procédure n'est pas finie : attribuez-la, ou déclarez-la sans suite.")
    fermees = Motif(
        "L'heure limite n'est pas passée : les réponses déjà reçues restent fermées jusque-là. "
        "Revenez après elle."
    )
    if etat not in FINIES:
        return Decision.refus(en_cours)
    return Decision.selon(None if est_finie(etat=etat, limite=limite, le=le) else fermees)

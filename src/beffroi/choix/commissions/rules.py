"""Ce que la loi demande pour convoquer une commission,
la réunir, la faire voter, et s'en passer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_DOWN, Decimal

from beffroi.choix.commissions.mots import Fonction, Presence, Sorte
from beffroi.seance.ouverture.rules import Commission, quorum
from droit.citation import Article, Document
from droit.dates import en_toutes_lettres
from droit.decision import Decision, Motif
from formats.pluriels import compter

COMPOSITION = Article("CGCT", "L. 1411-5")
CHOIX_DU_TITULAIRE = Article("CGCT", "L. 1414-2")
AVIS_SUR_L_AVENANT = Article("CGCT", "L. 1414-4")
PROJETS_ANONYMES = Article("CCP", "R. 2162-18")
QUALIFICATION_DU_JURY = Article("CCP", "R. 2162-22")
ELUS_DU_JURY = Article("CCP", "R. 2162-24")
A_DISTANCE = Document("ordonnance n° 2014-1329 du 6 novembre 2014")
TITULAIRES = (3, 5)
PART_D_AVENANT = 5
# Qui peut s'asseoir à la place de qui.
REMPLACANTS = {Fonction.PRESIDENT: Fonction.REPRESENTANT, Fonction.TITULAIRE: Fonction.SUPPLEANT}


@dataclass(frozen=True)
class Personne:
    """Quelqu'un de la commission, tel qu'une règle le regarde."""

    nom: str
    fonction: str
    qualifie: bool = False


@dataclass(frozen=True)
class Place:
    """Une place à la table.

    `presence` : vide tant qu'elle n'est pas notée ; `remplace` : la clé de l'absent remplacé.
    """

    nom: str
    fonction: str
    presence: str = ""
    remplace: int | None = None
    deportee: bool = False

    @property
    def la(self) -> bool:
        return self.presence in (Presence.PRESENT, Presence.DISTANCE)

    @property
    def tient_une_voix(self) -> bool:
        return (
            self.la
            and (Fonction(self.fonction).siege or self.remplace is not None)
            and not self.deportee
        )


def composition(
    sorte: str,
    personnes: Sequence[Personne],
    *,
    qualification: str = "",
    elus: Sequence[str] | None = (),
) -> tuple[Motif, ...]:
    """Ce que la composition a d'inhabituel au regard des textes. La plateforme le
    constate ; l'assemblée a élu.

    `elus` : les titulaires de la CAO de l'organisme ; rien quand elle n'est pas inscrite ici.
    """
    if sorte == Sorte.JURY:
        return composition_du_jury(personnes, qualification=qualification, elus=elus)
    par_fonction = {f: [p for p in personnes if p.fonction == f] for f in Fonction}
    titulaires, suppleants = (
        len(par_fonction[Fonction.TITULAIRE]),
        len(par_fonction[Fonction.SUPPLEANT]),
    )
    cao = sorte == Sorte.CAO
    remarques = [
        None
        if par_fonction[Fonction.PRESIDENT]
        else Motif("La commission n'a pas de président.", COMPOSITION if cao else None),
        Motif(
            f"{compter(titulaires, 'titulaire')} : une CAO en compte cinq, "
            "trois dans une commune de moins de "
            "3 500 habitants, sans le président.",
            COMPOSITION,
        )
        if cao and titulaires not in TITULAIRES
        else None,
        Motif(
            (
                f"{compter(suppleants, 'suppléant')} pour {compter(titulaires, 'titulaire')} : "
                "on en élit autant."
            ),
            COMPOSITION,
        )
        if cao and suppleants != titulaires
        else None,
    ]
    return tuple(remarque for remarque in remarques if remarque)


def composition_du_jury(
    personnes: Sequence[Personne], *, qualification: str = "", elus: Sequence[str] | None = ()
) -> tuple[Motif, ...]:
    """Un tiers qualifié, les élus de la CAO, un président.

    Aucun article du jury ne demande le président : la table, si.
    """
    remarques = (
        None
        if any(p.fonction == Fonction.PRESIDENT for p in personnes)
        else Motif("Le jury n'a pas de président : on ne le convoque pas sans lui."),
        tiers_qualifie(personnes) if qualification.strip() else None,
        elus_presents(personnes, elus),
    )
    return tuple(remarque for remarque in remarques if remarque)


def elus_presents(personnes: Sequence[Personne], elus: Sequence[str] | None) -> Motif | None:
    """Pour une collectivité, les membres élus de la CAO font partie du jury (CCP, art. R. 2162-24).

    Les titulaires, ici.
    """
    if elus is None:
        return Motif(
            "La commission d'appel d'offres n'est pas inscrite ici : pour une collectivité, "
            "ses membres élus font partie "
            "du jury.",
            ELUS_DU_JURY,
        )
    assis = {p.nom.casefold() for p in personnes}
    manquent = [nom for nom in elus if nom.casefold() not in assis]
    if not manquent:
        return None
    return Motif(
        f"Élu{'s' if len(manquent) > 1 else ''} de la commission d'appel d'offres, pas du jury : "
        f"{', '.join(manquent)}. "
        "Pour une collectivité, ses membres élus en font partie.",
        ELUS_DU_JURY,
    )


def independance(liens: Sequence[tuple[str, str]]) -> Decision:
    """Le jury est indépendant des participants (CCP, art. R. 2162-22).

    `liens` : qui, à la table, agit pour l'un d'eux.
    """
    return Decision.selon(
        *(
            Motif(
                f"{nom} agit pour {entreprise}, qui participe : "
                "le jury est indépendant des participants. Notez son retrait "
                "de cette affaire.",
                QUALIFICATION_DU_JURY,
            )
            for nom, entreprise in liens
        )
    )


def code_de_projet(rang: int) -> str:
    """A, B, … Z, AA, AB : la lettre du projet de ce rang, tiré au sort."""
    tete, reste = divmod(rang, 26)
    lettre = chr(ord("A") + reste)
    return code_de_projet(tete - 1) + lettre if tete else lettre


@dataclass(frozen=True)
class FaitsDeLAnonymat:
    """Où en est le jury sur cette affaire : ce qui est voté, clos, signé, déjà levé ;
    les projets qui ont une lettre.
    """

    projets: int
    votes: int
    close: bool
    signee: bool
    levee: bool


def anonymat_peut_se_lever(faits: FaitsDeLAnonymat) -> Decision:
    """Le procès-verbal du classement, signé par les membres,
    précède la levée (CCP, art. R. 2162-18).
    """
    return Decision.selon(
        Motif("L'anonymat est déjà levé.") if faits.levee else None,
        None if faits.projets else Motif("Aucun projet n'a encore sa lettre."),
        None
        if faits.votes
        else Motif("Le jury n'a pas encore donné son avis sur cette affaire.", PROJETS_ANONYMES),
        None
        if faits.close and faits.signee
        else Motif(
            (
                "Clôturez la réunion et déposez son procès-verbal signé par les membres : "
                "l'anonymat se lève ensuite."
            ),
            PROJETS_ANONYMES,
        ),
    )


def tiers_qualifie(personnes: Sequence[Personne]) -> Motif | None:
    """Un tiers au moins des membres du jury ont la qualification exigée,
    ou une équivalente (CCP, art. R. 2162-22).
    """
    membres = [p for p in personnes if Fonction(p.fonction).siege]
    qualifies = sum(p.qualifie for p in membres)
    attendus = -(-len(membres) // 3)
    if qualifies >= attendus:
        return None
    return Motif(
        f"{compter(qualifies, 'membre qualifié', 'membres qualifiés')} sur {len(membres)} : "
        "il en faut un tiers au moins, "
        f"soit {attendus}.",
        QUALIFICATION_DU_JURY,
    )


@dataclass(frozen=True)
class FaitsDeConvocation:
    """Ce qui part, quand, pour quel jour ; `delai` : les jours francs du règlement intérieur."""

    le: date
    seance_du: date
    delai: int
    president: bool
    voix: int
    points: int
    motif: str = ""


def premier_jour(le: date, delai: int) -> date:
    """Le premier jour où la réunion peut se tenir :
    ni le jour de l'envoi ni celui de la séance ne comptent.
    """
    return le + timedelta(days=delai + 1)


def compte_du_delai(le: date, delai: int) -> str:
    """« Envoyée le 1er mars,
    elle laisse cinq jours francs si la réunion se tient à partir du 7 mars. »
    """
    return (
        f"Envoyée le {en_toutes_lettres(le)}, "
        f"la convocation laisse {compter(delai, 'jour franc', 'jours francs')} "
        f"à partir du {en_toutes_lettres(premier_jour(le, delai))} : "
        "ni le jour de l'envoi ni celui de la réunion ne comptent."
    )


def peut_etre_convoquee(faits: FaitsDeConvocation) -> Decision:
    """Un président, des membres, un ordre du jour, un jour à venir ;
    moins que le délai se motive.
    """
    court = faits.seance_du < premier_jour(faits.le, faits.delai)
    return Decision.selon(
        None
        if faits.president
        else Motif("Donnez d'abord un président à la commission.", COMPOSITION),
        None
        if faits.voix > 1
        else Motif("Donnez d'abord ses titulaires à la commission.", COMPOSITION),
        None if faits.points else Motif("L'ordre du jour est vide."),
        Motif("Cette réunion est déjà passée.") if faits.seance_du < faits.le else None,
        Motif(
            f"{compte_du_delai(faits.le, faits.delai)} Changez le jour, "
            "ou dites pourquoi le délai est plus court : le "
            "procès-verbal le dira."
        )
        if court and faits.seance_du >= faits.le and not faits.motif.strip()
        else None,
    )


@dataclass(frozen=True)
class FaitsDAnnulation:
    """Où en est la réunion, pourquoi elle ne se tient pas, et le jour où elle se tiendra."""

    convoquee: bool
    votes: bool
    motif: str
    reportee_au: datetime | None
    maintenant: datetime


def peut_etre_annulee(faits: FaitsDAnnulation) -> Decision:
    """Convoquée, rien de voté, une raison écrite.

    Aucun texte national ne règle l'annulation : elle se dit à chacun.
    """
    return Decision.selon(
        None
        if faits.convoquee
        else Motif("La convocation n'est pas partie : modifiez la réunion."),
        Motif("Un vote est inscrit : cette réunion s'est tenue. Clôturez-la.")
        if faits.votes
        else None,
        None if faits.motif.strip() else Motif("Dites pourquoi : chacun le lira."),
        Motif("Le nouveau jour est déjà passé. Choisissez-en un à venir.")
        if faits.reportee_au and faits.reportee_au <= faits.maintenant
        else None,
    )


def table(
    places: Sequence[Place],
    *,
    convoquee_le: date | None = None,
    delai: int = 5,
    seconde: bool = False,
) -> Commission:
    """Les places, telles que la règle du quorum les compte.

    Qui se retire d'une affaire n'y compte pas parmi les présents.
    """
    sieges = [p for p in places if Fonction(p.fonction).siege]
    return Commission(
        titulaires_presents=tuple(p.nom for p in sieges if p.tient_une_voix),
        titulaires_absents=tuple(p.nom for p in sieges if not p.tient_une_voix),
        suppleants_presents=tuple(
            p.nom for p in places if p.remplace is not None and p.tient_une_voix
        ),
        consultatifs_presents=tuple(
            p.nom for p in places if p.fonction == Fonction.CONSULTATIF and p.la
        ),
        convoquee_le=convoquee_le,
        delai_en_jours_francs=delai,
        seconde_convocation=seconde,
    )


def presences_recevables(places: Sequence[Place], *, a_distance: bool) -> Decision:
    """On ne délibère à distance que si la convocation l'a prévu ;
    un absent a un remplaçant au plus.
    """
    remplacants = [p for p in places if p.remplace is not None]
    return Decision.selon(
        Motif("La convocation n'a pas prévu de délibérer à distance.", A_DISTANCE)
        if not a_distance and any(p.presence == Presence.DISTANCE for p in places)
        else None,
        Motif("Un absent n'a qu'un remplaçant.", COMPOSITION)
        if len({p.remplace for p in remplacants}) != len(remplacants)
        else None,
    )


@dataclass(frozen=True)
class Vote:
    """Un décompte.

    `president_pour` : ce que vote le président ; vide quand il ne prend pas part au vote.
    """

    pour: int
    contre: int
    abstentions: int
    president_pour: bool | None = None

    @property
    def total(self) -> int:
        return self.pour + self.contre + self.abstentions

    @property
    def partage(self) -> bool:
        return self.pour == self.contre


def vote_recevable(
    vote: Vote, places: Sequence[Place], *, seconde: bool, preponderante: bool
) -> Decision:
    """Le quorum se compte à chaque affaire ; autant de voix que de membres qui
    votent ; un partage se départage.
    """
    compte = quorum(table(places, seconde=seconde))
    voix = sum(p.tient_une_voix for p in places)
    if not compte.favorable:
        return compte
    if not any(p.tient_une_voix for p in places):
        return Decision.refus(
            Motif("Personne n'a voix délibérative sur cette affaire.", COMPOSITION)
        )
    return Decision.selon(
        None
        if vote.total == voix
        else Motif(
            f"{vote.total} voix écrites, {voix} à la table sur cette affaire : pour, "
            "contre et abstentions font ce nombre."
        ),
        Motif("Les voix se partagent : dites ce que vote le président, qui départage.")
        if preponderante and vote.partage and vote.pour and vote.president_pour is None
        else None,
    )


def est_adoptee(vote: Vote, *, preponderante: bool) -> bool:
    """La majorité des voix exprimées.

    Un partage rejette, sauf voix prépondérante, que seul le règlement intérieur donne.
    """
    if vote.partage:
        return preponderante and bool(vote.pour) and vote.president_pour is True
    return vote.pour > vote.contre


def choix_du_titulaire(
    *, exige: bool, avis: str, conforme: bool | None, dispense: bool, remplace: bool
) -> Decision:
    """Le titulaire d'un marché formalisé d'une collectivité est choisi par sa
    CAO (CGCT, art. L. 1414-2).

    `conforme` : l'offre est celle que la commission a choisie ; vide quand elle n'a rien choisi.
    Une défaillance passe à la suivante du classement que la commission a arrêté : `remplace`
    n'exige pas de nouveau vote.
    """
    if not exige or conforme or remplace or (conforme is None and dispense):
        return Decision.accord()
    if conforme is None:
        return Decision.refus(
            Motif(
                "En procédure formalisée, la commission d'appel d'offres choisit le titulaire. "
                "Inscrivez ce lot à une "
                "réunion, ou dites à la page « Commission » pourquoi il s'attribue sans elle.",
                CHOIX_DU_TITULAIRE,
            )
        )
    return Decision.refus(
        Motif(
            f"{avis} Choisissez cette offre, ou réunissez de nouveau la commission.",
            CHOIX_DU_TITULAIRE,
        )
    )


@dataclass(frozen=True)
class Hausse:
    """Ce que vaut le contrat au départ, aujourd'hui, et avec la modification."""

    initial: Decimal
    actuel: Decimal
    nouveau: Decimal

    @property
    def soumise(self) -> bool:
        """Une hausse, et plus de 5 % du montant de départ, modifications précédentes comprises."""
        return (
            self.nouveau > self.actuel
            and (self.nouveau - self.initial) * 100 > self.initial * PART_D_AVENANT
        )

    @property
    def part(self) -> str:
        """« 7,5 » : la part du montant de départ, pour cent."""
        part = ((self.nouveau - self.initial) * 100 / self.initial).quantize(
            Decimal("0.01"), ROUND_DOWN
        )
        return f"{part.normalize():f}".replace(".", ",")


def avis_sur_la_modification(hausse: Hausse, *, par_la_commission: bool) -> Decision:
    """Une hausse de plus de 5 % d'un marché choisi par la CAO lui est soumise pour
    avis (CGCT, art. L. 1414-4).
    """
    if not (par_la_commission and hausse.soumise):
        return Decision.accord()
    return Decision.refus(
        Motif(
            f"Avec cette modification, le montant augmente de {hausse.part} % : "
            f"au-delà de {PART_D_AVENANT} %, la commission "
            "qui a choisi le titulaire donne d'abord son avis. "
            "Inscrivez la modification à l'une de ses réunions.",
            AVIS_SUR_L_AVENANT,
        )
    )

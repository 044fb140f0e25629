"""Choisir, renoncer, remplacer : ce qu'il faut dire, et ce que l'on ne peut plus."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from droit.citation import Article
from droit.decision import Decision, Motif
from formats.pluriels import compter

CHOIX = Article("CCP", "R. 2152-7")
ELIMINER = Article("CCP", "L. 2152-1")
REJET = Article("CCP", "R. 2181-1")
DEFAILLANCE = Article("CCP", "R. 2144-7")
EMPECHEMENT = Article("CCP", "R. 2181-7")
RENONCIATION = Article("CCP", "R. 2185-1")
MOTIFS_DE_LA_RENONCIATION = Article("CCP", "R. 2185-2")
SANS_OFFRE = Article("CCP", "R. 2122-2")
OFFRES_REJETEES = Article("CCP", "R. 2124-3")
SE_DECIDE = ("depouillee", "attribuee")
MONTANT_MAXIMAL = Decimal("1000000000000")


class Cause(StrEnum):
    """Pourquoi une décision en remplace une autre."""

    CORRECTION = "correction"
    DEFAILLANCE = "defaillance"
    EMPECHEMENT = "empechement"
    RENONCIATION = "renonciation"


# La cause, telle qu'on la choisit, et l'article qui la fonde.
CAUSES: dict[Cause, tuple[str, Article | None]] = {
    Cause.CORRECTION: ("Une erreur dans la décision, avant l'envoi des lettres", None),
    Cause.DEFAILLANCE: (
        "L'entreprise retenue n'a pas produit ses preuves, ou doit être exclue",
        DEFAILLANCE,
    ),
    Cause.EMPECHEMENT: (
        "L'entreprise retenue ne peut plus exécuter, par cas fortuit ou force majeure",
        EMPECHEMENT,
    ),
    Cause.RENONCIATION: ("Vous renoncez à ce lot", RENONCIATION),
}


class Fondement(StrEnum):
    """Pourquoi un lot n'est attribué à personne."""

    AUCUNE_OFFRE = "aucune_offre"
    INAPPROPRIEES = "inappropriees"
    IRREGULIERES = "irregulieres"
    INTERET_GENERAL = "interet_general"


@dataclass(frozen=True)
class Renonciation:
    """Un fondement : son nom, s'il rend le lot infructueux, et comment on peut recommencer."""

    libelle: str
    infructueux: bool
    suite: Motif


RENONCIATIONS: dict[Fondement, Renonciation] = {
    Fondement.AUCUNE_OFFRE: Renonciation(
        "Infructueux : aucune offre n'a été remise à temps",
        True,
        Motif(
            (
                "Vous pouvez recommencer, ou conclure sans publicité si vous ne "
                "changez rien d'important."
            ),
            SANS_OFFRE,
        ),
    ),
    Fondement.INAPPROPRIEES: Renonciation(
        "Infructueux : seules des candidatures irrecevables ou des offres inappropriées",
        True,
        Motif(
            (
                "Vous pouvez recommencer, ou conclure sans publicité si vous ne "
                "changez rien d'important."
            ),
            SANS_OFFRE,
        ),
    ),
    Fondement.IRREGULIERES: Renonciation(
        "Infructueux : seules des offres irrégulières ou inacceptables",
        True,
        Motif(
            (
                "Vous pouvez recommencer, ou passer à une procédure avec négociation après "
                "un appel d'offres."
            ),
            OFFRES_REJETEES,
        ),
    ),
    Fondement.INTERET_GENERAL: Renonciation(
        "Sans suite : un motif d'intérêt général",
        False,
        Motif("Vous pouvez recommencer la procédure à tout moment.", RENONCIATION),
    ),
}


@dataclass(frozen=True)
class FaitsDuLot:
    """Où en est un lot quand on en décide. `decision` :
    celle qui vaut, telle qu'une phrase la dit ; vide s'il n'y en a pas.

    `vue` : la référence de la décision que la personne avait sous les yeux ; `actuelle` :
    celle qui vaut en base. `contrat` : le numéro de celui qui est déjà signé.
    """

    etat: str
    decision: str = ""
    actuelle: str = ""
    vue: str = ""
    lettres_parties: bool = False
    contrat: str = ""


def peut_decider(faits: FaitsDuLot, *, cause: str = "", motif: str = "") -> Decision:
    """Après l'ouverture, une décision par lot ;
    en changer, c'est en prendre une autre qui dit laquelle elle remplace.
    """
    if faits.etat not in SE_DECIDE:
        return Decision.refus(
            Motif(
                "On décide après l'ouverture des offres : la séance n'est pas close, "
                "ou la procédure est finie."
            )
        )
    if faits.actuelle != faits.vue:
        return Decision.refus(
            Motif(
                f"{faits.decision or 'Cette décision a été retirée'}. "
                "Votre choix n'est pas inscrit : rechargez la page."
            )
        )
    return peut_remplacer(faits, cause=cause, motif=motif) if faits.actuelle else Decision.accord()


def peut_remplacer(faits: FaitsDuLot, *, cause: str, motif: str) -> Decision:
    """Ce qui est parti aux entreprises ne se corrige plus :
    il faut une cause que la loi connaît.
    """
    if cause not in set(Cause):
        return Decision.refus(Motif("Dites pourquoi cette décision en remplace une autre."))
    return Decision.selon(
        Motif(
            f"Le contrat {faits.contrat} est signé : l'entreprise retenue le tient. "
            "On ne la remplace plus ici ; le contrat se "
            "modifie, ou se résilie.",
            EMPECHEMENT,
        )
        if faits.contrat
        else None,
        Motif(
            "Les lettres sont parties : la décision ne se corrige plus. "
            "L'entreprise retenue peut seulement être remplacée "
            "si elle n'a pas produit ses preuves ou ne peut plus exécuter.",
            DEFAILLANCE,
        )
        if cause == Cause.CORRECTION and faits.lettres_parties
        else None,
        Motif(
            (
                "Expliquez ce remplacement : la décision d'avant reste lisible, "
                "avec votre explication."
            ),
            REJET,
        )
        if not motif.strip()
        else None,
    )


@dataclass(frozen=True)
class Choix:
    """L'offre retenue.

    `rang` : sa place au classement, s'il y en a un ; `attendu` : la place qu'on attendait.
    """

    montant: Decimal | None
    motif: str
    rang: int | None = None
    attendu: int = 1
    motif_de_l_ecart: str = ""
    eliminee: str = ""


def choix_motive(choix: Choix) -> Decision:
    """Le contrat va à l'offre la mieux classée,
    et le choix se dit (CCP, art. R. 2152-7 et R. 2181-3).
    """
    autre_que_la_premiere = choix.rang is not None and choix.rang > choix.attendu
    return Decision.selon(
        Motif("Dites pourquoi cette offre est retenue : les autres entreprises le liront.", REJET)
        if not choix.motif.strip()
        else None,
        *_montant(choix.montant),
        Motif(
            f"Cette offre est éliminée ({choix.eliminee}) : elle ne peut pas être retenue.",
            ELIMINER,
        )
        if choix.eliminee
        else None,
        Motif(
            (
                f"Cette offre est classée {choix.rang}e : "
                f"dites pourquoi ce n'est pas la {_ordinal(choix.attendu)}."
            ),
            CHOIX,
        )
        if autre_que_la_premiere and not choix.motif_de_l_ecart.strip()
        else None,
    )


def _montant(montant: Decimal | None) -> tuple[Motif, ...]:
    if montant is None or not montant.is_finite() or montant <= 0:
        return (Motif("Écrivez le montant hors taxes, plus grand que zéro."),)
    return (
        ()
        if montant < MONTANT_MAXIMAL
        else (Motif("Ce montant est trop grand : vérifiez les zéros."),)
    )


def _ordinal(rang: int) -> str:
    return "première" if rang == 1 else f"{rang}e"


def peut_choisir(*, attend_des_offres: bool) -> Decision:
    """De nouvelles offres sont demandées à ceux que l'on garde :
    choisir avant de les ouvrir serait les ignorer.
    """
    if not attend_des_offres:
        return Decision.accord()
    return Decision.refus(
        Motif(
            (
                "De nouvelles offres sont demandées et ne sont pas encore ouvertes : "
                "ouvrez-les en séance, puis choisissez."
            ),
            CHOIX,
        )
    )


def est_encore_en_lice(*, en_lice: bool, eliminee: str, retenus: Sequence[str]) -> Decision:
    """Une candidature écartée, une offre éliminée ou illisible ne se retient pas (CCP,
    art. L. 2152-1 et R. 2144-7).
    """
    return Decision.selon(
        Motif(
            (
                "La candidature de cette entreprise est écartée : "
                "son offre ne peut plus être retenue. Rendez la proposition."
            ),
            DEFAILLANCE,
        )
        if not en_lice
        else None,
        Motif(
            (
                f"Cette offre est éliminée ({eliminee}) : elle ne peut plus être retenue. "
                "Rendez la proposition."
            ),
            ELIMINER,
        )
        if eliminee and en_lice
        else None,
        Motif(
            f"L'antivirus retient {', '.join(f'« {nom} »' for nom in retenus)} : "
            "levez la quarantaine en disant pourquoi, ou "
            "choisissez une autre offre."
        )
        if retenus
        else None,
    )


def peut_renoncer(*, fondement: str, motif: str, offres: int) -> Decision:
    """Un fondement, un motif, et rien qui contredise ce que la séance a ouvert (CCP,
    art. R. 2185-1 et R. 2185-2).
    """
    if fondement not in set(Fondement):
        return Decision.refus(Motif("Choisissez ce qui fonde votre décision.", RENONCIATION))
    return Decision.selon(
        Motif(
            "Dites pourquoi : les entreprises qui ont participé le liront.",
            MOTIFS_DE_LA_RENONCIATION,
        )
        if not motif.strip()
        else None,
        Motif(
            (
                f"La séance a ouvert {compter(offres, 'offre')} pour ce lot : "
                "choisissez un autre fondement."
            ),
            SANS_OFFRE,
        )
        if fondement == Fondement.AUCUNE_OFFRE and offres
        else None,
        Motif(
            "Aucune offre n'est ouverte pour ce lot : choisissez « aucune offre n'a été remise ».",
            SANS_OFFRE,
        )
        if fondement in (Fondement.INAPPROPRIEES, Fondement.IRREGULIERES) and not offres
        else None,
    )


def peut_valider(*, a_deux: bool, proposee_par: str, par: str) -> Decision:
    """Un organisme qui publie à deux attribue à deux : une personne propose, une autre valide."""
    if not a_deux or proposee_par != par:
        return Decision.accord()
    return Decision.refus(
        Motif(
            "Votre organisme décide à deux : qui propose une attribution ne la valide pas. "
            "Une autre personne la valide."
        )
    )

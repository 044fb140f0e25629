"""Ce qu'un avis permet, et quand : l'Europe d'abord, la preuve toujours."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from droit.citation import Article
from droit.decision import Decision, Motif
from formats.avis.defaut import Defaut
from formats.dates import jour_et_heure

ATTENTE_MARCHE = Article("CCP", "R. 2131-20")
ATTENTE_CONCESSION = Article("CCP", "R. 3122-5")
PREUVE = Article("CCP", "R. 2131-19")
SANS_SUITE = Article("CCP", "R. 2185-1")


@dataclass(frozen=True, kw_only=True)
class EnvoiAuJoue:
    """Où en est l'avis européen : son envoi, la confirmation de sa réception, sa parution."""

    envoye_le: datetime | None = None
    confirme_le: datetime | None = None
    paru_le: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Suivi[Avis]:
    """Une forme d'avis : le dernier parti, le dernier de sa suite (lui-même,
    ou ce qui le change déjà), et l'avis initial qu'un support attend encore.
    """

    parti: Avis | None
    dernier: Avis
    a_reecrire: Avis | None


def peut_paraitre_ailleurs(
    *, joue: EnvoiAuJoue | None, attente: timedelta, maintenant: datetime, concession: bool = False
) -> Decision:
    """Rien ne paraît en France, profil compris, avant le JOUE, sauf sans nouvelle de lui 48 heures
    après qu'il a confirmé la réception (CCP, art. R. 2131-20 et R. 3122-5).
    """
    source = ATTENTE_CONCESSION if concession else ATTENTE_MARCHE
    if joue is None or (joue.paru_le is not None and joue.paru_le <= maintenant):
        return Decision.accord()
    if joue.envoye_le is None and joue.confirme_le is None:
        return Decision.refus(
            Motif(
                "Cet achat s'annonce d'abord au Journal officiel de l'Union européenne, "
                "et l'avis n'y est pas encore "
                "envoyé. Il n'est donc pas encore paru. Envoyez-le avant de publier ici.",
                source,
            )
        )
    if joue.confirme_le is None:
        return Decision.refus(
            Motif(
                "L'avis européen n'est pas encore paru, et sa réception n'est pas confirmée. "
                "Attendez l'une ou l'autre avant de publier ici.",
                source,
            )
        )
    # En temps universel : à l'heure de Paris, deux jours qui changent d'heure n'en font pas 48.
    libre_le = joue.confirme_le.astimezone(UTC) + attente
    if maintenant >= libre_le:
        return Decision.accord()
    return Decision.refus(
        Motif(
            "L'avis européen n'est pas encore paru. Vous pourrez publier quand il paraîtra, "
            "et au plus tard le "
            f"{jour_et_heure(libre_le)}.",
            source,
        )
    )


def heures(nombre: object) -> timedelta:
    """La valeur d'une table, en heures."""
    if not isinstance(nombre, int):
        raise ValueError(f"« {nombre} » n'est pas un nombre d'heures.")
    return timedelta(hours=nombre)


def peut_etre_ecrit(*, defauts: tuple[Defaut, ...]) -> Decision:
    """Un avis où une mention manque ne s'écrit pas : chaque défaut est dit avec son remède."""
    return Decision.selon(*(Motif(str(defaut)) for defaut in defauts))


def peut_ecrire_un_avis_initial(*, deja_parti: bool) -> Decision:
    """Un avis parti ne se réécrit pas : un rectificatif ou une annulation le change."""
    if not deja_parti:
        return Decision.accord()
    return Decision.refus(
        Motif(
            "L'avis de cette forme est déjà parti. Il ne se réécrit pas : "
            "seul un rectificatif le change."
        )
    )


def peut_etre_change(*, envoye: bool) -> Decision:
    """Un rectificatif ou une annulation change un avis que quelqu'un a pu lire.

    Ce que rien n'a envoyé se réécrit.
    """
    if envoye:
        return Decision.accord()
    return Decision.refus(
        Motif("Cet avis n'est pas envoyé : il n'y a rien à rectifier ni à annuler. Réécrivez-le.")
    )


def peut_partir(*, envoye: bool, remplace: bool, abandonnee: bool) -> Decision:
    """Un avis que les faits ont dépassé ne part plus.

    `abandonnee` : la procédure est sans suite, l'avis l'ignore.
    """
    if envoye or not (remplace or abandonnee):
        return Decision.accord()
    if abandonnee:
        return Decision.refus(
            Motif(
                "La procédure est sans suite, et cet avis n'est pas parti : ne l'envoyez pas.",
                SANS_SUITE,
            )
        )
    return Decision.refus(
        Motif("Un autre avis remplace celui-ci, qui n'est pas parti : ne l'envoyez pas.")
    )


def peut_etre_relance(*, abandonne: bool) -> Decision:
    """Un envoi que la plateforme recommence encore ne se relance pas : il partirait deux fois."""
    if abandonne:
        return Decision.accord()
    return Decision.refus(
        Motif(
            "L'envoi est déjà en cours : la plateforme recommence seule. Il n'y a rien à relancer."
        )
    )


def peut_declarer_l_envoi(
    *, envoyee_le: datetime, ecrit_le: datetime, preuve: int, maintenant: datetime
) -> Decision:
    """La date d'envoi se prouve (CCP, art. R. 2131-19) : une pièce, et une date possible.

    `preuve` : sa taille.
    """
    return Decision.selon(
        None
        if preuve
        else Motif(
            "La preuve de l'envoi manque. Joignez l'accusé de réception ou le courriel.", PREUVE
        ),
        Motif("La date d'envoi est dans le futur. Vérifiez-la.", PREUVE)
        if envoyee_le > maintenant
        else None,
        Motif("La date d'envoi précède l'écriture de l'avis. Vérifiez-la.", PREUVE)
        if envoyee_le < a_la_minute(ecrit_le)
        else None,
    )


def a_la_minute(instant: datetime) -> datetime:
    """Une date se saisit à la minute : à la minute près, elle ne précède rien."""
    return instant.replace(second=0, microsecond=0)


def peut_constater(
    *, envoyee_le: datetime, constate_le: datetime, maintenant: datetime
) -> Decision:
    """Une réception ou une parution suit l'envoi, et n'est pas dans le futur."""
    return Decision.selon(
        Motif("Cette date précède l'envoi de l'avis. Vérifiez-la.")
        if constate_le < a_la_minute(envoyee_le)
        else None,
        Motif("Cette date est dans le futur. Vérifiez-la.") if constate_le > maintenant else None,
    )


def peut_refuser(*, motif: str) -> Decision:
    """Un refus dit pourquoi, pour que l'avis se corrige."""
    return Decision.selon(
        None if motif.strip() else Motif("Le motif du refus manque. Recopiez-le.")
    )

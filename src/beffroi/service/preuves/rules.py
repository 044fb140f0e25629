"""Quand un dossier de preuve se remet, et ce qu'il couvre."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from droit.decision import Decision, Motif
from formats import dates

AVANT, APRES = timedelta(hours=24), timedelta(hours=1)
# Une réponse se commence parfois des mois avant : la sonde, elle, mesure chaque minute.
SONDE_AU_PLUS = timedelta(days=7)
# Sept jours de mesures, une par minute :
# l'archive s'établit en quelques secondes, et le vérificateur la lit d'une traite.
CERTIFICAT_AU_PLUS = timedelta(days=7)


@dataclass(frozen=True)
class Fenetre:
    """D'une heure à une autre, et les heures limites qu'elle entoure."""

    debut: datetime
    fin: datetime
    limites: tuple[datetime, ...] = ()


def fenetre(limite: datetime) -> tuple[datetime, datetime]:
    """Du jour d'avant l'heure limite à l'heure d'après : ce qui se dispute s'y passe."""
    return limite - AVANT, limite + APRES


def fenetres(limites: Iterable[datetime]) -> tuple[Fenetre, ...]:
    """Une par heure limite, celles d'avant comprises :
    l'incident qui a fait prolonger est autour de l'ancienne.
    """
    return fondues(Fenetre(*fenetre(limite), (limite,)) for limite in set(limites))


def fondues(plusieurs: Iterable[Fenetre]) -> tuple[Fenetre, ...]:
    """Dans l'ordre ; celles qui se touchent n'en font qu'une."""
    toutes: list[Fenetre] = []
    for une in sorted(plusieurs, key=lambda f: (f.debut, f.fin)):
        if toutes and une.debut <= toutes[-1].fin:
            avant = toutes[-1]
            limites = tuple(sorted({*avant.limites, *une.limites}))
            toutes[-1] = Fenetre(avant.debut, max(avant.fin, une.fin), limites)
        else:
            toutes.append(une)
    return tuple(toutes)


def fenetre_de_la_tentative(
    *, limite: datetime | None, commence_le: datetime, le: datetime
) -> tuple[datetime, datetime]:
    """De son début à maintenant, ou à l'heure d'après l'heure limite ;
    ses sept derniers jours si elle dure plus.
    """
    debut, fin = fenetre(limite or le)
    fin = min(fin, le)
    return max(min(debut, commence_le), fin - SONDE_AU_PLUS), fin


def fenetres_de_la_tentative(
    *, limite: datetime | None, anciennes: Iterable[datetime], commence_le: datetime, le: datetime
) -> tuple[Fenetre, ...]:
    """La sienne, et celle de chaque heure limite d'avant qu'elle a connue."""
    debut, fin = fenetre_de_la_tentative(limite=limite, commence_le=commence_le, le=le)
    connues = [ancienne for ancienne in anciennes if commence_le - APRES <= ancienne < le + AVANT]
    return fondues(
        [
            Fenetre(debut, fin, (limite,) if limite else ()),
            *(
                Fenetre(ancienne - AVANT, min(ancienne + APRES, le), (ancienne,))
                for ancienne in connues
            ),
        ]
    )


def dossier_possible(*, limite: datetime | None, le: datetime) -> Decision:
    """Avant l'heure limite, il dirait à l'acheteur qui dépose (CCP, art. R. 2132-9 ; annexe 7)."""
    if limite is None:
        return Decision.refus(
            Motif("Cette consultation n'a pas d'heure limite : il n'y a rien à prouver encore.")
        )
    if le <= limite + APRES:
        quand = dates.jour_et_heure_limite(limite + APRES)
        return Decision.refus(
            Motif(f"Le dossier de preuve se remet une heure après l'heure limite : le {quand}.")
        )
    return Decision.accord()


def certificat_possible(
    *, debut: datetime, fin: datetime, le: datetime, bornes: tuple[datetime, datetime] | None = None
) -> Decision:
    """Une période passée, de sept jours au plus ;
    pour un acheteur, dans le temps de sa consultation.
    """
    if fin <= debut:
        return Decision.refus(
            Motif("La fin vient avant le début, ou à la même heure. Vérifiez les deux.")
        )
    if fin > le:
        return Decision.refus(
            Motif("Cette période n'est pas finie : un certificat ne dit que ce qui a été mesuré.")
        )
    if fin - debut > CERTIFICAT_AU_PLUS:
        return Decision.refus(
            Motif(
                "Un certificat couvre sept jours au plus. Pour davantage, "
                "demandez-en plusieurs qui se suivent."
            )
        )
    if bornes and not (bornes[0] <= debut and fin <= bornes[1]):
        du, au = (dates.jour_et_heure_limite(borne) for borne in bornes)
        return Decision.refus(Motif(f"Pour cette consultation, la période va du {du} au {au}."))
    return Decision.accord()


def proposition(bornes: tuple[datetime, datetime], *, le: datetime) -> tuple[datetime, datetime]:
    """Les vingt-cinq dernières heures de la consultation, ou les dernières passées."""
    fin = min(bornes[1], le)
    return max(bornes[0], fin - AVANT - APRES), fin


def en_bref(*, mesures: int, attendues: int, echecs: int, inventees: int) -> str:
    """Ce que la période permet de dire, et rien de plus : sans mesure, rien n'est certifié."""
    if inventees:
        return (
            "Des mesures de cette période sont inventées, pour une démonstration : "
            "ce document ne certifie rien."
        )
    if not mesures:
        return "Rien n'a été mesuré dans cette période : ce document ne certifie rien."
    if echecs:
        return (
            "Des dépôts d'essai n'ont pas abouti dans cette période : ils sont dits ci-dessous, "
            "avec leur heure."
        )
    if mesures < attendues:
        return (
            "Chaque dépôt d'essai fait dans cette période a abouti. Il en manque : "
            "rien n'est dit des minutes sans essai."
        )
    return "Chaque minute de cette période, un dépôt d'essai a abouti, jusqu'au récépissé vérifié."

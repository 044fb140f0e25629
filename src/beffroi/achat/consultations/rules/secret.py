"""Qui peut lire quoi, et quand : les phrases que la page publique montre (scellement, §2.3)."""

from collections.abc import Sequence
from dataclasses import dataclass

_NOMBRES = {2: "deux", 3: "trois", 4: "quatre", 5: "cinq", 6: "six"}


@dataclass(frozen=True)
class Moment:
    """Une période, et ce qui y est vrai."""

    titre: str
    phrases: tuple[str, ...]


def qui_peut_lire(*, politique: str, membres: int, gardiens: Sequence[str]) -> tuple[Moment, ...]:
    """Avant l'heure limite, après elle,
    une fois les réponses ouvertes, et si les clés sont perdues.
    """
    return (
        Moment(
            "Avant l'heure limite", _avant(politique, du_centre=list(gardiens).count("exploitant"))
        ),
        Moment("Après l'heure limite", _apres(politique, membres)),
        Moment("Une fois votre réponse ouverte", _ouverte()),
        Moment("Si l'acheteur perd ses clés", _secours()),
    )


def _avant(politique: str, *, du_centre: int) -> tuple[str, ...]:
    complices = "une seule de ces personnes" if politique == "standard" else "deux de ces personnes"
    phrases = [
        "Votre navigateur scelle vos fichiers avant l'envoi. Le service ne reçoit rien de lisible.",
        "Le service seul ne peut rien lire : il n'a aucune clé.",
        "Les personnes de l'acheteur ont les clés, mais le service ne leur donne aucune réponse.",
        f"Il faudrait que le service et {complices} s'entendent, ou le service et deux gardiens.",
        "Qui volerait la base et les fichiers du service ne lirait rien.",
    ]
    if du_centre >= 2:
        phrases.append(
            f"{_NOMBRES.get(du_centre, str(du_centre)).capitalize()} gardiens travaillent au "
            "centre qui tient le service. "
            "Deux agents nommés et l'équipe technique pourraient donc, ensemble, ouvrir."
        )
    elif du_centre == 1:
        phrases.append(
            "Un gardien travaille au centre qui tient le service. Les deux autres sont ailleurs."
        )
    else:
        phrases.append("Aucun gardien ne travaille au centre qui tient le service.")
    return tuple(phrases)


def _apres(politique: str, membres: int) -> tuple[str, ...]:
    nombre = _NOMBRES.get(membres, str(membres))
    cles = "Une seule clé suffit" if politique == "standard" else "Il faut deux clés"
    return (
        f"Chez l'acheteur, {nombre} personnes ont une clé. {cles} pour ouvrir.",
        (
            "L'ouverture se fait toujours à deux personnes nommées. "
            "Le journal public en garde la trace."
        ),
    )


def _ouverte() -> tuple[str, ...]:
    """Dit sans détour : le secret par le calcul finit à l'ouverture,
    celui par le droit demeure (CCP, art. L. 2132-1).
    """
    return (
        (
            "Le service garde alors vos fichiers ouverts, pour que l'acheteur les examine. "
            "Il pourrait donc les lire."
        ),
        (
            "Seuls les agents habilités de l'acheteur y ont accès. "
            "Ils sont tenus au secret des affaires."
        ),
        "Une réponse jamais ouverte reste scellée.",
    )


def _secours() -> tuple[str, ...]:
    return (
        (
            "Deux gardiens sur trois peuvent ouvrir, sur demande écrite de l'acheteur, "
            "après l'heure limite."
        ),
        "Cela s'inscrit au journal, et chaque entreprise en est prévenue par courriel.",
    )

"""Les remarques des versions d'avant, retrouvées dans celle-ci :
à leur passage, ou parmi les passages disparus.
"""

from collections import defaultdict
from dataclasses import dataclass

from beffroi.achat.relectures.models import Commentaire, Relecture
from beffroi.achat.relectures.rules.ancrage import retrouver


@dataclass(frozen=True)
class Reprise:
    """Une remarque d'avant.

    `passage` : les mots qu'elle visait ; `paragraphe` : où ils sont ici, rien s'ils ont disparu.
    """

    remarque: Commentaire
    version: int
    passage: str
    paragraphe: int | None


@dataclass(frozen=True)
class Reprises:
    par_paragraphe: dict[int, list[Reprise]]
    disparues: list[Reprise]


def reprises_de(relecture: Relecture, *, rendues_seulement: bool) -> Reprises:
    """L'acheteur ne revoit que ce qu'un avis rendu lui a donné ;
    le juriste, aussi ce qu'il notait d'une demande retirée.
    """
    textes = [str(paragraphe["texte"]) for paragraphe in relecture.texte]
    trouvees: defaultdict[int, list[Reprise]] = defaultdict(list)
    disparues: list[Reprise] = []
    for remarque in _d_avant(relecture, rendues_seulement=rendues_seulement):
        reprise = _reprendre(remarque, textes)
        if reprise.paragraphe is None:
            disparues.append(reprise)
        else:
            trouvees[reprise.paragraphe].append(reprise)
    return Reprises(dict(trouvees), disparues)


def _d_avant(relecture: Relecture, *, rendues_seulement: bool) -> list[Commentaire]:
    etats = (
        [Relecture.Etat.RENDUE]
        if rendues_seulement
        else [Relecture.Etat.RENDUE, Relecture.Etat.RETIREE]
    )
    return list(
        Commentaire.objects.filter(
            relecture__consultation=relecture.consultation,
            relecture__numero__lt=relecture.numero,
            relecture__etat__in=etats,
            paragraphe__isnull=False,
        )
        .select_related("par", "repondu_par", "relecture")
        .order_by("relecture__numero", "paragraphe", "pk")
    )


def _reprendre(remarque: Commentaire, textes: list[str]) -> Reprise:
    numero = remarque.paragraphe or 0
    passage = next(
        (str(p["texte"]) for p in remarque.relecture.texte if int(p["numero"]) == numero), ""
    )
    return Reprise(
        remarque=remarque,
        version=remarque.relecture.numero,
        passage=passage,
        paragraphe=retrouver(passage, numero, textes),
    )

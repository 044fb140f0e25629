"""Ce dont un règlement parle, phrase par phrase, et s'il le dit ou l'exclut."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Literal, NamedTuple

from beffroi.achat.relectures.rules.reperage.amorces import peut_suivre
from beffroi.achat.relectures.rules.reperage.trouvaille import Trouvaille, phrases, plier
from formats.lecture import Paragraphe, Texte

Sujet = Literal[
    "accès libre au dossier",
    "aide",
    "avis d'une instance de médiation",
    "copie de sauvegarde",
    "cumul",
    "DC1",
    "DC2",
    "dépôt par courriel",
    "dépôt sur papier",
    "dernière offre",
    "données personnelles",
    "DUME",
    "DUME simplifié",
    "échantillons",
    "exclusivité du DC1",
    "groupement",
    "groupement de commandes",
    "hors délai",
    "identification obligatoire",
    "langue",
    "messagerie",
    "négociation",
    "sans négociation",
    "non-allotissement",
    "originaux certifiés",
    "ouverture de la copie",
    "paiement",
    "prestations similaires",
    "prestations supplémentaires",
    "prix ferme",
    "prix révisable",
    "recours",
    "réservation",
    "signature",
    "suspension",
    "tranches",
    "tribunal",
    "variantes",
    "virus",
    "visite",
]

_NEGATION = re.compile(
    r"\bn(?:e|')\s?(?:\w+[\s']){1,6}?(?:pas|plus|jamais|aucun\w*|ni)\b|\bn(?:e|')\s?"
    r"(?:peu\w+|sauraient?|saurait|doi\w+)\b"
    r"|\baucun\w*\b|\binterdit\w*|\bexclu(?!siv)\w*|\bproscrit\w*|\birrecevables?|\brejete\w*"
    r"|\belimine\w*|\birreguli\w+"
    r"|\bnon\s+(?:admis\w*|autoris\w*|accept\w*|exig\w*|requis\w*|prevu\w*|oblig\w*)|\bpas\s+"
    r"(?:admis\w*|autoris\w*|accept\w*|exig\w*|requis\w*|prevu\w*|oblig\w*)"
    r"|\brefuse\w*|\bsans\s+objet|\bneant\b|\bni\b.{1,80}\bni\b"
)
_MENACE = re.compile(r"\b(?:sous|a)\s+peine\s+(?:de|d')\s*\w+|\ba\s+defaut\b[^.]*")
_ENUMERE_DES_PLIS = re.compile(r"\b(?:offres|candidatures|plis|propositions|soumissions)\b")


@dataclass(frozen=True, kw_only=True)
class Mention:
    """Une phrase qui parle d'un sujet. `niee` :
    elle l'exclut, l'interdit ou dit qu'il n'y en a pas.

    `est_un_titre` : elle annonce le sujet sans rien en dire.
    """

    sujet: Sujet
    niee: bool
    est_un_titre: bool = False


class PhraseSituee(NamedTuple):
    """Une phrase pliée, et le paragraphe d'avant le sien."""

    phrase: Trouvaille[str]
    precedent: Paragraphe | None


def mentions(texte: Texte, sujet: Sujet) -> tuple[Trouvaille[Mention], ...]:
    """Les phrases du texte qui parlent de ce sujet."""
    return mentions_parmi(phrases_situees(texte), sujet)


def phrases_situees(texte: Texte) -> tuple[PhraseSituee, ...]:
    """Les phrases du texte, chacune avec le paragraphe qui précède le sien :
    à lire une fois pour plusieurs sujets.
    """
    return tuple(
        PhraseSituee(phrase, precedent)
        for precedent, paragraphe in pairwise((None, *texte.paragraphes))
        if paragraphe is not None
        for phrase in phrases(paragraphe)
    )


def mentions_parmi(
    situees: Iterable[PhraseSituee], sujet: Sujet
) -> tuple[Trouvaille[Mention], ...]:
    """Celles de ces phrases qui parlent de ce sujet."""
    return tuple(_mentions(situees, sujet))


def est_niee(phrase: str) -> bool:
    """La phrase exclut, interdit, ou dit qu'il n'y en a pas."""
    return _nie(plier(phrase))


def _nie(plie: str) -> bool:
    """« Sous peine de rejet » menace celui qui n'obéit pas : la phrase n'en exige que plus."""
    return bool(_NEGATION.search(_MENACE.sub(" ", plie)))


def depots_sur_papier_permis(texte: Texte) -> tuple[Trouvaille[Mention], ...]:
    """Les phrases qui permettent ou demandent de remettre une réponse sur papier,
    hors copie de sauvegarde.
    """
    return tuple(
        mention for mention in mentions(texte, "dépôt sur papier") if not mention.valeur.niee
    )


def depots_par_courriel_permis(texte: Texte) -> tuple[Trouvaille[Mention], ...]:
    """Les phrases qui permettent ou demandent de remettre une réponse par courriel ou télécopie."""
    return tuple(
        mention for mention in mentions(texte, "dépôt par courriel") if not mention.valeur.niee
    )


@dataclass(frozen=True)
class Motifs:
    """La phrase suit chacun des `exiges`, et pas `sauf` ;
    son paragraphe ou son titre suit `contexte`.
    """

    exiges: tuple[re.Pattern[str], ...]
    sauf: re.Pattern[str] | None
    contexte: re.Pattern[str] | None

    def reconnaissent(self, phrase: str, paragraphe: Paragraphe) -> bool:
        # Une boucle, pas un générateur : c'est la question la plus posée d'un contrôle.
        for motif in self.exiges:
            if not peut_suivre(motif, phrase) or not motif.search(phrase):
                return False
        if self.sauf and self.sauf.search(phrase):
            return False
        return not self.contexte or bool(
            self.contexte.search(plier(f"{paragraphe.titre} {paragraphe.texte}"))
        )


@cache
def motifs() -> dict[str, Motifs]:
    """La table `sujets.toml` : pour chaque sujet, à quoi une phrase se reconnaît."""
    sujets = tomllib.loads(files(__package__).joinpath("sujets.toml").read_text("utf-8"))
    return {
        nom: Motifs(
            exiges=tuple(map(_motif, sujet["listes"])),
            sauf=_motif(sujet["sauf"]) if "sauf" in sujet else None,
            contexte=_motif(sujet["contexte"]) if "contexte" in sujet else None,
        )
        for nom, sujet in sujets.items()
    }


def _motif(liste: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(liste).replace("[ ]?", r"\s?").replace("[ ]", r"\s+"))


def _mentions(situees: Iterable[PhraseSituee], sujet: Sujet) -> Iterator[Trouvaille[Mention]]:
    cherches = motifs()[sujet]
    de_remise = sujet in {"dépôt sur papier", "dépôt par courriel"}
    for phrase, precedent in situees:
        paragraphe = phrase.paragraphe
        if not cherches.reconnaissent(phrase.valeur, paragraphe):
            continue
        if de_remise and parle_de_la_copie_de_sauvegarde(paragraphe, precedent, phrase.valeur):
            continue
        yield Trouvaille(
            paragraphe=paragraphe,
            debut=phrase.debut,
            fin=phrase.fin,
            valeur=Mention(
                sujet=sujet, niee=_nie(phrase.valeur), est_un_titre=_est_un_titre(paragraphe)
            ),
        )


def _est_un_titre(paragraphe: Paragraphe) -> bool:
    return bool(paragraphe.titre) and paragraphe.titre.endswith(paragraphe.texte)


def parle_de_la_copie_de_sauvegarde(
    paragraphe: Paragraphe, precedent: Paragraphe | None, phrase: str
) -> bool:
    """La copie de sauvegarde se remet sur papier ou sur un support :
    ce n'est pas une réponse (CCP, art. R. 2132-11).
    """
    if (
        "sauvegarde" in phrase
        or "sauvegarde" in plier(paragraphe.titre)
        or "sauvegarde" in plier(paragraphe.texte)
    ):
        return True
    proche = precedent is not None and "sauvegarde" in plier(precedent.texte)
    return proche and not _ENUMERE_DES_PLIS.search(phrase)

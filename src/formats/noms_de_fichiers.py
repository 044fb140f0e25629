"""Ce qu'un nom de fichier peut avoir de gênant, et ce qu'il trahit : il n'est pas scellé, lui.

Jumeau de `navigateur/depot/noms.ts` et de `controles.ts` : mêmes motifs, mêmes phrases.
Les cas communs sont dans `tests/noms_de_fichiers.json`, que les deux essais lisent. Rien
ici ne refuse : tout avertit.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence

NOM_LONG = 120

_INVISIBLES = re.compile("[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_RESERVES = re.compile(r'[\\/:*?"<>|]')
_FORMULE = re.compile(r"^[=+\-@]")
_BORDS = re.compile(r"^[\s.]|[\s.]\Z")
_PERIPHERIQUE = re.compile(r"^(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.|\Z)", re.I)
_DOUBLE_EXTENSION = re.compile(
    r"\.(?:pdf|docx?|xlsx?|odt|ods|jpe?g|png)\.(?:exe|scr|com|bat|cmd|js|vbs|ps1|jar|msi)\Z", re.I
)
_EXTENSION = re.compile(r"\.([^.]+)\Z")
_EXTENSION_COURTE = re.compile(r"\.[^.]{1,10}\Z")
_PRIX = re.compile(
    r"(?:^|[^a-z])(?:dpgf|bpu|dqe|prix|devis|tarifs?|bordereau|acte[ _-]?d['’ _-]?engagement|ae)"
    r"(?:[^a-z]|\Z)"
)
_CHIFFRES = r"\d[\d \t\u00a0\u202f.,_'’]*"
_TAXE = r"(?:ht|ttc)(?![a-z0-9])"
_MONTANT = re.compile(
    rf"{_CHIFFRES}[ _-]*(?:k?€|k?eur(?:os?)?(?![a-z0-9]))(?:[ _-]*{_TAXE})?"
    rf"|\d[\d \t\u00a0\u202f.,_'’]{{2,}}[ _-]*{_TAXE}"
    rf"|€[ _-]*{_CHIFFRES}",
    re.I,
)
# « 2026-0142 », mais pas « 2023-2024 », qui sont des exercices.
_REFERENCE = re.compile(r"(?:^|[^0-9])(20[0-9]{2}-(?!19|20)[0-9]{4})(?![0-9])")


def bizarreries(nom: str) -> list[str]:
    """Les raisons pour lesquelles un nom paraît étrange."""
    raisons = (
        (len(nom) > NOM_LONG, f"il a plus de {NOM_LONG} caractères"),
        (_INVISIBLES.search(nom), "il contient des caractères invisibles"),
        (_RESERVES.search(nom), "il contient un caractère refusé par certains ordinateurs"),
        (_FORMULE.search(nom), "il commence par un signe qu'un tableur prendrait pour une formule"),
        (_BORDS.search(nom), "il commence ou finit par un point ou une espace"),
        (_PERIPHERIQUE.search(nom), "Windows réserve ce nom"),
        (_DOUBLE_EXTENSION.search(nom), "il cache un programme derrière une autre extension"),
    )
    return [raison for present, raison in raisons if present]


def nom_propose(nom: str) -> str:
    """Les mêmes mots, sans ce qui gêne ; l'extension est gardée."""
    compose = _RESERVES.sub("_", _INVISIBLES.sub("", unicodedata.normalize("NFC", nom)))
    propre = re.sub(r"^[=+\-@\s.]+|[\s.]+\Z", "", compose) or "document"
    if len(propre) <= NOM_LONG:
        return f"_{propre}" if _PERIPHERIQUE.search(propre) else propre
    trouve = _EXTENSION_COURTE.search(propre)
    extension = trouve[0] if trouve else ""
    return propre[: NOM_LONG - len(extension)] + extension


def nom_sans_montant(nom: str) -> str | None:
    """Un nom neutre à la place de celui qui dit un montant ; None s'il n'en dit pas."""
    trouve = _EXTENSION_COURTE.search(nom)
    extension = trouve[0] if trouve else ""
    racine = nom.removesuffix(extension)
    if not _MONTANT.search(racine):
        return None
    reste = re.sub(r"[ _-]{2,}", " ", _MONTANT.sub(" ", racine)).strip(" _-")
    return nom_propose(f"{reste or 'document'}{extension}")


def autre_consultation(nom: str, consultation: str) -> str | None:
    """La référence d'une autre consultation, lue dans le nom."""
    citees = _REFERENCE.findall(nom)
    return None if consultation in citees else next(iter(citees), None)


def avertissements(
    nom: str, *, enveloppe: str, consultation: str, formats: Collection[str] = (), taille: int = 1
) -> list[str]:
    """Ce qui se dit d'un fichier sans le lire : son nom, son format, sa taille."""
    dits: list[str] = []
    etranges, neutre, autre = (
        bizarreries(nom),
        nom_sans_montant(nom),
        autre_consultation(nom, consultation),
    )
    trouve = _EXTENSION.search(nom)
    if etranges:
        dits.append(
            f"Ce nom peut gêner : {', '.join(etranges)}. Nom proposé : « {nom_propose(nom)} »."
        )
    if neutre:
        dits.append(
            "Ce nom semble dire un montant, et un nom n'est pas scellé. Renommez ce fichier : "
            f"« {neutre} », par exemple."
        )
    if autre:
        dits.append(
            f"Ce nom porte la référence d'une autre consultation : {autre}. "
            f"Celle-ci est {consultation}."
        )
    if formats and (trouve[1].lower() if trouve else "") not in formats:
        dits.append(f"Ce format n'est pas dans la liste de l'acheteur : {', '.join(formats)}.")
    if enveloppe == "candidature" and _PRIX.search(_sans_accents(nom)):
        dits.append(
            "Ce fichier semble contenir un prix. Un prix se met dans l'offre, "
            "pas dans la candidature."
        )
    if taille == 0:
        dits.append("Ce fichier est vide.")
    return dits


def lire_les_formats(extensions: str) -> Sequence[str]:
    """« PDF, ods » : les extensions admises, en minuscules."""
    return [extension for extension in re.split(r"[\s,;]+", extensions.lower()) if extension]


def _sans_accents(texte: str) -> str:
    return "".join(
        c for c in unicodedata.normalize("NFD", texte) if not unicodedata.combining(c)
    ).lower()

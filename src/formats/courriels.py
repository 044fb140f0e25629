"""Un courriel : ses en-têtes, et la page sobre que l'on tire de son texte.

Ni image, ni suivi, ni rien à aller chercher.
"""

import re
from collections.abc import Collection
from html import escape
from urllib.parse import urlsplit

_ADRESSE = re.compile(r"https?://[^\s<>\"«»]*[^\s<>\"«».,;:!?)\]]")
# Ce qu'une messagerie rendrait cliquable dans un nom, ou ce à quoi l'on répondrait.
_DANS_UN_NOM = re.compile(r"://|\bwww\.|\S@\S|\w\.\w{2,}/", re.IGNORECASE)
_INVISIBLES = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_STYLE = (
    "margin:0 auto;max-width:40em;padding:1em;font:1em/1.5 "
    "sans-serif;overflow-wrap:anywhere;color:#1b1b1f;background:#fff"
)
_STYLE_D_UN_POINT = "margin:0 0 .5em"


def sur_une_ligne(texte: str) -> str:
    """Ce qui entre dans un en-tête :
    sans retour à la ligne, donc sans en-tête de plus (RFC 5322, § 2.2).
    """
    return " ".join(_INVISIBLES.sub(" ", texte).split())


def porte_une_adresse(nom: str) -> bool:
    """Un nom n'est ni un lien ni une adresse : cité dans nos courriels, il y mènerait ailleurs."""
    return _DANS_UN_NOM.search(nom) is not None


def sans_nul(texte: str) -> str:
    """Sans le caractère nul : nul ne le lit, et PostgreSQL ne le garde pas."""
    return texte.replace("\0", "")


def entetes(reference: str, *, arret: str, adresse: str) -> dict[str, str]:
    """Un identifiant qui ne change pas d'un essai à l'autre ;
    pour un abonnement, l'arrêt en un clic (RFC 8058).
    """
    communs = {
        "Message-ID": f"<{reference}@{urlsplit(adresse).hostname or 'localhost'}>",
        "X-Beffroi-Reference": reference,
        "Auto-Submitted": "auto-generated",
    }
    if not arret:
        return communs
    return {
        **communs,
        "List-Unsubscribe": f"<{sur_une_ligne(arret)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def en_html(texte: str, *, titre: str, chez: Collection[str]) -> str:
    """Les mêmes mots que le texte, dans le même ordre ; les adresses de la plateforme, et elles
    seules, y deviennent des liens : celles qu'une personne a tapées restent des mots.

    `chez` : où la plateforme répond, sans barre à la fin.
    """
    blocs = [bloc for bloc in re.split(r"\n[ \t]*\n", texte.strip("\n")) if bloc.strip()]
    corps = "\n".join(_bloc(bloc, chez) for bloc in blocs)
    return (
        '<!doctype html>\n<html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><meta '
        'name="color-scheme" content="light">'
        f'<title>{escape(titre)}</title></head>\n<body style="{_STYLE}">\n{corps}\n</body></html>\n'
    )


def _bloc(bloc: str, chez: Collection[str]) -> str:
    """Un paragraphe ; les lignes qui commencent par un tiret font une liste,
    celles en retrait les continuent.
    """
    rendu, liste = "", ""
    for ligne in bloc.split("\n"):
        if ligne.startswith("- "):
            liste += f'<li style="{_STYLE_D_UN_POINT}">{_liens(ligne[2:], chez)}</li>'
            continue
        if liste and ligne.startswith("  "):
            liste = f"{liste.removesuffix('</li>')}<br>{_liens(ligne[2:], chez)}</li>"
            continue
        rendu += f"<ul>{liste}</ul>" if liste else ""
        liste = ""
        rendu += f"<p>{_liens(ligne, chez)}</p>" if ligne.strip() else ""
    return rendu + (f"<ul>{liste}</ul>" if liste else "")


def est_de(adresse: str, chez: Collection[str]) -> bool:
    """L'adresse elle-même, ou ce qui en dépend : jamais un nom plus long, ni un autre hôte."""
    return any(
        adresse == ici or (ici and adresse.startswith((f"{ici}/", f"{ici}?", f"{ici}#")))
        for ici in chez
    )


def _liens(ligne: str, chez: Collection[str]) -> str:
    rendu, suite = "", 0
    for trouve in _ADRESSE.finditer(ligne):
        adresse = escape(trouve.group())
        lien = f'<a href="{adresse}">{adresse}</a>' if est_de(trouve.group(), chez) else adresse
        rendu += f"{escape(ligne[suite : trouve.start()])}{lien}"
        suite = trouve.end()
    return rendu + escape(ligne[suite:])

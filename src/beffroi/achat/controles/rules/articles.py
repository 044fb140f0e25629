"""Les textes cités, en vigueur et à leur place : RC-50."""

import tomllib
from functools import cache
from importlib.resources import files

from beffroi.achat.controles.rules.constat import Ecart, Fonctions, Reponses
from beffroi.achat.controles.rules.faits import Reglement
from beffroi.achat.relectures.rules import reperage

CCP = "le code de la commande publique"


@cache
def textes_abroges() -> dict[str, str]:
    """La table `textes_abroges.toml` : le numéro du texte, et ce qui le remplace."""
    lue = tomllib.loads(files(__package__).joinpath("textes_abroges.toml").read_text("utf-8"))
    return {numero: texte["remplace_par"] for texte in lue["texte"] for numero in texte["numeros"]}


@cache
def articles_abroges() -> dict[str, str]:
    lue = tomllib.loads(files(__package__).joinpath("textes_abroges.toml").read_text("utf-8"))
    return {
        numero: article["remplace_par"]
        for article in lue["article"]
        for numero in article["numeros"]
    }


def _textes_cites(reglement: Reglement) -> Reponses:
    abroges = textes_abroges()
    for cite in reperage.textes_numerotes(reglement.texte):
        remplace = abroges.get(cite.valeur.numero or cite.valeur.sorte)
        if remplace:
            yield Ecart(
                quoi="Le règlement cite un texte abrogé.",
                ou=cite,
                attendu=remplace,
                remede="Citez le texte en vigueur.",
            )
    for article in reglement.articles:
        remplace = articles_abroges().get(article.valeur.numero)
        if remplace and article.valeur.texte in {"CCP", ""}:
            yield Ecart(
                quoi=f"L'article {article.valeur.numero} n'est plus dans le code.",
                ou=article,
                attendu=remplace,
                remede="Citez l'article en vigueur, ou ôtez la citation.",
            )


FONCTIONS = {
    "RC-50": Fonctions(texte=_textes_cites),
}

"""La page des fautes plantées :
la liste, et ce que la série en a trouvé avant d'être raccourcie, puis après.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from beffroi.commandes.outillage.liste_des_fautes import RACINE, Faute, lire_la_liste

AVANT, APRES = (
    RACINE / "tests" / "fautes" / f"trouvees_{quand}.toml" for quand in ("avant", "apres")
)
SORTES = {
    "regle": "règle",
    "requete": "requête",
    "entete": "en-tête",
}
# pytest écrit ainsi les lettres accentuées d'un cas : `[\xe0 l'heure exacte]`.
LETTRE_ECHAPPEE = re.compile(r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4}))")
EN_TETE = """# Les fautes plantées

Raccourcir une série de tests ne doit rien faire prouver de moins. Pour le savoir, quarante fautes
qu'une personne pressée pourrait écrire sont gardées dans
[tests/fautes/fautes.toml](../../tests/fautes/fautes.toml) : une borne décalée, un verrou oublié,
une requête sans son organisme, un déclencheur qui manque. Il y en a dans chaque quartier et de
chaque sorte.

`./beffroi test --fautes` les plante dans une copie du code, plusieurs à la fois quand elles ne se
rencontrent pas, joue les tests qu'elles nomment, et dit lequel les trouve. Une faute est trouvée
quand un test échoue avec elle **et passe sans elle**. « Avant » : la série d'avant, où tout se
jouait sur les deux moteurs. « Après » : celle de chaque jour. L'étage est entre parenthèses ;
« plateforme » veut dire un serveur entier, avec ou sans navigateur.

Le code bouge, la liste suit : un test (`tests/fautes/test_les_fautes_s_appliquent.py`) vérifie que
chaque faute se plante encore, à un endroit et un seul. Qui déplace ce texte déplace la faute.

Cette page est tirée de la liste par `./beffroi docs`.
"""


def page() -> str:
    fautes, avant, apres = lire_la_liste(), trouvees(AVANT), trouvees(APRES)
    return (
        "\n".join([EN_TETE, *bilans(fautes, avant, apres), "", *tableau(fautes, avant, apres)])
        + "\n"
    )


def trouvees(fichier: Path) -> Mapping[str, Any]:
    """Ce que la commande a gardé ; rien tant qu'elle n'a pas été lancée."""
    return tomllib.loads(fichier.read_text("utf-8")) if fichier.exists() else {}


def bilans(
    fautes: list[Faute], avant: Mapping[str, Any], apres: Mapping[str, Any]
) -> Iterator[str]:
    for quand, vues in (("Avant", avant), ("Après", apres)):
        if vues:
            nombre = sum(vues[faute.nom]["trouvee"] for faute in fautes if faute.nom in vues)
            yield f"**{quand}** : {nombre} fautes trouvées sur {len(vues)} plantées."
    if all(faute.nom in avant and faute.nom in apres for faute in fautes):
        yield from comparaison(fautes, avant, apres)


def comparaison(
    fautes: list[Faute], avant: Mapping[str, Any], apres: Mapping[str, Any]
) -> Iterator[str]:
    """Une fois les deux séries jouées : ce que l'une trouve et l'autre non."""
    if perdues := trouvees_seulement_dans(avant, apres, fautes):
        yield f"La série d'après ne trouve plus {perdues}."
    else:
        yield "La série d'après trouve tout ce que trouvait celle d'avant."
    if gagnees := trouvees_seulement_dans(apres, avant, fautes):
        yield f"Elle trouve de plus {gagnees}."


def trouvees_seulement_dans(
    serie: Mapping[str, Any], autre: Mapping[str, Any], fautes: list[Faute]
) -> str:
    noms = [faute.nom for faute in fautes]
    return ", ".join(
        f"`{nom}`" for nom in noms if serie[nom]["trouvee"] and not autre[nom]["trouvee"]
    )


def tableau(
    fautes: list[Faute], avant: Mapping[str, Any], apres: Mapping[str, Any]
) -> Iterator[str]:
    yield "| faute | sorte | quartier | trouvée avant par | trouvée après par |"
    yield "|---|---|---|---|---|"
    for faute in fautes:
        nomme, sorte = f"`{faute.nom}` : {faute.dit}", SORTES.get(faute.sorte, faute.sorte)
        cases = (nomme, sorte, faute.quartier, case(faute, avant), case(faute, apres))
        yield f"| {' | '.join(cases)} |"


def case(faute: Faute, vues: Mapping[str, Any]) -> str:
    vue = vues.get(faute.nom)
    if vue is None:
        return "pas encore plantée"
    if not vue["trouvee"]:
        return "**non trouvée**"
    return f"`{nom_du_test(vue['par'])}` ({vue['etage']})"


def nom_du_test(chemin: str) -> str:
    """Le fichier et la phrase ; sans le dossier, ni la barre qui couperait la case du tableau."""
    fichier, _, test = chemin.partition("::")
    phrase = LETTRE_ECHAPPEE.sub(lambda lu: chr(int(lu[1] or lu[2], 16)), test)
    return f"{fichier.rpartition('/')[2]}::{phrase}".replace("|", "\\|")

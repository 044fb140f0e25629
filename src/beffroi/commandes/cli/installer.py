"""Met Beffroi en service sur une Debian nue : cinq questions, puis le site répond en https.

Exemple, en root, le logiciel étant dans /opt/beffroi : /opt/beffroi/beffroi installer
Relancée, la commande reprend où elle s'était arrêtée, répare, ou met à jour ; elle ne redemande
rien, n'écrase ni clé, ni donnée, ni réglage. Sans personne pour répondre : les options, ou --choix.
"""

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path

from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.installation import demandes, etapes, machine
from beffroi.commandes.cli.installation.choix import AUCUN, INTERNE, TOUTES, Choix, lire

RACINE = Path(__file__).resolve().parents[4]


def arguments(analyseur: ArgumentParser) -> None:
    for question in TOUTES.values():
        analyseur.add_argument(
            f"--{question.nom}", metavar="…", help=f"{question.phrase} : {question.exemple}"
        )
    analyseur.add_argument("--choix", type=Path, help="fichier TOML de réponses, une par ligne")


def executer(options: Namespace) -> int:
    debut = time.monotonic()
    machine.exiger_une_debian(RACINE)
    connus = demandes.lire_un_fichier(etapes.CHOIX) if etapes.CHOIX.exists() else {}
    nouveaux = demandes.donnes(options)
    if etapes.EN_SERVICE.exists():
        demandes.exiger_la_meme_base(connus=connus, nouveaux=nouveaux)
    textes = demandes.reunir(connus=connus, nouveaux=nouveaux)
    choix = lire(textes)
    machine.exiger_la_place_du_frontal(choix)
    parcourir(etapes.ETAPES, etapes.Chantier(choix, textes, frozenset(nouveaux)))
    print(bilan(choix, minutes=(time.monotonic() - debut) / 60))
    return 0


def parcourir(suite: Sequence[etapes.Etape], chantier: etapes.Chantier) -> None:
    """L'une après l'autre ; celle qui échoue dit laquelle, pourquoi, et que rien n'est perdu."""
    for rang, (titre, faire) in enumerate(suite, start=1):
        print(f"[{rang}/{len(suite)}] {titre}", flush=True)
        try:
            faire(chantier)
        except (ErreurDeCommande, OSError) as refus:
            raise ErreurDeCommande(
                f"l'étape {rang}, « {titre} », n'a pas abouti : {refus}\n"
                "  Rien n'est perdu : la cause levée, relancez la même commande, elle reprend ici."
            ) from refus


def bilan(choix: Choix, *, minutes: float) -> str:
    """Où est chaque chose, et ce qui reste à faire : rien, si l'essai n'a pas été demandé."""
    restes = [
        phrase
        for reste, phrase in (
            (
                choix.courriel is None,
                f"donner le serveur de courriel : --courriel (« {AUCUN} » jusqu'ici)",
            ),
            (
                choix.horodatage is None,
                "donner un service d'horodatage qualifié avant le premier marché : --horodatage",
            ),
            (choix.certificat == INTERNE, "donner un certificat que chacun admet : --certificat"),
        )
        if reste
    ]
    lignes = [
        "",
        f"https://{choix.site} répond. {minutes:.0f} min.",
        f"  réglages     {etapes.REGLAGES}",
        f"  sauvegardes  chaque nuit dans {etapes.SAUVEGARDES}, à recopier ailleurs",
        "  commandes    beffroi aide (partout, en root)",
        f"  reste à faire : {'rien' if not restes else ''}",
    ]
    return "\n".join([*lignes, *(f"    - {phrase}" for phrase in restes)])

"""Donne au service une clé neuve ; celle d'avant reconnaît encore ce qui est en route.

La clé d'avant reste à côté : elle reconnaît les séances, les liens et les jetons qu'elle a signés
pendant quatre-vingt-dix jours (--jours), et lit pour toujours ce qu'elle a chiffré. La clé neuve
sert quand « serve » et « worker » repartent ; le registre l'inscrit alors. À plusieurs nœuds,
--vers en fait un paquet, que chacun prend par « ./beffroi noeud rejoindre ».
Volée : --jours 0, et plus rien de ce qu'elle a signé ne vaut.
"""

import secrets
from argparse import ArgumentParser, Namespace
from datetime import timedelta
from pathlib import Path

from beffroi.commandes.cli.cadre import (
    exiger_une_base_a_jour,
    preparer_django,
    retenir_les_cles,
)
from beffroi.commandes.cli.cles_changement import (
    exiger_que_rien_ne_l_empeche,
    remettre_aux_autres,
    vers_les_autres,
)
from beffroi.commandes.cli.erreurs import ErreurDeCommande
from beffroi.commandes.cli.fichiers import remplacer_pour_soi

# Un lien reçu par courriel s'ouvre tant que dure une consultation.
JOURS = 90
SIGNES = 64
TENUE = (
    "la clé du service joint les coffres des nœuds, et la changer ferait tourner de nouveau les "
    "clés"
)
AILLEURS = (
    "la clé d'aujourd'hui est rangée dans cles/django-precedentes ; {ou} donne celle du service, "
    "et ne se change pas d'ici. Lancez cette commande sur chaque nœud, puis posez-y la clé neuve : "
    "64 signes au hasard (openssl rand -base64 48)."
)
ENSUITE = (
    "Relancez « serve », puis « worker », nœud par nœud : dès que le premier repart, la base ne "
    "reconnaît plus que la clé neuve, et les autres attendent la leur (/pret). Le registre "
    "l'inscrit à ce moment."
)


def arguments(analyseur: ArgumentParser) -> None:
    analyseur.add_argument(
        "--jours",
        type=int,
        default=JOURS,
        help=f"jours où la clé d'avant reconnaît encore ce qu'elle a signé ({JOURS} ; volée : 0)",
    )
    vers_les_autres(analyseur)


def executer(options: Namespace) -> int:
    preparer_django()
    exiger_une_base_a_jour("Lancez « ./beffroi migrer ».")
    from django.conf import settings

    if options.jours < 0:
        raise ErreurDeCommande("--jours : écrivez un nombre de jours, ou 0.")
    exiger_que_rien_ne_l_empeche("service", tenue=TENUE, vers=options.vers)
    retenir_les_cles()
    ranger_celle_d_aujourd_hui(options.jours)
    neuve = secrets.token_urlsafe(SIGNES)
    ou: Path | None = settings.CLES_DU_SERVICE["fichier"]
    if ou is None or not remplacer_pour_soi(ou, neuve):
        print(AILLEURS.format(ou=ou or "l'environnement"))
    else:
        print(f"clé neuve posée : {ou}")
        if options.vers:
            remettre_aux_autres(options.vers, neuve)
    print(ENSUITE)
    return 0


def ranger_celle_d_aujourd_hui(jours: int) -> None:
    """D'abord, elle : rien ne se perd, où que la suite s'arrête."""
    from django.conf import settings

    from beffroi.socle.fondations.cles_du_service import CleDAvant, ranger
    from beffroi.socle.fondations.horloge import heure_reelle

    # Le dernier jour est compris : à zéro, c'était hier.
    jusqu_au = heure_reelle().date() + timedelta(days=jours or -1)
    ranger(Path(settings.DONNEES) / "cles", CleDAvant(settings.SECRET_KEY, jusqu_au))

"""Ce qui fait entrer : un mot de passe, un second facteur, une adresse confirmée.

Le journal en retient l'empreinte à chaque changement (ADR 0051). Qui, tenant la base, donne son
second facteur au compte d'une autre contredit la dernière empreinte engagée, et la relecture nomme
la ligne. Le mot de passe est une colonne du compte ; le reste est à allauth.
"""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from beffroi.socle.fondations.hors_preuve import HorsPreuve
from beffroi.socle.journal.lignes import PartProuvee
from beffroi.socle.journal.lignes_d_autrui import prouver

# Ce qui change chaque fois que l'on s'en sert, et ne dit rien du facteur lui-même.
DE_L_USAGE = frozenset({"dernier_pas", "viewed_at"})


def brancher() -> None:
    """Appelé une fois, au démarrage."""
    prouver(EmailAddress)
    prouver(
        Authenticator,
        hors_preuve={
            "last_used_at": HorsPreuve(
                "une commodité, écrite à chaque connexion",
                "l'écran dirait une autre date ; les connexions sont au journal de sécurité",
            )
        },
        parts={
            "data": PartProuvee(
                sans_l_usage,
                reste=HorsPreuve(
                    "le dernier code servi, écrit à chaque connexion",
                    "un code de trente secondes servirait deux fois ; il faut encore l'avoir lu",
                ),
            )
        },
    )


def sans_l_usage(donnees: dict[str, Any]) -> dict[str, Any]:
    """Le secret, la clé d'accès, les codes de secours et ceux qui ont servi."""
    return {nom: valeur for nom, valeur in donnees.items() if nom not in DE_L_USAGE}

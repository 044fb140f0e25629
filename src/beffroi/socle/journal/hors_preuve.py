"""Les tables que `verifier --journal` ne relit pas ligne par ligne, et pourquoi.
Toute autre table est une `LigneProuvee`.

Un contexte dit les siennes dans ses prises ;
un test refuse un modèle qui ne serait ni d'un côté ni de l'autre.
"""

from collections.abc import Callable, Mapping

from beffroi.socle.fondations import prises

# Les tables de Django et du socle, qui n'ont pas de prises.
D_OFFICE = {
    "auth.Permission": "table de Django, dont Beffroi ne se sert pas",
    "auth.Group": "table de Django, dont Beffroi ne se sert pas",
    "auth.Group_permissions": "table de Django, dont Beffroi ne se sert pas",
    "contenttypes.ContentType": "le répertoire des modèles, que Django recompose",
    "sessions.Session": "une connexion en cours, qui expire",
    "account.EmailAddress": "recopie l'adresse du compte pour la connexion",
    "account.EmailConfirmation": "une demande de confirmation, qui expire",
    "mfa.Authenticator": (
        "un second facteur : un secret, remplacé quand on veut ; l'acte est au journal"
    ),
    "socle.Tache": "la file de l'ouvrier : du travail à faire, répétable, effacé ensuite",
    "socle.Courriel": "la boîte d'envoi : du travail à faire ; l'acte qui écrit est au journal",
    "socle.Numerotation": "le dernier numéro d'une suite, que les objets numérotés portent",
}


def prouvees_autrement() -> dict[str, str]:
    """Relues d'une façon qui leur est propre :
    le journal les contient, ou elles décrivent des octets.
    """
    return _dites(lambda un: un.prouvees_autrement)


def hors_preuve() -> dict[str, str]:
    """Ce qui n'est pas une preuve."""
    return D_OFFICE | _dites(lambda un: un.hors_preuve)


def _dites(choisir: Callable[[prises.Prises], Mapping[str, str]]) -> dict[str, str]:
    return {
        f"{contexte}.{modele}": raison
        for contexte, un in prises.declarees()
        for modele, raison in choisir(un).items()
    }

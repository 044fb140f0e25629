"""Ce qu'une page a dit tout bas pendant le parcours."""

from typing import Any


def sans_faute(page: Any, *, serveur_mort: bool = False) -> None:
    """Ni erreur de script, ni violation de la politique de sécurité, ni ligne rouge à la console.

    Un serveur tué laisse des requêtes sans réponse : elles seules sont alors permises.
    """
    if serveur_mort:
        page.console = [ligne for ligne in page.console if "net::ERR" not in ligne]
    assert page.erreurs == []
    assert page.console == []

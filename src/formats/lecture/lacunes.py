"""Ce qui n'a pas été lu d'un document, en une phrase chacune."""

from collections.abc import Sequence

MACROS = (
    "Le document contient des macros, qui ne sont ni lues ni exécutées. "
    "Retirez-les avant de publier."
)
MODIFICATIONS = (
    "Le document garde des modifications suivies : le texte supprimé n'a pas été lu, "
    "le texte ajouté l'a été. "
    "Acceptez-les ou refusez-les avant de publier."
)
CACHE = (
    "Le document contient du texte caché, qui n'a pas été lu. "
    "Affichez-le ou supprimez-le avant de publier."
)
COMMENTAIRES = (
    "Le document contient des commentaires, qui n'ont pas été lus. Supprimez-les avant de publier."
)
INCORPORES = (
    "Le document contient un objet incorporé (tableau, dessin), dont le texte n'a pas été lu."
)
FORMULAIRE = "Le PDF contient des champs de formulaire : ce qui y est saisi n'a pas été lu."


def pages_sans_texte(pages: Sequence[int]) -> str:
    """« Les pages 3 à 7 et 9 sont des images… »"""
    une = len(pages) == 1
    sujet = (
        f"La page {pages[0]} est une image"
        if une
        else f"Les pages {_suites(pages)} sont des images"
    )
    return (
        f"{sujet} : {'elle n’a pas été lue' if une else 'elles n’ont pas été lues'}. "
        "Le contrôle est donc partiel."
    )


def pages_abimees(pages: Sequence[int]) -> str:
    une = len(pages) == 1
    sujet = f"La page {pages[0]} est abîmée" if une else f"Les pages {_suites(pages)} sont abîmées"
    return (
        f"{sujet} : {'elle n’a pas été lue' if une else 'elles n’ont pas été lues'}. "
        "Le contrôle est donc partiel."
    )


def pages_au_dela(lues: int, toutes: int) -> str:
    return (
        f"Le document a {toutes} pages : seules les {lues} premières ont été lues. "
        "Le contrôle est donc partiel."
    )


def _suites(pages: Sequence[int]) -> str:
    """« 1, 3 à 5 et 9 »."""
    suites: list[list[int]] = []
    for page in pages:
        if suites and page == suites[-1][-1] + 1:
            suites[-1].append(page)
        else:
            suites.append([page])
    dites = [str(s[0]) if len(s) == 1 else f"{s[0]} à {s[-1]}" for s in suites]
    return " et ".join(filter(None, [", ".join(dites[:-1]), dites[-1]]))

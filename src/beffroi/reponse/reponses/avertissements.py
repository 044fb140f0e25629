"""Ce que le serveur peut dire d'une réponse sans la lire :
il ne tient que des noms, des formats et des tailles.

Le navigateur qui scelle en sait plus (mot de passe, macros, contenus semblables) et l'ajoute,
le temps de son onglet. Un collègue, un autre poste, un autre navigateur lisent au moins ceci.
"""

from collections import defaultdict
from collections.abc import Sequence

from beffroi.reponse.depots.models import FichierScelle
from beffroi.reponse.reponses.queries.avancement import Avancement, Place
from formats import noms_de_fichiers


def avertissements(reponse: Avancement) -> dict[int, list[str]]:
    """Par fichier, ce qui est à vérifier ; rien n'est refusé."""
    ailleurs = memes_fichiers(reponse)
    return {
        fichier.pk: [*sans_le_lire(reponse, fichier, formats), *ailleurs.get(fichier.pk, [])]
        for place in reponse.places
        for fichier, formats in fichiers_et_formats(place)
    }


def fichiers_et_formats(place: Place) -> list[tuple[FichierScelle, Sequence[str]]]:
    """Chaque fichier, et les extensions que l'acheteur admet pour la pièce à laquelle il répond."""
    attendus = [(piece.fichier, piece.attendue.formats) for piece in place.pieces if piece.fichier]
    return [
        (fichier, noms_de_fichiers.lire_les_formats(formats)) for fichier, formats in attendus
    ] + [(fichier, ()) for fichier in place.autres]


def sans_le_lire(reponse: Avancement, fichier: FichierScelle, formats: Sequence[str]) -> list[str]:
    return noms_de_fichiers.avertissements(
        fichier.nom,
        enveloppe=fichier.enveloppe,
        consultation=reponse.consultation.reference,
        formats=formats,
        taille=fichier.taille_claire,
    )


def memes_fichiers(reponse: Avancement) -> dict[int, list[str]]:
    """Le même nom et la même taille dans deux enveloppes :
    sans doute le même fichier, peut-être voulu.
    """
    semblables: dict[tuple[str, int], list[tuple[Place, FichierScelle]]] = defaultdict(list)
    for place in reponse.places:
        for fichier in place.fichiers:
            semblables[fichier.nom, fichier.taille_claire].append((place, fichier))
    return {
        fichier.pk: [
            f"Un fichier de même nom et de même taille est aussi dans : {groupe[0][0].titre}."
        ]
        for groupe in semblables.values()
        for _, fichier in groupe[1:]
    }

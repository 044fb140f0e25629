"""Rendre un tableau, dans le format demandé."""

from django.http import HttpResponse

from beffroi.centre.recettes import exports
from beffroi.socle.fondations.erreurs import Introuvable
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.guichet.telechargements import rendre_un_fichier
from formats.noms_de_fichiers import nom_propose
from formats.tableur import Feuille


def joint(feuille: Feuille, format_: str, nom: str) -> HttpResponse:
    """Le fichier, à enregistrer ; un autre format n'existe pas."""
    if format_ not in exports.FORMATS:
        raise Introuvable()
    octets = exports.octets(feuille, format_, le=maintenant())
    return rendre_un_fichier(octets, f"{nom_propose(nom)}.{format_}")

"""Régler le compartiment S3 pour que le navigateur d'une entreprise puisse y
envoyer, et y lire (CORS).
"""

import sys


def autoriser_les_pages() -> None:
    """Sans effet sur un disque.

    Un service qui refuse ce réglage n'arrête rien : la phrase dit ce qu'il faut y faire.
    """
    from django.conf import settings

    from beffroi.socle.fondations.stockage import StockageEnPanne, stockage
    from beffroi.socle.fondations.stockage.s3 import S3Store

    magasin = stockage()
    if not isinstance(magasin, S3Store):
        return
    try:
        magasin.autoriser(settings.ADRESSE_PUBLIQUE)
    except StockageEnPanne as erreur:
        print(
            f"beffroi : le stockage S3 ne se laisse pas régler ({erreur.message}) Autorisez-y "
            "vous-même l'origine "
            f"{settings.ADRESSE_PUBLIQUE} (CORS, méthodes GET et PUT, tous les en-têtes).",
            file=sys.stderr,
        )

"""La ronde des retraits, sur chaque nœud."""

from datetime import datetime

from beffroi.publicite.retraits import manques, services


def rendre_les_manques(_: datetime) -> None:
    """Ronde : ce qu'un nœud a compté sans la base y entre dès qu'elle est là."""
    manques.relever(services.compter_les_manques)

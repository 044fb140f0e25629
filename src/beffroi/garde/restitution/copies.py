"""Les archives rendues et gardées ici :
ce que la veille relit, et ce qui s'élimine avec les pièces qu'elles copient.
"""

from collections.abc import Iterator

from beffroi.garde.archives.copies import copie
from beffroi.garde.archives.ports import Rendue
from beffroi.garde.restitution.models import Restitution
from beffroi.garde.restitution.queries import inventaire_de
from beffroi.personnes.organismes.models import Organisme


def gardees(organisme: Organisme | None = None) -> list[Rendue]:
    return list(_gardees(organisme))


def _gardees(organisme: Organisme | None) -> Iterator[Rendue]:
    etablies = (
        Restitution.objects.exclude(cle_de_stockage="").select_related("organisme").order_by("pk")
    )
    for une in etablies.filter(organisme=organisme) if organisme else etablies:
        piece = copie(
            f"Archive rendue {une.reference}",
            une.nom,
            cle=une.cle_de_stockage,
            sha256=une.sha256,
            taille=une.taille,
        )
        yield Rendue(piece=piece, contenues=lambda une=une: frozenset(inventaire_de(une)))  # type: ignore[misc]

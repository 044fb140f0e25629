"""« À faire » et les organismes : en nommer l'administrateur, quand il n'y en a pas."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import ACTES, est_du_centre, permet
from beffroi.personnes.organismes.queries import organismes_servis
from beffroi.socle.fondations.a_faire import AFaire


def organismes_sans_administrateur(
    habilitations: Iterable[Habilitation], *, le: datetime
) -> Iterator[AFaire]:
    """Sans administrateur, plus personne ne donne de rôle : l'exploitant seul peut en nommer un.

    Celui qui n'a pas encore ouvert son lien est nommé : la page des organismes le dit.
    """
    if not any(
        permet(une, "nommer_un_administrateur", ACTES) and est_du_centre(une)
        for une in habilitations
    ):
        return
    for servi in organismes_servis():
        if not servi.administrateurs and not servi.attendus:
            yield AFaire(
                titre="Nommer un administrateur",
                detail=f"{servi.organisme} n'a pas d'administrateur : personne n'y donne de rôle.",
                url=f"/exploitant/organismes/{servi.organisme.siret}/administrateur/",
                geste="Nommer",
                quand="Dès que possible",
                presse=True,
                echeance=le,
            )

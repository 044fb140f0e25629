"""« À faire » et les données essentielles : publier une fiche avant son dernier jour, importer ce qui attend."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time

from beffroi.donnees_essentielles.permissions import ACTES
from beffroi.donnees_essentielles.queries import a_publier_avant
from beffroi.organismes.models import Habilitation
from beffroi.organismes.permissions import permet
from beffroi.portail.gestes import AFaire
from droit.dates import en_toutes_lettres
from formats.dates import PARIS


def fiches_a_publier(habilitations: Iterable[Habilitation], *, le: datetime) -> Iterator[AFaire]:
    """Chaque fiche que la loi fait publier, et son dernier jour (CCP, art. R. 2196-1, R. 3131-1)."""
    siens = [une.organisme for une in habilitations if permet(une, "publier", ACTES)]
    aujourd_hui = le.astimezone(PARIS).date()
    for fiche, avant in a_publier_avant(siens):
        if avant is None:
            continue
        yield AFaire(
            titre="Publier les données d'un contrat",
            detail=f"{fiche.objet} ({fiche.numero})",
            url=f"/acheteur/donnees-essentielles/fiches/{fiche.reference}/",
            geste="Relire et publier",
            quand=f"{'En retard depuis' if avant < aujourd_hui else 'Avant'} le {en_toutes_lettres(avant)}",
            presse=False,
            echeance=datetime.combine(avant, time(12), PARIS),
        )

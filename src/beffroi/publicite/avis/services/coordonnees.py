"""Les coordonnées que tout avis d'un organisme répète."""

from datetime import datetime

from django.db import transaction

from beffroi.personnes.organismes.models import Organisme
from beffroi.publicite.avis.models import CoordonneesDAvis
from beffroi.socle.journal.acteurs import Acteur
from beffroi.socle.journal.services import journaliser


@transaction.atomic
def noter_les_coordonnees(
    *, organisme: Organisme, champs: dict[str, str], par: Acteur, maintenant: datetime
) -> CoordonneesDAvis:
    """Garde ce que tout avis de l'organisme répète. Un avis déjà écrit n'en change pas."""
    coordonnees, _ = CoordonneesDAvis.objects.update_or_create(
        organisme=organisme, defaults={**champs, "modifiees_le": maintenant}
    )
    journaliser(
        "avis.noter_les_coordonnees",
        sujet=organisme.siret,
        organisme=organisme.siret,
        par=par,
        le=maintenant,
        donnees={"champs": sorted(nom for nom, valeur in champs.items() if valeur)},
    )
    return coordonnees

"""La ronde de la conformité."""

from datetime import datetime

from beffroi.garde.conformite.services import droits, securite


def conserver(le: datetime) -> None:
    """Ronde : rien ne se garde plus longtemps que dit."""
    securite.purger(le=le)
    securite.sceller(le=le)
    droits.oublier_les_non_confirmees(le=le)
    droits.effacer_les_echues(le=le)

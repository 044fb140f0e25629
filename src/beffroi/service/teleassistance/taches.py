"""La ronde de la téléassistance : rien ne reste ouvert, rien ne traîne."""

from datetime import datetime

from beffroi.service.teleassistance.services import partages


def expirer(le: datetime) -> None:
    """Ronde : les codes que personne n'a tapés, les partages oubliés, ce qui ne compte plus."""
    partages.expirer_les_oublies(le=le)
    partages.oublier_les_accords(le=le)
    partages.oublier_les_codes_faux(le=le)

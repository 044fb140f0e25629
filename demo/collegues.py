"""Une collègue que Sophie invite, et qui n'a pas encore accepté."""

from datetime import datetime, timedelta

from beffroi.personnes.entreprises.queries import membres_de
from beffroi.personnes.entreprises.services import inviter_un_collegue
from demo.peuplement import Troupe


def raconter(troupe: Troupe, *, le: datetime) -> None:
    sophie = membres_de(troupe.personnes["sophie"])[0]
    inviter_un_collegue(
        par=sophie, courriel="ines@faitage.example", maintenant=le - timedelta(days=2)
    )

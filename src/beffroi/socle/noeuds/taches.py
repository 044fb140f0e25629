"""La ronde qui dit qu'un ouvrier travaille."""

from datetime import datetime

from beffroi.socle.noeuds.services import noter_l_ouvrier


def dire_que_l_ouvrier_travaille(le: datetime) -> None:
    noter_l_ouvrier(le=le)

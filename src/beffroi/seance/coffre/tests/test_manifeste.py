"""Un manifeste que le dépôt accepte se lit à l'ouverture : la limite est la même des deux côtés."""

import io

import pytest

from beffroi.reponse.depots import limits
from beffroi.seance.coffre import descellement, manifeste
from beffroi.seance.coffre.descellement import Borne


def test_l_ouverture_lit_tout_manifeste_que_le_depot_accepte():
    borne = Borne(io.BytesIO(), descellement.OCTETS_D_UN_MANIFESTE)

    for _ in range(limits.OCTETS_D_UN_MANIFESTE // 2**20):
        borne.write(bytes(2**20))

    with pytest.raises(manifeste.ManifesteIllisible, match="trop grand"):
        borne.write(b"x")

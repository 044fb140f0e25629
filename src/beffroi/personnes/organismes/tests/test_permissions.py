"""Ce qu'un rôle permet ne dépend pas de ceux que l'on tient avec lui."""

from itertools import product

from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import permet

Role = Habilitation.Role


def test_un_role_de_plus_n_ote_aucun_droit():
    """`test_roles` s'y fie : qui tient tous les rôles et reste dehors n'entrerait avec aucun."""
    table = {role.value: frozenset({role}) for role in Role}

    perdus = [
        (seul, autre)
        for seul, autre in product(Role, Role)
        if not permet(Habilitation(roles=[seul, autre]), seul.value, table)
    ]
    assert perdus == []

"""Le monde d'un essai : ce qui manque à cette machine le fait passer, en le disant."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.pannes.acharnement.acteurs import Deposante
from tests.pannes.acharnement.monde import Monde, un_monde
from tests.pannes.acharnement.registre import Registre
from tests.serveurs import postgresql
from tests.serveurs.frontaux import FrontalAbsent
from tests.serveurs.seaweedfs import SeaweedfsAbsent
from tests.serveurs.secours import BaseSecourue, base_secourue


@contextmanager
def un_monde_tenu(
    dossier: Path, *, entreprises: int, enveloppes: int, frontal: str = "nginx"
) -> Iterator[Monde]:
    with (
        passer_sans_le_necessaire(),
        postgresql.postgresql(durable=True) as base,
        un_monde(
            dossier,
            entreprises=entreprises,
            enveloppes=enveloppes,
            base=base,
            donnees_de_la_base=postgresql.donnees_de(base),
            frontal=frontal,
        ) as monde,
    ):
        yield monde


@contextmanager
def un_monde_secouru(dossier: Path, *, entreprises: int) -> Iterator[tuple[Monde, BaseSecourue]]:
    with (
        passer_sans_le_necessaire(),
        base_secourue() as base,
        un_monde(
            dossier,
            entreprises=entreprises,
            enveloppes=1,
            base=base.adresse,
            donnees_de_la_base=base.en_service,
        ) as monde,
    ):
        yield monde, base


@contextmanager
def passer_sans_le_necessaire() -> Iterator[None]:
    try:
        yield
    except (postgresql.PostgresqlAbsent, SeaweedfsAbsent, FrontalAbsent) as absent:
        pytest.skip(str(absent))


def des_deposantes(monde: Monde, registre: Registre, **options: str) -> list[Deposante]:
    return [
        Deposante(monde, registre, identifiant, jeton, monde.dossier / identifiant, **options)  # type: ignore[arg-type]
        for identifiant, jeton in monde.scene["jetons"].items()
    ]

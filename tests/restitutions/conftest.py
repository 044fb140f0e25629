"""La procédure conclue, et son archive, telles que le contexte les prépare."""

from beffroi.garde.restitution.tests.conftest import (  # noqa: F401
    archive,
    coffre_de_test,
    commune,
    conclu,
    deja_conclu,
    demandee,
    etablie,
    octets,
)

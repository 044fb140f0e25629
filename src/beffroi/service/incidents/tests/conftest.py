"""Un tour d'offres, après des candidatures ouvertes : la scène de `selection`."""

from beffroi.choix.selection.tests.conftest import (  # noqa: F401
    coffre_de_test,
    commune,
    procedure,
    restreint,
    scene,
)

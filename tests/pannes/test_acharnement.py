"""Tout meurt, l'un après l'autre, pendant que l'on dépose, remplace, ouvre et lit.

Deux nœuds derrière nginx, PostgreSQL et S3, les vraies commandes. `BEFFROI_MORTS=200` en fait
deux cents ; `-s` dit les chiffres de `docs/exploitants/performances.md`.
"""

import os

import pytest

from tests.pannes.acharnement import juge
from tests.pannes.acharnement.acteurs import Commission, Lecteur, en_action
from tests.pannes.acharnement.registre import Registre
from tests.pannes.acharnement.tenu import des_deposantes, un_monde_tenu
from tests.pannes.acharnement.tueur import Tueur

MORTS = int(os.environ.get("BEFFROI_MORTS", "16"))
ENTREPRISES = 4
MORTS_PAR_ENVELOPPE = 4


# Chaque jour, `test_depot_tue` et `test_ouverture_tuee` tuent un serveur à un pas choisi ; ici,
# tout ce qui sert, n'importe quand.
@pytest.mark.long
def test_ce_qui_est_acquitte_est_la_une_fois_quoi_qui_meure(tmp_path):
    enveloppes = max(3, MORTS // MORTS_PAR_ENVELOPPE)
    with un_monde_tenu(tmp_path, entreprises=ENTREPRISES, enveloppes=enveloppes) as monde:
        registre, lecteur, commission = Registre(), Lecteur(monde), Commission.de(monde)
        tueur = Tueur(monde, registre, lecteur)
        deposantes = des_deposantes(monde, registre)

        with (
            en_action(lecteur.sans_cesse, *(une.sans_cesse for une in deposantes)),
            en_action(lambda fini: ouvrir_peu_a_peu(commission, tueur, enveloppes, fini)),
        ):
            tueur.tuer(MORTS)
        commission.clore()

        juge.dire(monde, registre, lecteur, tueur, refus_de_la_seance=commission.refus)
        assert juge.fautes(monde, registre, lecteur) == []
        assert set(juge.ouvertures(monde).values()) == {1}
        assert len(juge.ouvertures(monde)) == enveloppes


def ouvrir_peu_a_peu(commission, tueur, enveloppes, fini):
    """Une enveloppe toutes les quelques morts : la séance dure autant que le reste."""
    for rang in range(1, enveloppes + 1):
        while len(tueur.morts) < (rang - 1) * MORTS_PAR_ENVELOPPE and not fini.wait(0.2):
            pass
        commission.ouvrir(rang)

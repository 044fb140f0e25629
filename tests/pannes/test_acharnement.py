"""Tout meurt, l'un après l'autre, pendant que l'on dépose, remplace, ouvre et lit.

Deux nœuds derrière nginx, PostgreSQL et S3, les vraies commandes. `BEFFROI_MORTS=200` en fait
deux cents ; `BEFFROI_MORTS_DEVANT=caddy` met l'autre frontal devant ; `-s` dit les chiffres de
`docs/exploitants/performances.md`.
"""

import os

import pytest

from tests.pannes.acharnement import juge
from tests.pannes.acharnement.acteurs import Commission, Lecteur, en_action
from tests.pannes.acharnement.monde import PRET_S
from tests.pannes.acharnement.registre import Registre
from tests.pannes.acharnement.tenu import des_deposantes, un_monde_tenu
from tests.pannes.acharnement.tueur import ACQUITTE_S, Tueur
from tests.serveurs.attente import attendre

MORTS = int(os.environ.get("BEFFROI_MORTS", "16"))
FRONTAL = os.environ.get("BEFFROI_MORTS_DEVANT", "nginx")
ENTREPRISES = 4
MORTS_PAR_ENVELOPPE = 4
UNE_ENVELOPPE_S = MORTS_PAR_ENVELOPPE * (PRET_S + ACQUITTE_S)


# Chaque jour, `test_depot_tue` et `test_ouverture_tuee` tuent un serveur à un pas choisi ; ici,
# tout ce qui sert, n'importe quand.
@pytest.mark.long
def test_ce_qui_est_acquitte_est_la_une_fois_quoi_qui_meure(tmp_path):
    enveloppes = max(3, MORTS // MORTS_PAR_ENVELOPPE)
    with un_monde_tenu(
        tmp_path, entreprises=ENTREPRISES, enveloppes=enveloppes, frontal=FRONTAL
    ) as monde:
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
        attendre_des_morts(tueur, (rang - 1) * MORTS_PAR_ENVELOPPE, fini)
        commission.ouvrir(rang)


def attendre_des_morts(tueur, nombre, fini):
    attendre(lambda: len(tueur.morts) >= nombre or fini.is_set(), delai_s=UNE_ENVELOPPE_S)

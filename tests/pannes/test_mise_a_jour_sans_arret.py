"""D'une version à la suivante, un nœud après l'autre, pendant que l'on dépose et que la sonde
dépose : aucun dépôt ne manque, aucune page ne s'excuse (docs/exploitants/noeuds.md).
"""

import time

import pytest

from tests.pannes.acharnement import juge
from tests.pannes.acharnement.acteurs import Lecteur, Sonde, en_action
from tests.pannes.acharnement.parole import montrer
from tests.pannes.acharnement.registre import Registre
from tests.pannes.acharnement.tenu import des_deposantes, un_monde_tenu
from tests.pannes.acharnement.version_suivante import version_suivante
from tests.serveurs.attente import attendre

# Autant de dépôts au moins se font pendant que les deux versions servent, puis la neuve seule.
AVEC_LES_DEUX = 6


# Chaque jour, `noeuds/tests/test_deux_versions.py` juge les migrations, et `test_versions` les
# nœuds ; ici, la mise à jour se fait.
@pytest.mark.long
def test_une_mise_a_jour_sans_arret_ne_manque_aucun_depot(tmp_path):
    neuve = version_suivante(tmp_path / "neuve")
    with un_monde_tenu(tmp_path, entreprises=3, enveloppes=1) as monde:
        # Comme une personne : la commande, telle qu'elle est d'office.
        registre, lecteur, sonde = Registre(), Lecteur(monde), Sonde(monde)
        deposantes = des_deposantes(monde, registre, insister="1")
        durees = {}

        with en_action(
            lecteur.sans_cesse, sonde.sans_cesse, *(une.sans_cesse for une in deposantes)
        ):
            attendre(lambda: sonde.passages and registre.acquittes, delai_s=120)
            premier = monde.noeuds[0]
            verifie = premier.executer("migrer", "--verifier", code=neuve)
            durees["migrer"] = chronometrer(migrer, premier, neuve)
            for rang, nom in enumerate(("nœud A", "nœud B")):
                durees[nom] = chronometrer(remplacer, monde, rang, neuve)
                registre.attendre_des_depots(AVEC_LES_DEUX)
                montrer(monde.noeuds[rang].executer("noeud", "verifier", code=neuve).stdout)

        montrer(durees, len(sonde.passages), "essais de la sonde")
        juge.dire(monde, registre, lecteur)
        assert verifie.returncode == 0, verifie.stdout + verifie.stderr
        assert sonde.echecs() == []
        assert registre.phrases == {}
        assert set(lecteur.statuts()) == {(200, "")}
        assert juge.fautes(monde, registre, lecteur) == []


def migrer(noeud, neuve):
    fait = noeud.executer("migrer", code=neuve)
    assert fait.returncode == 0, fait.stdout + fait.stderr


def remplacer(monde, rang, neuve):
    """Le nœud sort du frontal, finit, repart avec le code neuf, et revient quand il est prêt."""
    noeud = monde.noeuds[rang]
    monde.servir_par(monde.noeuds[1 - rang])
    noeud.arreter()
    noeud.code = neuve
    noeud.repartir()
    monde.servir_par(*monde.noeuds)


def chronometrer(geste, *arguments):
    debut = time.monotonic()
    geste(*arguments)
    return round(time.monotonic() - debut, 1)

"""La base redémarre, ou meurt et son secours la remplace à la même adresse, pendant que l'on
dépose : rien d'acquitté ne se perd, et tout revient seul.
"""

import pytest

from tests.pannes.acharnement import juge
from tests.pannes.acharnement.acteurs import Lecteur, en_action
from tests.pannes.acharnement.registre import Registre
from tests.pannes.acharnement.tenu import des_deposantes, un_monde_secouru
from tests.pannes.acharnement.tueur import Tueur

BASCULES = 3


# Chaque jour, `serveurs/test_base_redemarree` arrête et relance la base sous un nœud ; ici, elle
# change de machine.
@pytest.mark.long
def test_un_secours_promu_tient_tout_ce_qui_est_acquitte(tmp_path):
    with un_monde_secouru(tmp_path, entreprises=5) as (monde, base):
        registre, lecteur = Registre(), Lecteur(monde)
        tueur = Tueur(monde, registre, lecteur)
        deposantes = des_deposantes(monde, registre)

        with en_action(lecteur.sans_cesse, *(une.sans_cesse for une in deposantes)):
            for _ in range(BASCULES):
                base.installer_un_secours()
                tueur.tuer_ainsi("base : son secours promu", base.basculer)
                for arret in ("fast", "immediate"):
                    tueur.tuer_ainsi(
                        f"base : redémarrée ({arret})",
                        lambda arret=arret: base.piloter(base.en_service, "restart", "-m", arret),
                    )

        juge.dire(monde, registre, lecteur, tueur)
        assert juge.fautes(monde, registre, lecteur) == []

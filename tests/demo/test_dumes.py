"""Le DUME de la démonstration :
il vise sa consultation, ne déclare aucun motif d'exclusion, et dit où est sa preuve.
"""

from datetime import datetime, timedelta

import pytest

from demo import achevements, marches
from demo.dumes import BILANS, dume_de
from demo.peuplement import peupler
from formats.dates import PARIS
from formats.dume import lire
from formats.dume.resume import resume

LE = datetime(2026, 11, 24, 10, 0, tzinfo=PARIS)


@pytest.mark.django_db
def test_il_se_lit_et_dit_ou_est_sa_preuve():
    troupe = peupler(le=datetime(2026, 1, 5, 9, 0, tzinfo=PARIS))
    consultation = marches.rediger(
        achevements.MAISON_DE_SANTE, troupe, le=LE, limite=LE + timedelta(days=38)
    )
    equipe = troupe.equipes["faitage"]
    lu = lire(dume_de(equipe, consultation, gerant=("Sophie", "Merlin"), le=LE))
    dit = resume(lu)

    assert (lu.consultation, lu.operateur.partie.identifiant) == (
        consultation.reference,
        equipe.identifiant,
    )
    assert dit.declarees == () and dit.muettes == ()
    assert [ligne.reponse for ligne in dit.preuves] == [BILANS.adresse]

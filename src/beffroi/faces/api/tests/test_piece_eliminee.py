"""Une pièce éliminée sous visa :
un logiciel apprend, comme une personne, qu'elle ne reviendra pas.
"""

import json

import pytest
from django.http import HttpResponse

from beffroi.faces.api.middleware import ProblemesDeLApi
from beffroi.garde.archives.tests.gestes import CLE, au_bordereau
from beffroi.socle.fondations.stockage import CleInconnue


@pytest.mark.django_db
def test_l_api_dit_qu_une_piece_est_eliminee_et_sous_quel_bordereau(rf):
    bordereau = au_bordereau()
    demande = rf.get("/api/v1/depots/D-1/recu.zip")
    dit = ProblemesDeLApi(HttpResponse).process_exception(demande, CleInconnue(CLE))
    assert dit.status_code == 410
    assert bordereau.reference in json.loads(dit.content)["detail"]

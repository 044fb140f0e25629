"""Double contrôle : trois personnes ont une clé, deux la tournent. Une seule est refusée, et on lui dit pourquoi."""

import pytest

from tests.parcours.conftest import connecter
from tests.parcours.depot import texte
from tests.parcours.gestes import seance
from tests.parcours.gestes.surveillance import sans_faute
from tests.parcours.scenes import consultation_close

pytestmark = pytest.mark.lent

SEULE = "Il faut 2 clés tournées, il y en a 1. Attendez les autres personnes."


def test_deux_cles_sur_trois_ouvrent_et_une_seule_est_refusee(plateforme, ouvrir):
    close = consultation_close(plateforme, politique="double")
    helene, bernard = (
        connecter(ouvrir(), plateforme.compte(nom), vers=f"/consultations/{close.reference}/ouverture/")
        for nom in ("helene", "bernard")
    )
    assert "Règle choisie : deux personnes tournent leur clé." in texte(helene)
    tenue = seance.preparer(helene, close.reference, "Hélène Duriez")
    seance.s_asseoir(helene, tenue)
    seance.s_asseoir(bernard, tenue)
    seance.installer(helene, tenue, autres="")
    assert helene.get_by_text("2 sur 3 suffisent pour ouvrir.").count() == 1

    seance.comparer_le_code(helene, bernard, tenue)
    phrase = plateforme.compte("helene")["phrase_de_cle"]
    assert seance.forcer_l_ouverture(helene, phrase=phrase) == SEULE
    seance.tourner_sa_cle(bernard, phrase=plateforme.compte("bernard")["phrase_de_cle"])
    seance.ouvrir_avec_les_cles(helene, phrase=phrase)

    assert len(seance.ouvrir_les_enveloppes(helene)) == 4
    seance.clore(helene, tenue)
    assert sorted(seance.fichiers_ouverts(helene, close.reference)) == sorted(close.fichiers)
    for page in (helene, bernard):
        sans_faute(page)

"""Entre deux essais qui valident leurs transactions, la base redevient neuve et reste gardée."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, transaction

from beffroi.personnes.entreprises.models import Equipe
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.journal.acteurs import PLATEFORME
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.services import journaliser
from tests.moteurs.moteur import sur_postgresql
from tests.moteurs.vidage import vider


@pytest.mark.moteurs
@pytest.mark.django_db(transaction=True)
def test_ce_qui_a_ete_valide_s_efface_et_le_journal_refuse_toujours_qu_on_l_efface():
    if not sur_postgresql():
        pytest.skip("SQLite se vide comme Django le fait : c'est sur PostgreSQL que ceci se joue")
    connus = ContentType.objects.count()
    ecrire()

    vider()

    assert (Ecriture.objects.count(), Equipe.objects.count()) == (0, 0)
    assert ContentType.objects.count() == connus > 0
    ecrire()
    with pytest.raises(DatabaseError, match="ne se modifie pas"), transaction.atomic():
        connection.cursor().execute("DELETE FROM journal_ecriture")


def ecrire() -> None:
    with transaction.atomic():
        Equipe.objects.create(identifiant="73282932000074", nom="Atelier", fondee_le=maintenant())
        journaliser("essai.inscrire", sujet="X", par=PLATEFORME, le=maintenant())

"""Une mise à jour n'abandonne rien de ce qui attendait :
chaque tâche d'avant les quartiers est encore trouvée, et faite.
"""

from pathlib import Path

import pytest
from django.core import mail
from django.tasks.base import Task
from django.utils.module_loading import import_string

from beffroi.socle.fondations import taches
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.models import Tache
from beffroi.socle.fondations.services import ecrire_courriel
from beffroi.socle.fondations.taches import chemin_d_aujourdhui

# Tous les chemins que la file a pu tenir avant les quartiers.
D_AVANT = (Path(__file__).parent / "taches_d_avant.txt").read_text("ascii").split()
D_UN_COURRIEL = "beffroi.socle.courriel.envoyer_courriel"


@pytest.mark.parametrize("chemin", D_AVANT)
def test_chaque_tache_d_avant_se_retrouve(chemin):
    trouvee = import_string(chemin_d_aujourdhui(chemin))

    assert isinstance(trouvee, Task)
    assert trouvee.module_path == chemin_d_aujourdhui(chemin)


@pytest.mark.parametrize("chemin", D_AVANT)
def test_un_chemin_d_aujourd_hui_reste_ce_qu_il_est(chemin):
    assert chemin_d_aujourdhui(chemin_d_aujourdhui(chemin)) == chemin_d_aujourdhui(chemin)


@pytest.mark.parametrize(
    "fabrique",
    [
        *(f"beffroi.depots.recepisse.{nom}" for nom in ("pdf_du_recu", "archive_du_recu_de")),
        "beffroi.conventions.courriels.octets_de_la_piece",
    ],
)
def test_la_piece_d_un_courriel_d_avant_se_fabrique_encore(fabrique):
    assert callable(import_string(chemin_d_aujourdhui(fabrique)))


def test_un_chemin_d_un_autre_programme_ne_change_pas():
    assert chemin_d_aujourdhui("demo.robots.Robots") == "demo.robots.Robots"


@pytest.mark.django_db
def test_une_tache_mise_en_file_avant_est_reconnue_et_accomplie():
    courriel = ecrire_courriel(
        cle="recu-1",
        destinataire="sophie@example.org",
        sujet="Déposée",
        texte="Bonjour.",
        maintenant=maintenant(),
    )
    Tache.objects.update(chemin=D_UN_COURRIEL)

    assert taches.attend(chemin_d_aujourdhui(D_UN_COURRIEL), courriel.pk)
    taches.vider_la_file()

    assert [message.subject for message in mail.outbox] == ["Déposée"]
    assert Tache.objects.get().etat == Tache.Etat.FAITE

"""La file durable : rien ne se perd, rien ne se fait deux fois tant que l'ouvrier vit."""

import json
from datetime import timedelta

import pytest
from django.db import transaction
from django.tasks import task

from beffroi.socle.fondations import taches
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.journal_technique import EnJson
from beffroi.socle.fondations.models import Tache

pytestmark = pytest.mark.django_db
faites: list[str] = []


@task()
def noter(mot: str) -> None:
    faites.append(mot)


@task()
def echouer() -> None:
    raise ValueError("le service d'à côté est en panne")


@pytest.fixture(autouse=True)
def ardoise():
    faites.clear()


def test_une_tache_deposee_est_faite_une_fois():
    noter.enqueue("un")

    assert taches.vider_la_file() == 1
    assert taches.vider_la_file() == 0
    assert faites == ["un"]


@pytest.mark.django_db(transaction=True)
def test_une_tache_disparait_avec_l_acte_annule():
    with pytest.raises(RuntimeError), transaction.atomic():
        noter.enqueue("perdu")
        raise RuntimeError

    assert taches.vider_la_file() == 0


def test_les_taches_pressees_passent_devant():
    noter.enqueue("plus tard")
    noter.using(priority=10).enqueue("d'abord")

    taches.vider_la_file()

    assert faites == ["d'abord", "plus tard"]


def test_une_tache_remise_attend_son_heure():
    noter.using(run_after=maintenant() + timedelta(hours=1)).enqueue("demain")

    assert taches.vider_la_file() == 0


def test_un_ouvrier_disparu_rend_sa_tache():
    noter.enqueue("repris")
    taches.prendre(ouvrier="tué", le=maintenant())
    plus_tard = maintenant() + taches.DUREE_DU_BAIL * 2

    assert taches.rendre_les_baux_echus(le=plus_tard) == 1
    taches.vider_la_file()
    assert faites == ["repris"]


def test_un_ouvrier_vivant_garde_sa_tache():
    noter.enqueue("gardé")
    tache = taches.prendre(ouvrier="vivant", le=maintenant())
    taches.renouveler(tache, le=maintenant() + taches.DUREE_DU_BAIL)

    assert taches.rendre_les_baux_echus(le=maintenant() + taches.DUREE_DU_BAIL) == 0


def test_un_ouvrier_remplace_ne_renouvelle_plus():
    noter.enqueue("repris")
    ancienne = taches.prendre(ouvrier="lent", le=maintenant())
    taches.rendre_les_baux_echus(le=maintenant() + taches.DUREE_DU_BAIL * 2)
    taches.prendre(ouvrier="suivant", le=maintenant())

    assert not taches.renouveler(ancienne, le=maintenant())


def test_une_tache_qui_echoue_attend_et_garde_son_erreur():
    echouer.enqueue()

    taches.vider_la_file()

    tache = Tache.objects.get()
    assert tache.etat == Tache.Etat.PRETE
    assert tache.pas_avant > maintenant()
    assert "en panne" in tache.erreur


def test_une_tache_qui_echoue_se_dit_au_journal_technique_sans_le_texte_de_l_erreur(caplog):
    dites = []
    echouer.enqueue()
    tache = Tache.objects.get()

    with caplog.filtering(lambda ligne: dites.append(EnJson().format(ligne)) or True):
        taches.accomplir(taches.prendre(ouvrier="a", le=maintenant()), le=maintenant())

    (dite,) = (json.loads(ligne) for ligne in dites)
    assert (dite["tache"], dite["numero"]) == (tache.chemin, tache.pk)
    assert (dite["message"], dite["cause"], dite["essai"]) == ("task failed", "ValueError", 1)
    assert "à côté" not in str(dite)


def test_une_tache_qui_echoue_toujours_est_abandonnee():
    echouer.enqueue()
    Tache.objects.update(essais=11)

    taches.vider_la_file()

    assert Tache.objects.get().etat == Tache.Etat.ABANDONNEE


def test_la_file_n_appelle_que_des_taches(tmp_path):
    noter.enqueue("un")
    temoin = tmp_path / "temoin"
    Tache.objects.update(
        chemin="asyncio.subprocess.subprocess",
        arguments={"args": [["touch", str(temoin)]], "kwargs": {}},
    )

    assert taches.vider_la_file() == 0
    assert not temoin.exists()
    assert "PasUneTache" in Tache.objects.get().erreur

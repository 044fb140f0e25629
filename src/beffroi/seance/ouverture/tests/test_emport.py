"""Emporter les plis scellés : à deux, après l'heure, et rien de clair.

L'ouverture est éprouvée avec `ouvrir-pli`.
"""

import io
import zipfile
from datetime import timedelta

import pytest
import time_machine

from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.seance.ouverture import services
from beffroi.seance.ouverture.models import Seance
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import LIMITE, SEANCE_LE
from beffroi.socle.fondations.erreurs import RegleEnfreinte, RoleManquant
from beffroi.socle.journal.models import Ecriture


@pytest.fixture(autouse=True)
def le_lendemain():
    with time_machine.travel(SEANCE_LE, tick=False):
        yield


def emporter(client, scene, seance, qui="helene"):
    reponse = connecter(client, scene.personne(qui)).post(
        f"/ouverture/{seance.reference}/hors-ligne/"
    )
    assert reponse.status_code == 200, reponse.content
    return zipfile.ZipFile(io.BytesIO(reponse.getvalue()))


def test_chacun_n_emporte_que_sa_part_et_ses_fentes(scene, client):
    scene.repond()
    seance = factories.seance_installee(scene)

    siennes = [
        set(emporter(client, scene, seance, qui).namelist()) for qui in ("helene", "bernard")
    ]

    communes = {nom for nom in siennes[0] & siennes[1]}
    assert all(nom.startswith("enveloppes/") or nom == "LISEZMOI.txt" for nom in communes)
    assert all(len([nom for nom in noms if nom.startswith("parts/")]) == 2 for noms in siennes)


def test_rien_de_clair_ne_sort(scene, client):
    scene.repond()

    archive = emporter(client, scene, factories.seance_installee(scene))

    scelles = [nom for nom in archive.namelist() if nom != "LISEZMOI.txt"]
    assert scelles and all(
        archive.read(nom).startswith(b"age-encryption.org/v1\n") for nom in scelles
    )
    assert all(not nom.startswith("/") and ".." not in nom for nom in archive.namelist())


@pytest.mark.moteurs
def test_l_acte_est_au_journal_et_au_proces_verbal(scene, client):
    scene.repond()
    seance = factories.seance_installee(scene)

    emporter(client, scene, seance)

    ecriture = Ecriture.objects.filter(acte="seance.plis_emportes").get()
    assert scene.personne("helene").nom in ecriture.contenu
    seance.refresh_from_db()
    assert "emporte les plis scellés" in seance.incidents[-1]["texte"]


def test_une_personne_seule_n_emporte_rien(scene):
    scene.repond()
    seance = factories.seance_installee(scene, autour=("helene",))

    with pytest.raises(RegleEnfreinte, match="Il faut deux personnes à la table"):
        services.emporter_les_plis(
            seance=seance, par=scene.personne("helene"), maintenant=SEANCE_LE
        )


def test_avant_l_heure_relue_rien_ne_sort(scene):
    scene.repond()
    seance = factories.seance_installee(scene)

    with pytest.raises(RegleEnfreinte, match="L'heure limite n'est pas passée"):
        services.emporter_les_plis(
            seance=seance, par=scene.personne("helene"), maintenant=LIMITE - timedelta(seconds=1)
        )


def test_qui_n_est_pas_designe_pour_ouvrir_n_emporte_rien(scene):
    scene.repond()
    seance = factories.seance_installee(scene)
    lectrice = scene.personne("yvette")
    services.rejoindre(
        seance=seance, utilisateur=lectrice, appareil="le sien", maintenant=SEANCE_LE
    )

    with pytest.raises(RoleManquant, match="désignées pour ouvrir"):
        services.emporter_les_plis(seance=seance, par=lectrice, maintenant=SEANCE_LE)


def test_un_gardien_n_emporte_que_sa_part(scene, client):
    scene.repond()
    options = {"demande_aux_gardiens": "Lettre du maire", "autour": ("helene", "agnes", "benoit")}
    seance = factories.seance_installee(scene, **options)

    noms = emporter(client, scene, seance, "agnes").namelist()

    assert {nom.split("/")[0] for nom in noms} == {"LISEZMOI.txt", "fentes", "parts"}


def test_le_nom_d_une_piece_ne_sort_pas_du_dossier(scene, client):
    scene.repond(
        offre={"../../etc/passwd": b"x", "=cmd|\u202efdp.exe": b"y", "é" * 120 + ".pdf": b"z"}
    )

    noms = emporter(client, scene, factories.seance_installee(scene)).namelist()

    offres = [nom.rsplit("/", 1)[1] for nom in noms if nom.startswith("enveloppes/offre/")]
    assert offres[1:3] == ["01-_.._etc_passwd.age", "02-=cmd__fdp.exe.age"]
    assert all(len(nom.encode()) < 255 for nom in offres)
    assert Seance.objects.count() == 1

"""Les écrans de la séance, du point de vue de chacun, et ce qui se télécharge."""

import json
from datetime import timedelta

import pytest
import time_machine

from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.seance.ouverture import capacite, services
from beffroi.seance.ouverture.dialogue import en_base64
from beffroi.seance.ouverture.models import OuverturePli, Seance
from beffroi.seance.ouverture.tests import factories
from beffroi.seance.ouverture.tests.factories import LIMITE, OFFRE, SEANCE_LE
from demo.cles import CAPACITE
from sceau import Identity


@pytest.fixture(autouse=True)
def le_lendemain():
    with time_machine.travel(SEANCE_LE, tick=False):
        yield


@pytest.fixture
def entrer(scene, client):
    def entree(cle: str = "helene"):
        return connecter(client, scene.personne(cle))

    return entree


def du_navigateur_des_cles(client, seance):
    client.cookies[capacite.nom(seance.reference)] = CAPACITE
    return client


def adresse(seance, suite=""):
    return f"/ouverture/{seance.reference}/{suite}"


def test_avant_l_heure_l_acheteur_ne_voit_ni_nom_ni_nombre(scene, entrer):
    scene.repond()

    with time_machine.travel(LIMITE - timedelta(minutes=1), tick=False):
        page = (
            entrer()
            .get(f"/consultations/{scene.consultation.reference}/ouverture/")
            .content.decode()
        )

    assert "Atelier du Faîtage" not in page
    assert "Personne ne le voit avant l’heure limite" in page


def test_le_decompte_ne_dit_plus_a_ouvrir_ce_qui_est_ouvert(scene, entrer):
    scene.repond()
    adresse_de_la_page = f"/consultations/{scene.consultation.reference}/ouverture/"
    assert "1 réponse à ouvrir" in entrer().get(adresse_de_la_page).content.decode()

    seance = factories.seance_ouverte(scene)
    factories.ouvrir_tout(seance)
    services.clore(seance=seance, par=seance.presidee_par, maintenant=SEANCE_LE)

    page = entrer().get(adresse_de_la_page).content.decode()
    assert "1 réponse à temps, ouverte" in page
    assert "à ouvrir" not in page


def test_preparer_mene_a_la_seance(scene, entrer):
    donnees = {"presidence": scene.personne("helene").reference}

    reponse = entrer().post(f"/consultations/{scene.consultation.reference}/ouverture/", donnees)

    assert reponse["Location"] == adresse(Seance.objects.get())


def test_rejoindre_marque_l_appareil(scene, entrer):
    helene = scene.personne("helene")
    seance = services.preparer_seance(
        consultation=scene.consultation, presidee_par=helene, par=helene, maintenant=SEANCE_LE
    )

    reponse = entrer().post(adresse(seance, "rejoindre/"))

    marque = seance.participants.get(utilisateur=helene).appareil
    assert marque in reponse.cookies["appareil"].value
    assert reponse.cookies["appareil"]["httponly"]


@pytest.mark.parametrize(
    "cle,attendu",
    [
        ("helene", "Le registre est lu"),
        ("bernard", "Hélène Duriez"),
        ("yvette", "Rejoindre la séance"),
    ],
)
def test_chacun_voit_l_ecran_qui_lui_convient(scene, entrer, cle, attendu):
    seance = factories.seance_installee(scene)

    page = entrer(cle).get(adresse(seance)).content.decode()

    assert attendu in page
    assert page.count("<h1>") == 1


def test_la_scene_montre_l_enveloppe_et_ses_deux_boutons(scene, entrer):
    scene.repond()
    seance = factories.seance_ouverte(scene)
    services.lire_le_registre(seance=seance, par=seance.presidee_par, maintenant=SEANCE_LE)
    client = du_navigateur_des_cles(entrer(), seance)

    client.post(adresse(seance, "suivante/"), {"rang": "1"})
    page = client.get(adresse(seance)).content.decode()

    assert "Enveloppe suivante" in page
    assert "Noter une observation" in page
    assert "Intact" in page
    assert "Étape 4 sur 8" in page


def test_d_un_autre_navigateur_rien_ne_s_ouvre_et_l_on_sait_quoi_faire(scene, entrer):
    scene.repond()
    seance = factories.seance_ouverte(scene)
    services.lire_le_registre(seance=seance, par=seance.presidee_par, maintenant=SEANCE_LE)

    page = entrer().post(adresse(seance, "suivante/"), {"rang": "1"}, follow=True).content.decode()

    assert "Continuez dans celui-là" in page
    assert set(seance.ouvertures.values_list("etat", flat=True)) == {OuverturePli.Etat.SCELLEE}


def test_tourner_les_cles_confie_la_capacite_au_navigateur(scene, entrer, coffre_de_test):
    scene.repond()
    seance = factories.seance_installee(scene)
    factories.presenter_les_cles(scene, seance)
    porteurs = ["helene", "bernard"]
    graines = factories.graines_pour_le_coffre(scene, seance, porteurs=porteurs)
    corps = {"graines": {s: en_base64(g) for s, g in graines.items()}, "avec_sa_part": True}

    reponse = entrer().post(adresse(seance, "cles/"), corps, content_type="application/json")

    temoin = reponse.cookies[capacite.nom(seance.reference)]
    assert (temoin["httponly"], temoin["samesite"], temoin["max-age"]) == (True, "Strict", "")
    assert coffre_de_test.repond_a(seance.reference, temoin.value)
    assert not coffre_de_test.repond_a(seance.reference, "")


def test_la_seance_dit_depuis_combien_de_temps_elle_dure(scene, entrer):
    seance = factories.seance_ouverte(scene)
    commencee = Seance.objects.get(pk=seance.pk).ouverte_le

    with time_machine.travel(commencee + timedelta(minutes=16), tick=False):
        page = entrer().get(adresse(seance)).content.decode().replace("\xa0", " ")

    assert ", depuis 16 min" in page


def test_apres_une_panne_la_page_mene_aux_cles(scene, entrer, coffre_de_test):
    scene.repond()
    seance = factories.seance_ouverte(scene)
    services.lire_le_registre(seance=seance, par=seance.presidee_par, maintenant=SEANCE_LE)
    coffre_de_test.vider(seance.reference)
    client = entrer()

    reponse = client.post(adresse(seance, "suivante/"), {"rang": "1"}, follow=True)

    seance.refresh_from_db()
    assert seance.etat == Seance.Etat.SUSPENDUE
    assert "Reprendre la séance" in reponse.content.decode()


def test_l_ecran_des_cles_donne_a_chacun_ce_qui_le_regarde(scene, entrer):
    seance = factories.seance_installee(scene)
    factories.composer_le_code(scene, seance, membre="bernard", ephemere=Identity.generate())

    de_la_presidence = entrer("helene").get(adresse(seance, "etat.json")).json()
    du_membre = entrer("bernard").get(adresse(seance, "etat.json")).json()

    assert [place["nom"] for place in de_la_presidence["table"]] == ["Bernard Lefebvre"]
    assert de_la_presidence["coffre"]["destinataire"].startswith("age1pq1")
    assert "table" not in du_membre
    assert du_membre["place"]["confirme"] is True
    assert {cle["sorte"] for cle in du_membre["cles"] if cle["part"]} == {"candidature", "offre"}


def test_un_refus_se_rend_en_json_au_script(scene, entrer):
    seance = factories.seance_installee(scene)

    reponse = entrer("bernard").post(
        adresse(seance, "part/"),
        json.dumps({"parts": {"offre": "AAAA"}}),
        content_type="application/json",
    )

    assert reponse.status_code == 422
    assert reponse.json()["message"] == "Confirmez d'abord le code affiché sur les deux écrans."


def seance_close(scene):
    seance = factories.seance_ouverte(scene)
    factories.ouvrir_tout(seance)
    services.clore(seance=seance, par=seance.presidee_par, maintenant=SEANCE_LE)
    return seance


def test_un_fichier_ouvert_sort_en_piece_jointe_dans_un_bac_a_sable(scene, entrer):
    scene.repond(candidature={})
    fichier = seance_close(scene).ouvertures.get().fichiers.get(nom__startswith="Acte")

    reponse = entrer().get(f"/plis-ouverts/{fichier.reference}/")

    assert b"".join(reponse.streaming_content) == OFFRE["Acte d'engagement – été.pdf"]
    assert reponse["Content-Disposition"].startswith(
        "attachment; filename*=utf-8''Acte%20d%27engagement"
    )
    assert "sandbox" in reponse["Content-Security-Policy"]
    assert reponse["X-Content-Type-Options"] == "nosniff"


def test_une_entreprise_ne_lit_pas_les_fichiers_ouverts(scene, entrer):
    scene.repond(candidature={})
    fichier = seance_close(scene).ouvertures.get().fichiers.first()

    assert entrer("zoe").get(f"/plis-ouverts/{fichier.reference}/").status_code == 404


def test_la_decision_sur_un_retard_se_prend_a_l_ecran(scene, entrer):
    tardif = scene.repond(le=LIMITE + timedelta(seconds=29))
    seance = factories.seance_ouverte(scene)
    client, page = entrer(), adresse(seance, f"hors-delai/{tardif.reference}/")
    assert "après l’heure limite" in client.get(page).content.decode()

    client.post(page, {"decision": "ecartee", "motif": "La plateforme marchait."})

    assert {o.motif_de_la_decision for o in OuverturePli.objects.all()} == {
        "La plateforme marchait."
    }


def test_relire_une_enveloppe_reste_en_projection(scene, entrer):
    scene.repond()
    seance = factories.seance_ouverte(scene)
    services.lire_le_registre(seance=seance, par=seance.presidee_par, maintenant=SEANCE_LE)
    factories.ouvrir_tout(seance)
    premiere = seance.ouvertures.get(rang=1).reference

    page = entrer().get(adresse(seance, "?projection=1")).content.decode()

    assert f'href="?projection=1&amp;enveloppe={premiere}"' in page
    assert "<form" not in page


@pytest.mark.parametrize("suite", ["?projection=1", "hors-delai/", "recapitulatif/"])
def test_les_autres_ecrans_de_la_seance_s_affichent(scene, entrer, suite):
    scene.repond()
    seance = factories.seance_ouverte(scene)
    factories.ouvrir_tout(seance)

    reponse = entrer().get(adresse(seance, suite))

    assert reponse.status_code == 200
    assert reponse.content.decode().count("<h1>") == 1


@pytest.mark.parametrize("suite", ["recouvrement/", "complement/"])
def test_les_cas_particuliers_s_expliquent(scene, entrer, suite):
    reponse = entrer().get(f"/consultations/{scene.consultation.reference}/ouverture/{suite}")

    assert reponse.status_code == 200

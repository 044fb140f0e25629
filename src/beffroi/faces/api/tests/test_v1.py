"""Le protocole de dépôt, vu d'un logiciel : chaque appel de la table, et chaque refus."""

import io
import json

import pytest
import time_machine
from django.test import Client

from beffroi.faces.api.tests.logiciel import cible, deposer, ouvrir, sans_nom
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.comptes.tests.personnes import connecter
from beffroi.reponse.depots import acces
from beffroi.reponse.depots.models import Pli
from beffroi.reponse.depots.tests import factories
from beffroi.reponse.depots.tests.factories import LIMITE, VEILLE
from beffroi.socle.fondations.stockage import stockage
from sceau import receipt

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _la_veille():
    with time_machine.travel(VEILLE, tick=False):
        yield


def test_commencer_rend_le_jeton_les_limites_et_les_cles(reponse, consultation):
    assert reponse["limites"]["octets_par_reponse"] == 20_000_000_000
    assert [e["enveloppe"] for e in reponse["enveloppes"]] == ["candidature", "offre"]
    assert reponse["enveloppes"][0]["destinataire"].startswith("age1pq")


def test_tout_le_chemin_jusqu_au_recepisse_verifiable(logiciel, reponse, pret):
    recu = deposer(logiciel, reponse, pret)

    archive = logiciel.demander("get", f"depots/{recu.json()['recepisse']}/recu.zip")
    assert recu.status_code == 201
    assert receipt.holds_together(receipt.verify(io.BytesIO(archive.content)))
    assert recu.json()["recu"] == f"/api/v1/depots/{recu.json()['recepisse']}/recu.zip"


def test_la_meme_cle_redonne_le_meme_recepisse(logiciel, reponse, pret):
    recus = [deposer(logiciel, reponse, pret) for _ in range(3)]

    assert {recu.status_code for recu in recus} == {201}
    assert len({recu.content for recu in recus}) == 1


def test_l_etat_d_une_reponse_dit_ses_fichiers(logiciel, reponse, pret):
    corps = logiciel.demander("get", f"reponses/{reponse['reponse']}").json()

    assert [(f["nom"], f["etat"]) for f in corps["fichiers"]] == [
        ("offre.pdf", "termine"),
        ("manifeste.age", "termine"),
    ]
    assert (corps["etat"], corps["jeton"]) == ("en_preparation", reponse["jeton"])


def test_l_etat_d_un_fichier_ne_dit_que_ce_qui_est_durable(logiciel, reponse):
    scelle = factories.sceller(bytes(9_000_000))
    fichier = ouvrir(logiciel, reponse, scelle)
    ou = cible(logiciel, fichier, scelle, 2)
    logiciel.envoyer(ou["url"], scelle.parties[1], ou["entetes"])

    etat = logiciel.demander("get", f"fichiers/{fichier}").json()

    assert [p["numero"] for p in etat["parties"]] == [2]
    assert (etat["nombre_parties"], etat["etat"]) == (2, "en_cours")


def test_deposer_un_fichier_inacheve_le_nomme(logiciel, reponse, pret):
    inacheve = ouvrir(logiciel, reponse, factories.sceller(b"reste"))
    pret["enveloppes"][0]["fichiers"].append(inacheve)

    retour = deposer(logiciel, reponse, pret)

    assert (retour.status_code, retour.json()["fichier"]) == (409, inacheve)
    assert retour["Content-Type"] == "application/problem+json"


def test_l_annonce_d_un_fichier_dit_ou_envoyer_ses_parties_sans_le_demander(logiciel, reponse):
    scelle = factories.sceller(b"offre")
    fichier = ouvrir(logiciel, reponse, scelle)
    patron = logiciel.demander("get", f"fichiers/{fichier}").json()["adresse_des_parties"]
    demandee = cible(logiciel, fichier, scelle)

    assert patron.replace("{numero}", "1") == demandee["url"]
    envoi = logiciel.envoyer(demandee["url"], scelle.octets, demandee["entetes"])
    assert envoi.status_code == 204


def test_un_stockage_qui_recoit_lui_meme_n_a_pas_d_adresse_a_dire_d_avance(
    logiciel, reponse, monkeypatch
):
    monkeypatch.setattr(type(stockage()), "par_nous", False)
    fichier = ouvrir(logiciel, reponse, factories.sceller(b"offre"))

    assert logiciel.demander("get", f"fichiers/{fichier}").json()["adresse_des_parties"] == ""


def test_une_partie_manquante_est_nommee(logiciel, reponse):
    scelle = factories.sceller(b"x")
    fichier = ouvrir(logiciel, reponse, scelle)

    retour = logiciel.demander(
        "post", f"fichiers/{fichier}/fin", {"racine": scelle.racine, "sha256": scelle.sha256}
    )

    assert (retour.status_code, retour.json()["partie"]) == (409, 1)


def test_une_partie_abimee_est_refusee_et_se_renvoie(logiciel, reponse):
    scelle = factories.sceller(b"x")
    fichier = ouvrir(logiciel, reponse, scelle)
    ou = cible(logiciel, fichier, scelle)

    abimee = logiciel.envoyer(ou["url"], b"?" + scelle.octets[1:], ou["entetes"])
    courte = logiciel.envoyer(ou["url"], scelle.octets[:-1], ou["entetes"])
    bonnes = [
        logiciel.envoyer(ou["url"], scelle.octets, ou["entetes"]).status_code for _ in range(2)
    ]

    assert (abimee.status_code, courte.status_code, bonnes) == (422, 422, [204, 204])


def test_un_envoi_coupe_avant_sa_fin_ne_laisse_rien(logiciel, reponse):
    """Granian rend une lecture courte, sans erreur, quand le client coupe."""
    scelle = factories.sceller(b"x")
    fichier = ouvrir(logiciel, reponse, scelle)
    ou = cible(logiciel, fichier, scelle)

    court = {
        "CONTENT_LENGTH": str(len(scelle.octets)),
        "wsgi.input": io.BytesIO(scelle.octets[:1000]),
    }
    coupe = logiciel.client.generic("PUT", ou["url"], headers=ou["entetes"], **court)

    assert coupe.status_code == 422
    assert "incomplète" in coupe.json()["detail"]
    assert logiciel.demander("get", f"fichiers/{fichier}").json()["parties"] == []


def test_un_envoi_sans_longueur_est_refuse(logiciel, reponse):
    scelle = factories.sceller(b"x")
    fichier = ouvrir(logiciel, reponse, scelle)
    ou = cible(logiciel, fichier, scelle)

    retour = logiciel.client.generic(
        "PUT", ou["url"], scelle.octets, headers=ou["entetes"], CONTENT_LENGTH=""
    )

    assert retour.status_code == 411


def test_un_envoi_sans_empreinte_est_refuse(logiciel, reponse):
    scelle = factories.sceller(b"x")
    ou = cible(logiciel, ouvrir(logiciel, reponse, scelle), scelle)

    retour = logiciel.envoyer(
        ou["url"], scelle.octets, {**ou["entetes"], "Content-Digest": "md5=:AAAA:"}
    )

    assert (retour.status_code, "Content-Digest" in retour.json()["detail"]) == (422, True)


def test_au_dela_d_une_limite_la_reponse_la_nomme(logiciel, reponse):
    taille = factories.profile.sealed_size(10_000_000_001)
    corps = {"enveloppe": "offre", "lot": None, "nom": "gros.zip", "taille": taille}

    retour = logiciel.demander("post", f"reponses/{reponse['reponse']}/fichiers", corps)

    assert (retour.status_code, retour.json()["limite"]) == (
        413,
        {"nom": "octets_par_fichier", "valeur": 10_000_000_000},
    )


def test_ce_qui_n_est_pas_scelle_est_refuse(logiciel, reponse):
    faux = factories.decouper(bytes(factories.profile.sealed_size(10)))
    fichier = ouvrir(logiciel, reponse, faux)
    ou = cible(logiciel, fichier, faux)
    logiciel.envoyer(ou["url"], faux.octets, ou["entetes"])

    retour = logiciel.demander(
        "post", f"fichiers/{fichier}/fin", {"racine": faux.racine, "sha256": faux.sha256}
    )

    assert (retour.status_code, "scell" in retour.json()["detail"]) == (422, True)


def test_supprimer_un_fichier_avant_le_depot_seulement(logiciel, reponse, pret):
    autre = ouvrir(logiciel, reponse, factories.sceller(b"x"))

    assert logiciel.demander("delete", f"fichiers/{autre}").status_code == 204
    deposer(logiciel, reponse, pret)
    assert (
        logiciel.demander("delete", f"fichiers/{pret['enveloppes'][0]['fichiers'][0]}").status_code
        == 409
    )


@pytest.mark.parametrize(
    "corps,champ",
    [
        ({"enveloppe": "devis", "nom": "a", "taille": 5000}, "enveloppe"),
        ({"enveloppe": "offre", "nom": "a"}, "taille"),
        ({"enveloppe": "offre", "nom": "a", "taille": 5000, "prix": 3}, "prix"),
    ],
)
def test_une_requete_mal_formee_nomme_le_champ(logiciel, reponse, corps, champ):
    retour = logiciel.demander("post", f"reponses/{reponse['reponse']}/fichiers", corps)

    assert (retour.status_code, retour["Content-Type"]) == (422, "application/problem+json")
    assert champ in retour.json()["detail"]


def test_sans_cle_d_idempotence_rien_n_est_depose(logiciel, reponse, pret):
    retour = logiciel.demander("post", f"reponses/{reponse['reponse']}/depot", pret)

    assert retour.status_code == 422
    assert not Pli.objects.exists()


def test_apres_l_heure_le_depot_est_recu_et_marque(logiciel, reponse, pret):
    with time_machine.travel(LIMITE.replace(microsecond=1), tick=False):
        recu = deposer(logiciel, reponse, pret)

    assert (recu.status_code, recu.json()["hors_delai"]) == (201, True)


def test_l_heure_retenue_est_lue_avant_le_jeton(logiciel, reponse, pret, monkeypatch):
    from beffroi.faces.api import acces

    voyage = time_machine.travel(LIMITE, tick=False)
    lire = acces.par_jeton
    monkeypatch.setattr(acces, "par_jeton", lambda jeton: (voyage.start(), lire(jeton))[1])
    try:
        recu = deposer(logiciel, reponse, pret)
    finally:
        voyage.stop()

    assert recu.json()["recu_le"].startswith(VEILLE.strftime("%Y-%m-%dT%H:%M:%S"))


ADRESSES = ("reponses/{reponse}", "fichiers/{fichier}", "depots/{pli}/recu.zip")


@pytest.mark.parametrize("adresse", ADRESSES)
def test_l_etranger_et_l_absent_recoivent_la_meme_reponse(
    logiciel, etranger, reponse, pret, adresse
):
    recu = deposer(logiciel, reponse, pret).json()["recepisse"]
    vrai = {
        "reponse": reponse["reponse"],
        "fichier": pret["enveloppes"][0]["fichiers"][0],
        "pli": recu,
    }
    faux = {"reponse": "R-ABSENTE2", "fichier": "F-ABSENTE2ABSENTE2", "pli": "D-2027-99999"}

    reponses = [etranger.demander("get", adresse.format(**noms)) for noms in (vrai, faux)]

    assert [r.status_code for r in reponses] == [404, 404]
    assert sans_nom(reponses[0]) == sans_nom(reponses[1])


def test_un_jeton_de_reponse_ne_vaut_que_pour_elle(logiciel, faitage, reponse):
    autre = faitage.commence()

    assert logiciel.demander("get", f"reponses/{autre.reference}").status_code == 404


def test_le_jeton_meurt_avec_le_compte(logiciel, faitage, reponse):
    Utilisateur.objects.filter(pk=faitage.personne.pk).update(est_actif=False, revoque_le=VEILLE)

    assert logiciel.demander("get", f"reponses/{reponse['reponse']}").status_code == 401


@pytest.mark.parametrize("repris", [{"password": "autre"}, {"courriel": "reprise@faitage.example"}])
def test_le_jeton_d_une_reponse_meurt_quand_le_compte_change_de_mains(
    logiciel, faitage, reponse, repris
):
    jeton = acces.jeton_de_reponse(faitage.commence(), faitage.personne)
    Utilisateur.objects.filter(pk=faitage.personne.pk).update(**repris)

    assert acces.porteur_du_jeton(jeton) is None
    assert logiciel.demander("get", f"reponses/{reponse['reponse']}").status_code == 401


@pytest.mark.parametrize("jeton", ["", "faux", "a:b:c", "é"])
def test_sans_jeton_valable_il_faut_s_identifier(client, jeton):
    retour = client.get("/api/v1/reponses/R-1", headers={"authorization": f"Bearer {jeton}"})

    assert (retour.status_code, retour["WWW-Authenticate"][:6]) == (401, "Bearer")


def test_une_session_passe_avec_sa_protection_contre_les_autres_sites(faitage, consultation):
    navigateur = Client(enforce_csrf_checks=True)
    navigateur.force_login(faitage.personne)
    adresse = f"/api/v1/consultations/{consultation.reference}/reponses"

    sans = navigateur.post(adresse, {"lots": []}, content_type="application/json")
    navigateur.cookies["csrftoken"] = "a" * 32
    avec = navigateur.post(
        adresse, {"lots": []}, content_type="application/json", headers={"x-csrftoken": "a" * 32}
    )

    assert (sans.status_code, avec.status_code) == (403, 201)


def test_une_adresse_inconnue_repond_un_probleme(client):
    retours = [
        client.get("/api/v1/rien"),
        client.get("/api/v2/"),
        client.put("/api/v1/reponses/R-1"),
    ]

    assert [r.status_code for r in retours] == [404, 404, 405]
    assert {r["Content-Type"] for r in retours} == {"application/problem+json"}


def test_la_description_de_l_api_est_publique_et_complete(client):
    description = client.get("/api/v1/openapi.json").json()

    assert "/api/v1/reponses/{reference}/depot" in description["paths"]
    assert "://" not in json.dumps(description), "aucune ressource étrangère"


def test_l_heure_du_serveur_n_est_jamais_gardee(client):
    retour = client.get("/heure")

    assert (retour.content, retour["Cache-Control"]) == (b"2027-01-11T11:00:00.000Z", "no-store")


def test_une_autorisation_d_une_autre_sorte_exclut_la_session(logiciel, reponse, faitage):
    # Sans cela, elle passerait la garde du second facteur, qui s'en remet au jeton.
    scelle = factories.sceller(b"offre")
    adresse = cible(logiciel, ouvrir(logiciel, reponse, scelle), scelle)["url"]
    navigateur = connecter(Client(), faitage.personne)

    envoi = navigateur.put(adresse, scelle.parties[0], headers={"authorization": "Basic eDp5"})

    assert envoi.status_code == 401

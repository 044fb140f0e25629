"""Une demande a un nom, le même partout ; celui d'un visiteur n'est jamais repris."""

import re
import uuid

import pytest
from django.http import HttpResponse

from beffroi.socle.fondations import en_cours
from beffroi.socle.guichet.demandes import EN_TETE, DemandesNommees

DE_NGINX = "0123456789abcdef0123456789abcdef"
DE_CADDY = "2f1c9a34-5b6d-4e7f-8a90-b1c2d3e4f506"
ICI = re.compile(r"[0-9a-f]{32}")


def demander(rf, settings, *, frontaux="1", donne=None, suite=lambda _: HttpResponse("oui")):
    settings.SERVEURS_FRONTAUX = frontaux
    entetes = {} if donne is None else {EN_TETE: donne}
    return DemandesNommees(suite)(rf.get("/quelque-part/", headers=entetes))[EN_TETE]


@pytest.mark.parametrize("donne", [DE_NGINX, DE_CADDY, DE_NGINX.upper()])
def test_celui_du_serveur_frontal_est_repris_tel_quel(donne, rf, settings):
    assert demander(rf, settings, donne=donne) == donne


@pytest.mark.parametrize("frontaux", ["", "0"])
def test_sans_serveur_frontal_un_visiteur_ne_choisit_pas_le_sien(frontaux, rf, settings):
    obtenu = demander(rf, settings, frontaux=frontaux, donne=DE_NGINX)

    assert obtenu != DE_NGINX and ICI.fullmatch(obtenu)


@pytest.mark.parametrize(
    "donne",
    [
        "",
        "sophie@exemple.fr",
        DE_NGINX + "0",
        DE_NGINX[:-1],
        DE_NGINX + "\n",
        f"{DE_NGINX}, {DE_NGINX}",
        DE_CADDY.replace("-", "", 1),
        "٠" * 32,
        # Ce que HAProxy compose d'ordinaire : l'adresse du visiteur y est, en hexadécimal.
        "C0000207:8A52_0A000001:01BB_65A1B2C3_0001:1F4",
        "x" * 10_000,
    ],
)
def test_une_autre_forme_n_est_pas_reprise(donne, rf, settings):
    obtenu = demander(rf, settings, donne=donne)

    assert ICI.fullmatch(obtenu) and obtenu != donne


def test_deux_demandes_n_ont_pas_le_meme(rf, settings):
    assert len({demander(rf, settings) for _ in range(50)}) == 50


def test_ce_qui_se_passe_pendant_la_demande_sait_laquelle(rf, settings):
    vues = []

    def suite(_):
        vues.append(en_cours.identifiant())
        return HttpResponse()

    assert demander(rf, settings, donne=DE_CADDY, suite=suite) == DE_CADDY
    assert vues == [DE_CADDY]


@pytest.mark.django_db
def test_une_fois_le_corps_parti_ce_fil_ne_repond_plus_a_personne(client):
    client.get("/sante")

    assert en_cours.en_cours() is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("adresse", "demande", "statut"),
    [
        ("/sante", {}, 200),
        ("/une/adresse/inventee", {}, 404),
        ("/api/v1/rien", {}, 404),
        ("/sante", {"headers": {"Host": "inconnu.example"}}, 400),
        ("/mes-reponses/", {}, 302),
    ],
)
def test_chaque_reponse_le_porte(adresse, demande, statut, client):
    reponse = client.get(adresse, **demande)

    assert reponse.status_code == statut
    assert ICI.fullmatch(reponse[EN_TETE])


@pytest.mark.django_db
def test_un_refus_csrf_le_porte_et_le_dit(django_csrf):
    reponse = django_csrf.post("/compte/connexion/", {})

    assert reponse.status_code == 403
    assert en_cours.reference_a_donner(reponse[EN_TETE]) in reponse.content.decode()


@pytest.fixture
def django_csrf(client):
    client.handler.enforce_csrf_checks = True
    return client


def test_la_reference_se_dicte_et_se_cherche():
    assert en_cours.reference_a_donner(DE_CADDY) == "D3E4-F506"
    assert DE_NGINX.endswith(en_cours.reference_a_donner(DE_NGINX).replace("-", "").lower())
    assert uuid.UUID(en_cours.nouvel_identifiant())

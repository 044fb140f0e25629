"""Une demande a un nom, le même partout ; celui d'un visiteur n'est jamais repris."""

import json
import logging
import re
import uuid

import pytest
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.urls import get_resolver

from beffroi.socle.fondations import en_cours
from beffroi.socle.fondations.journal_technique import ACCES, EnJson, EnTexte
from beffroi.socle.guichet.demandes import EN_TETE, REPONDRE, DemandesNommees, constater, octets

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


def test_les_octets_sont_ceux_que_la_reponse_annonce(tmp_path):
    fichier = tmp_path / "a.bin"
    fichier.write_bytes(b"x" * 12)

    assert octets(HttpResponse("été")) == 5
    assert octets(StreamingHttpResponse(iter([b"a"]))) is None
    with fichier.open("rb") as lu:
        assert octets(FileResponse(lu)) == 12


@pytest.fixture
def acces(settings, caplog, monkeypatch):
    """Les lignes du journal des accès, telles qu'elles s'écrivent, une forme après l'autre."""
    settings.JOURNAUX = settings.JOURNAUX | {"acces": True}
    monkeypatch.setattr(logging.getLogger(ACCES), "propagate", True)
    caplog.set_level(logging.INFO, logger=ACCES)
    ecrites = {EnTexte("%(name)s %(message)s"): [], EnJson(): []}
    vraie = caplog.handler.emit

    def ecrire(record):
        vraie(record)
        if record.name == ACCES:
            for forme, lignes in ecrites.items():
                lignes.append(forme.format(record))

    monkeypatch.setattr(caplog.handler, "emit", ecrire)
    return ecrites.values()


@pytest.mark.django_db
def test_un_acces_dit_la_route_le_statut_la_duree_et_les_octets(acces, client):
    reponse = client.get("/sante")

    _, (ligne,) = acces
    dite = json.loads(ligne)
    assert dite.pop("duree_ms") > 0 and dite.pop("le")
    assert dite == {
        "beffroi": "acces",
        "niveau": "INFO",
        "source": ACCES,
        "message": "request served",
        "demande": reponse[EN_TETE],
        "route": "sante",
        "statut": 200,
        "methode": "GET",
        "octets": len(reponse.content),
    }


@pytest.mark.django_db
def test_d_office_aucun_acces_ne_s_ecrit(acces, client, settings):
    settings.JOURNAUX = settings.JOURNAUX | {"acces": False}

    client.get("/sante")

    assert [*acces] == [[], []]


CANARIS = ("Delattre", "marthe", "192.0.2.7", "s3cret", "R-CANARI", "CanariFox")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "adresse",
    [
        "/consultations/R-CANARI/?q=Delattre",
        "/reponses/R-CANARI/",
        "/alertes/arreter/R-CANARI/",
        "/api/v1/reponses/R-CANARI/depot?marthe",
        "/une/adresse/de/marthe@exemple.fr",
        "/statique/Delattre.css",
        "/consultations/R-CANARI/documents/Delattre.pdf",
    ],
)
@pytest.mark.parametrize("methode", ["get", "post", "propfind-Delattre"])
def test_un_acces_ne_dit_ni_qui_ni_quoi(methode, adresse, acces, client):
    client.generic(
        methode.upper(),
        adresse,
        "nom=Delattre",
        "application/x-www-form-urlencoded",
        REMOTE_ADDR="192.0.2.7",
        headers={
            "Authorization": "Bearer s3cret",
            "Referer": "http://testserver/marthe/",
            "User-Agent": "CanariFox",
            "X-Forwarded-For": "192.0.2.7",
            "Cookie": "session=s3cret",
        },
    )

    en_texte, en_json = acces
    assert len(en_texte) == len(en_json) == 1
    assert [mot for mot in CANARIS if mot in f"{en_texte} {en_json}"] == []


@pytest.mark.parametrize("statut", [200, 201, 204])
def test_un_depot_s_ecrit_comme_toute_page_d_une_reponse(statut):
    demande = en_cours.Demande(DE_NGINX, route=REPONDRE)

    constater(demande, HttpResponse("x" * statut, status=statut))

    assert (demande.statut, demande.octets) == (200, None)


def test_aucune_adresse_par_ou_passe_une_reponse_n_est_dite(settings):
    dites = {
        route
        for route, module in routes(get_resolver())
        if module == "beffroi.faces.api.parties"
        or module.startswith("beffroi.reponse.reponses.views.")
        or re.match(r"api/v1/.*(reponses|depots?|fichiers)", route)
        if not settings.JOURNAUX["reponse"].match(route)
    }

    assert {route for route in dites if not route.startswith("api/v1/acheteur/")} == {
        "heure",
        "verifier/",
    }


def routes(liste, debut=""):
    for element in liste.url_patterns:
        ici = debut + str(element.pattern)
        if hasattr(element, "url_patterns"):
            yield from routes(element, ici)
        else:
            yield ici, element.callback.__module__

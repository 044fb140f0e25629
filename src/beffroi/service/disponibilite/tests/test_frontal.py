"""Le serveur frontal se juge à ce que la demande portait, et à ce que le navigateur a reçu."""

import re

import pytest
from django.core import signing

from beffroi.service.disponibilite import frontal
from beffroi.service.disponibilite.frontal import Arrivee, Attendu, Dehors, Etat, avis
from beffroi.service.disponibilite.views.frontal import USAGE

ADRESSE = "/cdg/supervision/serveur-frontal/"
NOM = "0123456789abcdef0123456789abcdef"
EN_LIGNE = Attendu("https://marches.exemple.fr", 1)
PORTE = {
    "HTTP_HOST": "marches.exemple.fr",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_FOR": "203.0.113.7",
    "HTTP_X_REQUEST_ID": NOM,
}
RECU = {
    "hsts": "max-age=31536000; includeSubDomains",
    "csp": "default-src 'none'; script-src 'self'",
    "dialogue": "h2",
    "nom_choisi": "",
    "debordement": "413",
}


@pytest.fixture
def demander(technicienne, settings):
    """`demander(**porte)` : les états lus, quand la demande arrive avec ces en-têtes-là."""
    settings.ADRESSE_PUBLIQUE, settings.SERVEURS_FRONTAUX = EN_LIGNE.adresse, "1"
    settings.ALLOWED_HOSTS = ["*"]
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    def lus(envoi=None, **porte):
        porte = {nom: valeur for nom, valeur in {**PORTE, **porte}.items() if valeur is not None}
        reponse = (
            technicienne.post(ADRESSE, envoi, **porte)
            if envoi
            else technicienne.get(ADRESSE, **porte)
        )
        lignes = re.findall(
            r'data-regard="?(\w+).*?class="etat etat-\w+">.*?</svg>(.*?)</span>',
            reponse.content.decode(),
            re.DOTALL,
        )
        return dict(lignes)

    return lus


def test_tout_est_juste_derriere_un_frontal_qui_passe_tout(demander):
    assert set(demander(RECU).values()) == {"Juste", "Non mesuré"}
    assert [code for code, mot in demander(RECU).items() if mot == "Non mesuré"] == [
        "tls",
        "tampon",
    ]


@pytest.mark.parametrize(
    ("entete", "code"),
    [
        ("HTTP_X_FORWARDED_PROTO", "protocole"),
        ("HTTP_X_FORWARDED_FOR", "visiteur"),
        ("HTTP_X_REQUEST_ID", "demande"),
    ],
)
def test_chaque_en_tete_oublie_se_nomme(demander, entete, code):
    lus = demander(**{entete: None})

    assert [nom for nom, mot in lus.items() if mot == "Manque"] == [code]


@pytest.mark.parametrize(
    ("champ", "valeur", "code", "mot"),
    [
        ("hsts", "", "hsts", "Manque"),
        ("hsts", "max-age=60", "hsts", "À revoir"),
        ("csp", "", "csp", "Manque"),
        ("csp", "default-src *", "csp", "À revoir"),
        ("dialogue", "http/1.1", "dialogue", "À revoir"),
        ("nom_choisi", "oui", "demande", "Manque"),
        ("debordement", "403", "taille", "Manque"),
        ("debordement", "0", "taille", "Juste"),
    ],
)
def test_ce_que_le_navigateur_recoit_se_juge(demander, champ, valeur, code, mot):
    assert demander({**RECU, champ: valeur})[code] == mot


def test_une_liaison_neuve_a_chaque_demande_est_a_revoir(demander):
    assert demander(HTTP_CONNECTION="close")["liaison"] == "À revoir"


def test_sans_mesure_du_navigateur_rien_ne_passe_pour_juste(demander):
    assert {
        demander()[code] for code in ("hsts", "csp", "dialogue", "taille", "tls", "tampon")
    } == {"Non mesuré"}


@pytest.mark.parametrize(
    ("frontaux", "visiteurs", "etat"),
    [
        (0, "", Etat.SANS_OBJET),
        (0, "203.0.113.7", Etat.A_REVOIR),
        (1, "", Etat.MANQUE),
        (1, "203.0.113.7", Etat.JUSTE),
        (1, "198.51.100.9, 203.0.113.7", Etat.A_REVOIR),
        (2, "203.0.113.7", Etat.MANQUE),
        (2, "203.0.113.7, 10.0.0.1", Etat.JUSTE),
    ],
)
def test_les_adresses_se_comptent_aux_frontaux_declares(frontaux, visiteurs, etat):
    attendu = Attendu("https://marches.exemple.fr", frontaux)

    assert avis.visiteur(attendu, Arrivee(visiteurs=visiteurs), Dehors())[0] is etat


def test_sur_sa_propre_machine_rien_n_est_a_ecrire():
    chez_soi = Attendu("http://localhost:8000", 0)
    arrivee = Arrivee(hote="localhost:8000")
    lues = frontal.lignes(chez_soi, arrivee, Dehors(hsts="", csp="default-src 'none'", tls=None))

    assert not [ligne.code for ligne in lues if ligne.est_a_ecrire]


def test_le_bilan_nomme_ce_qui_est_a_ecrire():
    lues = frontal.lignes(EN_LIGNE, Arrivee(hote="marches.exemple.fr"), Dehors())

    assert frontal.bilan(lues) == (
        "danger",
        "À écrire : X-Forwarded-Proto, X-Forwarded-For, X-Request-ID",
    )


def test_une_ligne_a_recopier_ne_se_prend_pas_pour_une_phrase():
    lues = frontal.lignes(EN_LIGNE, Arrivee(hote="marches.exemple.fr"), Dehors())
    [visiteur] = [ligne for ligne in lues if ligne.code == "visiteur"]

    assert [remede.se_recopie for remede in visiteur.remedes] == [True, False]
    assert [ligne.code for ligne in lues if ligne.remedes] == ["protocole", "visiteur", "demande"]


def test_ce_qui_reste_a_mesurer_s_accorde():
    une = [frontal.Ligne("tls", Etat.NON_MESURE, "")]

    assert frontal.bilan(une)[1].endswith("1 ligne reste à mesurer")
    assert frontal.bilan(une * 2)[1].endswith("2 lignes restent à mesurer")


def test_ce_qui_arrive_ne_se_dit_qu_a_qui_tient_la_cle(client, db):
    def lire(jeton):
        return client.get("/serveur-frontal/arrivee", HTTP_AUTHORIZATION=f"Bearer {jeton}")

    assert lire(signing.dumps("", salt=USAGE)).json()["hote"] == "testserver"
    assert {lire(jeton).status_code for jeton in ("", "x", signing.dumps("", salt="a"))} == {404}


def test_un_jeton_d_une_minute_ne_vaut_plus(client, db, monkeypatch):
    jeton = signing.dumps("", salt=USAGE)
    apres = signing.time.time() + 61
    monkeypatch.setattr(signing.time, "time", lambda: apres)

    page = client.get("/serveur-frontal/arrivee", HTTP_AUTHORIZATION=f"Bearer {jeton}")
    assert page.status_code == 404

"""Un service exposé sans ses réglages ne démarre pas, et dit lequel manque."""

import pytest

from beffroi.socle.fondations import checks

CENTRE = "marches.centre.fr"


@pytest.fixture
def expose(settings):
    """Un service public bien réglé."""
    settings.ADRESSE_PUBLIQUE, settings.EN_HTTPS, settings.ALLOWED_HOSTS = (
        f"https://{CENTRE}",
        True,
        [CENTRE],
    )
    settings.JOURNAL = {**settings.JOURNAL, "origine": f"{CENTRE}/journal"}
    settings.COURRIEL, settings.DEFAULT_FROM_EMAIL = "smtp", "marches@centre.fr"
    settings.SECRET_KEY = "x" * 64
    settings.SERVEURS_FRONTAUX = "1"
    return settings


CONTROLES = (
    checks.adresse_publique,
    checks.serveurs_frontaux,
    checks.cle_secrete,
    checks.nom_du_registre,
    checks.expediteur,
    checks.stockage,
    checks.stockage_du_public,
    checks.traces,
)


def refus() -> list[str]:
    return [message.id for controle in CONTROLES for message in controle()]


def test_un_service_bien_regle_demarre(expose):
    assert refus() == []


def test_sur_sa_propre_machine_rien_n_est_exige(settings):
    assert settings.ADRESSE_PUBLIQUE == "http://localhost:8000"
    assert refus() == []


@pytest.mark.parametrize("adresse", ["marches.centre.fr", "https://", "https://[x", ""])
def test_une_adresse_illisible_est_refusee(expose, adresse):
    expose.ADRESSE_PUBLIQUE = adresse

    assert refus() == ["socle.E001"]


def test_une_adresse_que_personne_ne_sert_est_refusee(expose):
    expose.ALLOWED_HOSTS = ["localhost"]

    assert refus() == ["socle.E002"]


def test_en_clair_hors_de_sa_machine_est_refuse(expose):
    expose.ADRESSE_PUBLIQUE, expose.EN_HTTPS = f"http://{CENTRE}", False

    assert refus() == ["socle.E003"]


def test_en_https_le_nombre_de_serveurs_frontaux_se_dit(expose):
    expose.SERVEURS_FRONTAUX = ""

    assert refus() == ["socle.E009"]


def test_n_en_avoir_aucun_se_dit_aussi(expose):
    expose.SERVEURS_FRONTAUX = "0"

    assert refus() == []


def test_une_cle_courte_est_refusee_partout(settings):
    settings.SECRET_KEY = "azerty"

    assert refus() == ["socle.E004"]


def test_un_registre_et_un_expediteur_d_emprunt_sont_refuses(expose):
    expose.JOURNAL = {**expose.JOURNAL, "origine": "beffroi.localhost/journal"}
    expose.DEFAULT_FROM_EMAIL = "ne-pas-repondre@beffroi.example"

    assert refus() == ["socle.E005", "socle.E006"]


def test_un_stockage_inconnu_est_refuse(expose):
    expose.STOCKAGE = {**expose.STOCKAGE, "sorte": "ftp"}

    assert refus() == ["socle.E007"]


def test_un_stockage_s3_dit_ce_qui_lui_manque(expose):
    expose.STOCKAGE = {
        **expose.STOCKAGE,
        "sorte": "s3",
        "adresse": "https://s3.centre.fr",
        "identifiant": "",
        "cle": "",
    }

    (message,) = checks.stockage()
    assert "il manque BEFFROI_S3_IDENTIFIANT, BEFFROI_S3_CLE" in message.msg


@pytest.mark.parametrize("origine", ["", "marches centre.fr/journal", "marches.centre.fr/a+b"])
def test_un_nom_de_registre_qui_ne_se_signe_pas_est_refuse(expose, origine):
    expose.JOURNAL = {**expose.JOURNAL, "origine": origine}

    assert refus() == ["socle.E010"]


@pytest.mark.parametrize(
    ("adresse", "publique", "refusees"),
    [
        ("http://stockage:8333", "https://fichiers.centre.fr", []),
        ("https://s3.centre.fr", "", []),
        ("http://127.0.0.1:8333", "", []),
        ("http://stockage:8333", "", ["socle.E011"]),
        ("https://s3.centre.fr", "http://fichiers.centre.fr", ["socle.E011"]),
        ("https://s3.centre.fr", "fichiers.centre.fr", ["socle.E011"]),
        ("https://s3.centre.fr", "https://[x", ["socle.E011"]),
    ],
)
def test_le_public_n_envoie_ses_fichiers_qu_en_https(expose, adresse, publique, refusees):
    expose.STOCKAGE = {
        **expose.STOCKAGE,
        "sorte": "s3",
        "adresse": adresse,
        "adresse_publique": publique,
        "identifiant": "i",
        "cle": "c",
    }

    assert refus() == refusees


def test_le_refus_dit_quel_reglage_et_quoi_ecrire(expose):
    expose.STOCKAGE = {**expose.STOCKAGE, "sorte": "s3", "adresse_publique": "http://f.centre.fr"}

    (message,) = checks.stockage_du_public()
    assert "en clair, à http://f.centre.fr (BEFFROI_S3_ADRESSE_PUBLIQUE)" in message.msg
    assert "une adresse en https" in message.hint


@pytest.mark.parametrize(
    "adresse", ["http://collecteur:4318/v1/traces", "collecteur", "https://[x"]
)
def test_les_traces_ne_partent_pas_en_clair(expose, adresse):
    expose.TRACES = {"adresse": adresse}

    assert refus() == ["socle.E012"]


@pytest.mark.parametrize(("presente", "refusees"), [(True, []), (False, ["socle.E013"])])
def test_un_collecteur_demande_la_bibliotheque(expose, monkeypatch, presente, refusees):
    expose.TRACES = {"adresse": "http://127.0.0.1:4318/v1/traces"}
    monkeypatch.setattr(checks, "find_spec", lambda nom: presente or None)

    assert refus() == refusees

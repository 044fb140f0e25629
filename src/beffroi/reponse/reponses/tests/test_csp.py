"""La page où l'on dépose ne parle qu'à nous, et au stockage quand il reçoit en direct."""

from beffroi.reponse.reponses.csp import csp_du_depot


def test_la_page_de_depot_n_ouvre_que_l_origine_du_stockage(sur_s3):
    assert csp_du_depot()["connect-src"] == ["'self'", sur_s3["adresse"]]


def test_la_page_de_depot_ouvre_l_adresse_du_public_et_pas_celle_des_serveurs(settings, sur_s3):
    settings.STOCKAGE = {**sur_s3, "adresse_publique": "https://fichiers.example/s3"}

    assert csp_du_depot()["connect-src"] == ["'self'", "https://fichiers.example"]


def test_par_defaut_la_page_de_depot_ne_parle_qu_a_nous(settings):
    assert csp_du_depot()["connect-src"] == ["'self'"]
    assert settings.SECURE_CSP["connect-src"] == ["'self'"]

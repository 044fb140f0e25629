"""Les pages des visiteurs partent comprimées ;
celles d'une personne connectée, et les dossiers, jamais.
"""

import gzip

import pytest

from beffroi.personnes.comptes.models import Utilisateur
from beffroi.socle.fondations.horloge import maintenant

pytestmark = pytest.mark.django_db

GZIP = {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br"}


def test_une_page_de_visiteur_part_comprimee_et_dit_de_quoi_elle_depend(client):
    nue, comprimee = client.get("/aide/"), client.get("/aide/", **GZIP)

    assert comprimee["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in comprimee["Vary"]
    assert len(comprimee.content) < len(nue.content) / 2
    assert b"<h1" in gzip.decompress(comprimee.content)


def test_une_page_avec_une_session_ne_se_comprime_pas(client):
    client.force_login(
        Utilisateur.objects.create(
            courriel="martine@bomy.example", nom="Martine", cree_le=maintenant()
        )
    )

    assert "Content-Encoding" not in client.get("/aide/", **GZIP)


def test_qui_ne_sait_pas_decompresser_recoit_du_texte(client):
    assert "Content-Encoding" not in client.get("/aide/")


def test_une_page_comprimee_se_revalide(client):
    premiere = client.get("/consultations/", **GZIP)

    assert (
        client.get("/consultations/", HTTP_IF_NONE_MATCH=premiere["ETag"], **GZIP).status_code
        == 304
    )

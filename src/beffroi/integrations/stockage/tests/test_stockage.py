"""Chaque faute d'un stockage se nomme, avec ce qu'il faut faire ; un bon n'en garde rien."""

import errno
import io

import pytest
from botocore.stub import Stubber

from beffroi.commandes.cli.lanceur import principal
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.stockage import StockageEnPanne, local, stockage
from beffroi.socle.fondations.stockage.epreuve import eprouver
from beffroi.socle.fondations.stockage.local import LocalStore
from beffroi.socle.fondations.stockage.s3 import S3Store
from beffroi.socle.noeuds.etat import etat_du_noeud
from tests.serveurs import seaweedfs

ABSENT = "jamais-cree"


def refuses(magasin):
    return {une.geste: une.refus for une in eprouver(magasin) if not une.reussie}


@pytest.fixture
def regler(sur_s3, settings):
    """`regler(**autres)` : le service S3, et ces réglages-là autrement."""

    def autrement(**autres):
        settings.STOCKAGE = {**sur_s3, **autres}
        stockage.cache_clear()
        return stockage()

    yield autrement
    stockage.cache_clear()


def test_un_disque_passe_chaque_geste_et_n_en_garde_rien(tmp_path):
    assert refuses(LocalStore(tmp_path / "fichiers")) == {}
    assert [un for un in tmp_path.rglob("*") if not un.is_dir()] == []


@pytest.mark.parametrize("panne", [errno.EROFS, errno.EACCES, errno.EIO])
def test_un_disque_qui_ne_s_ecrit_plus_se_dit_et_revient_plus_tard(tmp_path, monkeypatch, panne):
    def en_panne(_):
        raise OSError(panne, "panne")

    monkeypatch.setattr(local.os, "fsync", en_panne)

    with pytest.raises(StockageEnPanne) as dite:
        LocalStore(tmp_path).ecrire("essai/00/a", io.BytesIO(b"a"))
    assert dite.value.statut == 503
    assert refuses(LocalStore(tmp_path)) == {"Écrire un fichier": "Notre disque ne s'écrit plus."}


def test_s3_passe_chaque_geste_et_la_commande_le_dit(regler, settings, capsys):
    magasin = regler()
    magasin.autoriser(settings.ADRESSE_PUBLIQUE)
    d_avant = set(magasin.gardes())

    assert principal(["stockage"]) == 0
    dit = capsys.readouterr().out
    assert "Accueillir nos pages : bien." in dit
    assert dit.endswith("Le stockage garde les réponses.\n")
    assert set(magasin.gardes()) == d_avant


def test_un_compartiment_absent_se_nomme_et_rien_d_autre_ne_s_essaie(regler, capsys):
    regler(compartiment=ABSENT)

    assert principal(["stockage"]) == 1
    dit = capsys.readouterr().out
    assert f"Répondre : Le compartiment « {ABSENT} » n'existe pas." in dit
    assert "à faire : " in dit and "Écrire" not in dit


@pytest.mark.django_db
def test_un_compartiment_absent_ferme_le_noeud(regler):
    regler()
    assert etat_du_noeud(le=maintenant()).parties["stockage"]
    regler(compartiment=ABSENT)

    assert not etat_du_noeud(le=maintenant()).parties["stockage"]


def test_un_acces_qui_ne_fait_que_lire_dit_le_droit_qui_manque(regler, capsys):
    regler(identifiant=seaweedfs.LECTEUR, cle=seaweedfs.CLE_DU_LECTEUR)

    assert principal(["stockage"]) == 1
    dit = capsys.readouterr().out
    assert "Écrire un fichier : Le stockage a refusé (AccessDenied)." in dit
    assert "le droit d'écrire (PutObject)" in dit


def test_un_compartiment_ouvert_au_premier_venu_se_denonce(regler):
    ouvert = regler(compartiment=seaweedfs.OUVERT)
    ouvert.client.create_bucket(Bucket=seaweedfs.OUVERT)

    assert list(refuses(ouvert)) == ["Se taire à tout autre"]


def test_un_service_eteint_ne_repond_pas_et_la_cause_se_lit(regler, capsys):
    regler(adresse="http://127.0.0.1:9")

    assert principal(["stockage"]) == 1
    dit = capsys.readouterr().out
    assert "Répondre : Le stockage ne répond pas.\n  cause : EndpointConnectionError" in dit


def test_sans_nos_pages_dans_ses_regles_le_navigateur_n_y_enverrait_pas(regler, settings, capsys):
    regler().autoriser("https://ailleurs.example")

    assert principal(["stockage"]) == 1
    dit = capsys.readouterr().out
    assert (
        f"Accueillir nos pages : Il n'y laisse pas envoyer depuis {settings.ADRESSE_PUBLIQUE}."
        in dit
    )


def test_un_compartiment_plein_dit_de_l_agrandir(regler):
    plein = regler()
    with Stubber(plein.client) as service:
        service.add_response("head_bucket", {})
        service.add_client_error("put_object", "QuotaExceeded", http_status_code=507)
        epreuve = eprouver(plein)[-1]

    assert "manque de place" in epreuve.refus and "agrandissez-le" in epreuve.remede


class Credule(LocalStore):
    """Il croit l'empreinte annoncée."""

    def ecrire_partie(self, envoi, partie, flux):
        self.ecrire(f"{envoi.cle}/sans-preuve", flux)


def test_un_service_qui_ne_verifie_rien_est_ecarte(tmp_path):
    assert list(refuses(Credule(tmp_path))) == ["Refuser une partie abîmée"]


@pytest.mark.parametrize("geste", ["supprimer", "lire"])
def test_un_seul_geste_refuse_se_nomme_seul(tmp_path, monkeypatch, geste):
    def refuser(*_):
        raise StockageEnPanne("Le stockage a refusé (AccessDenied). Réessayez dans un instant.")

    monkeypatch.setattr(LocalStore, geste, refuser)

    dits = refuses(LocalStore(tmp_path))
    assert {"supprimer": "L'effacer", "lire": "Le relire"}[geste] in dits
    assert set(dits.values()) == {"Le stockage a refusé (AccessDenied)."}


def test_sans_compartiment_ouvert_s3_ne_se_lit_pas_sans_acces(sur_s3):
    magasin = S3Store.selon(sur_s3)
    magasin.ecrire("essai/00/secret", io.BytesIO(b"secret"))

    assert not magasin.se_lit_sans_acces("essai/00/secret")
    magasin.supprimer("essai/00/secret")

"""Le journal technique, sous ses deux formes : d'où vient une ligne, ce qu'elle ne dit jamais."""

import ast
import json
import logging
import sys
from datetime import UTC, datetime

import pytest
from django.core.exceptions import DisallowedHost
from django.core.files.uploadedfile import SimpleUploadedFile

from beffroi.socle.fondations import en_cours
from beffroi.socle.fondations.en_cours import Demande, Travail
from beffroi.socle.fondations.journal_technique import (
    JOINTS,
    EnJson,
    EnTexte,
    SansAdresse,
    epure,
)
from tests.architecture.arbre import du_produit, syntaxe

DEMANDE = "0123456789abcdef0123456789abcdef"
EN_TEXTE = EnTexte("%(asctime)s %(levelname)s %(name)s %(message)s")
FORMES = pytest.mark.parametrize("forme", [EN_TEXTE, EnJson()], ids=["texte", "json"])


@pytest.fixture(autouse=True)
def rien_en_cours():
    yield
    en_cours.oublier()


def ligne(message, *args, nom="beffroi.essai", exc_info=None, **joints):
    faite = logging.LogRecord(nom, logging.WARNING, __file__, 1, message, args, exc_info)
    faite.created = datetime(2026, 11, 2, 9, 30, tzinfo=UTC).timestamp()
    vars(faite).update(joints)
    return faite


def en_json(faite):
    return json.loads(EnJson().format(faite))


def test_une_ligne_dit_de_quelle_demande_elle_vient():
    en_cours.repondre_a(Demande(DEMANDE, "GET", route="consultations/<str:reference>/"))

    dite = en_json(ligne("antivirus failed", cause="OSError()", taille=12))

    assert dite.pop("duree_ms") >= 0
    assert dite == {
        "beffroi": "technique",
        "le": "2026-11-02T09:30:00.000+00:00",
        "niveau": "WARNING",
        "source": "beffroi.essai",
        "message": "antivirus failed",
        "demande": DEMANDE,
        "route": "consultations/<str:reference>/",
        "cause": "OSError()",
        "taille": 12,
    }


def test_une_ligne_dit_de_quelle_tache_elle_vient():
    with en_cours.accomplir(Travail("beffroi.x.envoyer", 7)):
        dite, texte = en_json(ligne("lost")), EN_TEXTE.format(ligne("lost"))

    assert (dite["tache"], dite["numero"]) == ("beffroi.x.envoyer", 7)
    assert texte.endswith("WARNING beffroi.essai lost tache=beffroi.x.envoyer numero=7")
    assert "tache" not in en_json(ligne("lost"))


def test_hors_de_toute_demande_une_ligne_de_texte_est_celle_d_avant():
    assert EN_TEXTE.format(ligne("lost %s", 3)).endswith(" WARNING beffroi.essai lost 3")


@FORMES
@pytest.mark.parametrize(
    ("secret", "message"),
    [
        ("sophie.delattre", "boîte pleine : sophie.delattre+dce@exemple.fr"),
        ("R-7F3KPT2A", "échec de https://marches.example/reponses/R-7F3KPT2A/?jeton=x"),
        ("X-Amz-Signature", "PUT http://s3.local:9000?X-Amz-Signature=abcdef refused"),
        ("motdepasse", "postgresql://beffroi:motdepasse@base/beffroi"),
        ("eyJhbGciOi", "Authorization: Bearer eyJhbGciOi.x-y_z"),
        ("Delattre", "duplicate key\nDETAIL: Key (nom)=(Delattre\nMarthe) exists.\n\nfin"),
    ],
)
def test_ni_personne_ni_adresse_ni_jeton_ne_s_ecrivent(secret, message, forme):
    try:
        raise ValueError(message)
    except ValueError:
        levee = sys.exc_info()

    assert secret in message and secret not in forme.format(ligne(message))
    assert secret not in forme.format(ligne("failed: %s", message, cause=message))
    assert "ValueError" in forme.format(ligne("failed", exc_info=levee))
    assert secret not in forme.format(ligne("failed", exc_info=levee))


def test_le_nom_du_serveur_reste():
    assert epure("https://u:m@tsa.example:8443/a?b#c muette") == "https://tsa.example:8443/… muette"
    assert epure("Listening at: http://127.0.0.1:8000") == "Listening at: http://127.0.0.1:8000"


@FORMES
def test_ce_qui_n_est_pas_attendu_ne_s_ecrit_pas(forme, rf):
    envoi = SimpleUploadedFile("offre-delattre.pdf", b"x")
    demande = rf.get("/reponses/R-1/?q=marthe", headers={"Authorization": "Bearer s3cret"})

    dite = forme.format(ligne("odd", request=demande, envoi=envoi, courriel="a@b.example"))

    assert not any(mot in dite for mot in ("delattre", "R-1", "marthe", "s3cret", "b.example"))


@FORMES
def test_une_ligne_reste_une_ligne(forme):
    hostile = 'a\n{"beffroi": "acces"}\u2028\r2026-11-02 09:30:00,000 ERROR x y'

    assert len(forme.format(ligne("%s", hostile, cause=hostile)).splitlines()) == 1


@FORMES
def test_la_page_d_un_refus_est_dite_par_sa_route(forme, rf):
    en_cours.repondre_a(Demande(DEMANDE, "GET", route="alertes/arreter/<str:jeton>/"))
    refusee = ligne(
        *("%s: %s", "Not Found", "/alertes/arreter/UnJeton/"),
        nom="django.request",
        request=rf.get("/alertes/arreter/UnJeton/"),
        status_code=404,
    )

    dite = forme.format(SansAdresse().filter(refusee))

    assert "Not Found: alertes/arreter/<str:jeton>/" in dite and "404" in dite
    assert "UnJeton" not in dite
    assert "UnJeton" in refusee.getMessage(), "la ligne d'un autre lecteur n'est pas touchée"


def test_un_hote_refuse_se_dit_une_fois_et_sans_trace(rf):
    request = rf.get("/", headers={"Host": "inconnu.example"})
    with pytest.raises(DisallowedHost) as levee:
        request.get_host()
    info = (levee.type, levee.value, levee.tb)
    dit = ligne(
        str(levee.value), nom="django.security.DisallowedHost", exc_info=info, request=request
    )
    redit = ligne("%s: %s", "Bad Request", "/", nom="django.request", request=request)

    une = EN_TEXTE.format(SansAdresse().filter(dit))

    assert "inconnu.example" in une and len(une.splitlines()) == 1
    assert SansAdresse().filter(redit) is False


def test_granian_ne_commente_plus_le_nombre_de_fils():
    bruit = "Configuration allows spawning up to 64 Python threads, which seems quite high"

    assert SansAdresse().filter(ligne(bruit, nom="_granian")) is False
    assert SansAdresse().filter(ligne("Unexpected exit", nom="_granian")) is True
    assert SansAdresse().filter(ligne(bruit)) is True


def test_ce_qu_un_appel_joint_a_sa_ligne_s_ecrit():
    """Un nom neuf s'ajoute à `JOINTS`, après s'être demandé ce qu'il peut porter."""
    joints = {
        cle.value
        for fichier in du_produit()
        for noeud in ast.walk(syntaxe(fichier))
        if isinstance(noeud, ast.keyword) and noeud.arg == "extra"
        if isinstance(noeud.value, ast.Dict)
        for cle in noeud.value.keys
    }

    assert {"cause", "taille"} <= joints <= set(JOINTS)

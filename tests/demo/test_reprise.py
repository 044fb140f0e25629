"""`demo.json` tient sa promesse le premier jour,
et quand la démonstration est relancée bien plus tard.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from beffroi.achat.consultations.models import Consultation
from beffroi.garde.versements.models import Versement
from beffroi.reponse.depots.acces import porteur_du_jeton
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.fondations.stockage import stockage
from demo import scenario

ETATS = {
    "brouillon",
    "en_relecture",
    "publiee",
    "close",
    "en_ouverture",
    "depouillee",
    "attribuee",
    "sans_suite",
    "archivee",
}
ROLES = {"organisme", "entreprise"}
JOURS = timedelta(days=1)


@contextmanager
def dans(dossier: Path) -> Iterator[None]:
    horodatage = {**settings.HORODATAGE, "cle": dossier / "horodatage.pem"}
    rangement = {**settings.STOCKAGE, "sorte": "fichiers", "dossier": dossier / "fichiers"}
    stockage.cache_clear()
    with override_settings(DONNEES=dossier, HORODATAGE=horodatage, STOCKAGE=rangement):
        yield
    stockage.cache_clear()


@pytest.fixture(scope="module")
def jouee(django_db_setup, django_db_blocker, tmp_path_factory):
    """La démonstration, jouée une fois pour tous : son instant et son dossier.

    Sa base vit jusqu'au dernier test.
    """
    dossier, le = tmp_path_factory.mktemp("demonstration"), maintenant()
    with django_db_blocker.unblock(), transaction.atomic():
        with dans(dossier):
            rejouer(le)
        yield le, dossier
        transaction.set_rollback(True)


@pytest.fixture
def debut(jouee, db, tmp_path):
    """La démonstration vient d'être jouée :
    chaque test en a les fichiers à lui, et rend la base comme il l'a trouvée.
    """
    le, dossier = jouee
    with dans(shutil.copytree(dossier, tmp_path / "demonstration")):
        yield le


def rejouer(le):
    return scenario.jouer(adresse="http://localhost:8000", le=le)


def premiere_ouverte(recit):
    return next(c for c in recit["consultations"] if c["etat"] == "publiee")


def brouillon(recit):
    porteur = porteur_du_jeton(
        recit["televersement"]["entetes"]["Authorization"].removeprefix("Bearer ")
    )
    assert porteur and porteur.brouillon.reference == recit["televersement"]["reponse"]
    return porteur.brouillon


@pytest.mark.parametrize("jours", [0, 5, 8, 20, 100])
def test_relancee_plus_tard_on_y_repond_encore(debut, jours):
    le = debut + jours * JOURS

    recit = rejouer(le)

    ouverte, reponse = premiere_ouverte(recit), brouillon(recit)
    assert (ouverte["lots"], reponse.consultation.reference) == ([], ouverte["reference"])
    assert datetime.fromisoformat(ouverte["date_limite_remise"]) >= le + JOURS
    assert not reponse.plis.exists()
    assert any(c["lots"] and c["etat"] == "publiee" for c in recit["consultations"])


def test_relancee_deux_fois_elle_ne_publie_pas_deux_fois(debut):
    rejouer(debut + 20 * JOURS)
    nombre = Consultation.toutes.count()

    rejouer(debut + 20 * JOURS)

    assert Consultation.toutes.count() == nombre


def test_un_delai_echu_ne_se_rouvre_pas(debut):
    echues = {c["reference"]: c["date_limite_remise"] for c in rejouer(debut)["consultations"]}

    apres = rejouer(debut + 20 * JOURS)["consultations"]

    assert {
        c["reference"]: c["date_limite_remise"] for c in apres if c["reference"] in echues
    } == echues
    assert all(
        c["etat"] == "close"
        for c in apres
        if c["reference"] in echues and c["etat"] in ("publiee", "close")
    )


def test_demo_json_a_les_champs_promis(debut):
    recit = rejouer(debut)

    assert set(recit) == {"adresse", "comptes", "consultations", "televersement"}
    assert recit["adresse"] == "http://localhost:8000"
    assert {c["etat"] for c in recit["consultations"]} == ETATS
    assert all(
        {"reference", "etat", "lots", "date_limite_remise"} <= set(c)
        for c in recit["consultations"]
    )
    assert set(recit["televersement"]) == {"reponse", "entetes"}


def test_un_paquet_est_pris_en_charge_et_un_autre_attend_sa_reponse(debut):
    rejouer(debut)

    pris, recu = Versement.objects.order_by("pk").select_related(
        "paquet__consultation", "accuse", "reponse"
    )

    assert (pris.etat, pris.paquet.consultation.etat, pris.reponse.cote) == (
        "accepte",
        "archivee",
        "2026 W 118",
    )
    assert (recu.etat, recu.paquet.consultation.etat, recu.reponse) == (
        "accuse",
        "sans_suite",
        None,
    )
    assert recu.accuse.service == "FRAD062" and recu.accuse.emis_le <= recu.envoye_le


def test_chaque_compte_de_demo_json_sert_a_se_connecter(debut):
    communs = {"role", "identifiant", "mot_de_passe", "secret_totp", "jeton_api"}

    comptes = rejouer(debut)["comptes"]

    assert all(communs <= set(compte) and len(ROLES & set(compte)) == 1 for compte in comptes)
    porteurs = [c for c in comptes if c["role"] == "gardien" or "phrase_de_cle" in c]
    assert len([c for c in porteurs if c["role"] == "gardien"]) == 3
    assert all(c["phrase_de_cle"] and c["code_de_secours"] for c in porteurs)

"""Une sonde d'ailleurs remet ses mesures :
son jeton, des bornes, et rien qui se confonde avec les nôtres.
"""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from beffroi.service.sonde import exterieures, queries, rules, services
from beffroi.service.sonde.models import Mesure, MesureExterieure
from beffroi.service.sonde.verification import relire_les_mesures
from beffroi.socle.fondations.horloge import maintenant
from beffroi.socle.journal.models import Ecriture

pytestmark = pytest.mark.django_db
JETON = "j" * 32
MINUTE, JOUR = timedelta(minutes=1), timedelta(days=1)


def une(*, age=MINUTE, **champs):
    return {
        "le": (maintenant() - age).isoformat(),
        "reussie": True,
        "duree_ms": 812,
        "statut_http": 200,
        **champs,
    }


@pytest.fixture
def remettre(client, settings):
    settings.SONDES_EXTERIEURES = {"lille": JETON, "lyon": "k" * 32}

    def envoyer(*mesures, jeton=JETON, corps=None):
        entete = {"Authorization": f"Bearer {jeton}"} if jeton else {}
        contenu = corps if corps is not None else json.dumps({"mesures": list(mesures)})
        return client.post(
            "/sonde/mesures/", contenu, content_type="application/json", headers=entete
        )

    return envoyer


def test_une_sonde_remet_ses_mesures_sous_son_nom_et_deux_fois_n_en_font_qu_une(remettre):
    mesures = une(age=2 * MINUTE), une(reussie=False, statut_http=503, phrase="dépôt\nrefusé")

    assert remettre(*mesures).json() == {"source": "lille", "recues": 2, "notees": 2}
    assert remettre(*mesures).json()["notees"] == 0
    assert remettre(mesures[0], jeton="k" * 32).json()["source"] == "lyon"
    echec = MesureExterieure.objects.get(reussie=False)
    assert (echec.source, echec.statut_http, echec.phrase, echec.le.second) == (
        "lille",
        503,
        "dépôt refusé",
        0,
    )
    assert not Mesure.objects.exists()


@pytest.mark.parametrize("jeton", ["", "x" * 32, JETON[:-1], JETON + "j", "é"])
def test_sans_son_jeton_rien_ne_se_remet(remettre, jeton):
    assert remettre(une(), jeton=jeton).status_code == 401
    assert not MesureExterieure.objects.exists()


def test_un_jeton_sans_son_mot_d_entete_ne_vaut_rien(settings):
    settings.SONDES_EXTERIEURES = {"lille": JETON}
    assert (exterieures.source_de(f"Bearer {JETON}"), exterieures.source_de(JETON)) == (
        "lille",
        None,
    )


@pytest.mark.parametrize(
    "faux",
    [
        {"age": 7 * JOUR + MINUTE},
        {"age": -3 * MINUTE},
        {"le": "2026-11-28T11:00:00"},
        {"le": "hier"},
        {"le": 12},
        {"reussie": "oui"},
        {"duree_ms": -1},
        {"duree_ms": True},
        {"duree_ms": 600_001},
        {"statut_http": 1000},
        {"phrase": 3},
    ],
)
def test_une_mesure_hors_bornes_fait_tout_refuser(remettre, faux):
    reponse = remettre(une(age=5 * MINUTE), une(**faux))

    assert (reponse.status_code, "n° 2" in reponse.json()["erreur"]) == (422, True)
    assert not MesureExterieure.objects.exists()


@pytest.mark.parametrize(
    "corps", ["", "[]", "{}", '{"mesures": {}}', '{"mesures": []}', '{"mesures": [3]}', "[" * 9000]
)
def test_un_corps_illisible_se_refuse(remettre, corps):
    assert remettre(corps=corps).status_code == 422


def test_trop_de_mesures_ou_d_octets_se_refusent(remettre):
    assert (
        remettre(*[une(age=n * MINUTE) for n in range(exterieures.MESURES_AU_PLUS + 1)]).status_code
        == 422
    )
    assert remettre(corps="x" * (exterieures.OCTETS_AU_PLUS + 1)).status_code == 413
    assert remettre(une(phrase="p" * 9000)).status_code == 201
    assert len(MesureExterieure.objects.get().phrase) == 300


def test_elles_entrent_au_journal_a_la_lettre_meme_sans_notre_sonde(remettre):
    remettre(une(reussie=False, phrase="connexion refusée"))
    assert not Ecriture.objects.filter(acte="sonde.relever").exists()
    plus_tard = maintenant() + rules.DUREE_D_UN_LOT
    services.noter_les_exterieures("lille", [], maintenant=plus_tard)

    (dite,) = json.loads(Ecriture.objects.get(acte="sonde.relever").contenu)["donnees"][
        "exterieures"
    ]
    assert (dite["source"], dite["reussie"], dite["phrase"]) == (
        "lille",
        False,
        "connexion refusée",
    )
    assert [constat.bon for constat in relire_les_mesures()] == [True]
    for changer in (
        MesureExterieure.objects.all().delete,
        lambda: MesureExterieure.objects.update(reussie=True),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            changer()


def test_la_sante_les_dit_a_part_sonde_par_sonde(remettre):
    remettre(une(), une(age=2 * MINUTE, reussie=False), une(age=30 * MINUTE))
    remettre(une(), jeton="k" * 32)
    le = maintenant()

    lille, lyon = queries.sante(le - JOUR, le).dehors

    assert (lille.source, lille.reussies, len(lille.echecs), lille.apres_coup) == ("lille", 2, 1, 1)
    assert (lyon.source, lyon.part.en_clair) == ("lyon", "100 %")
    assert queries.sante(le - JOUR, le).mesures == 0

import json
from datetime import UTC, datetime

import pytest

from formats import depot

FICHIER = {
    "nom": "dc1.pdf",
    "taille": 310,
    "racine": "aa",
    "sha256": "bb",
    "sha256_source": "declaree",
}
DOCUMENT = {
    "format": "beffroi.depot/1",
    "nonce": "00",
    "recepisse": "D-2026-00931",
    "deposant": {"nom": "Dupont SARL", "identifiant": "999123456", "personne": "Camille Dupont"},
    "acheteur": {"nom": "Commune de Saint-Ambroise", "siret": "99900011100012"},
    "consultation": {"reference": "2026-0142", "titre": "Toiture", "objet": "Travaux"},
    "lots": [1],
    "recu_le": "2026-11-24T16:00:00.123456Z",
    "debut_transmission": "2026-11-24T15:50:00.000000Z",
    "fin_transmission": "2026-11-24T15:59:00.000000Z",
    "date_limite": "2026-11-24T16:00:00.000000Z",
    "hors_delai": True,
    "remplace": None,
    "version_client": "1.0.0",
    "enveloppes": [
        {
            "enveloppe": "offre",
            "lot": 1,
            "empreinte": "cc",
            "engagement": "dd",
            "fichiers": [FICHIER],
            "manifeste": FICHIER | {"nom": "manifeste.age"},
        }
    ],
}


def lire(**changements):
    return depot.lire(json.dumps(DOCUMENT | changements).encode())


def test_un_depot_se_lit_avec_ses_instants_et_ses_enveloppes():
    lu = lire()

    assert lu.recu_le == datetime(2026, 11, 24, 16, 0, 0, 123_456, tzinfo=UTC)
    assert lu.enveloppes[0].lot == 1
    assert lu.enveloppes[0].fichiers[0].nom == "dc1.pdf"
    assert lu.enveloppes[0].manifeste.nom == "manifeste.age"


def test_une_candidature_n_a_pas_de_lot():
    lu = lire(enveloppes=[DOCUMENT["enveloppes"][0] | {"lot": None}])

    assert lu.enveloppes[0].lot is None


@pytest.mark.parametrize(
    ("champ", "valeur"),
    [
        ("recepisse", None),
        ("recepisse", 12),
        ("hors_delai", "non"),
        ("hors_delai", 0),
        ("lots", [True]),
        ("lots", "1"),
        ("recu_le", "hier"),
        ("recu_le", "2026-11-24T16:00:00"),
        ("deposant", []),
        ("enveloppes", [1]),
    ],
)
def test_un_champ_mal_ecrit_est_refuse_par_son_nom(champ, valeur):
    with pytest.raises(depot.DepotIllisible, match=champ):
        lire(**{champ: valeur})


def test_une_taille_booleenne_est_refusee():
    enveloppe = DOCUMENT["enveloppes"][0] | {"fichiers": [FICHIER | {"taille": True}]}

    with pytest.raises(depot.DepotIllisible, match="taille"):
        lire(enveloppes=[enveloppe])


@pytest.mark.parametrize("octets", [b"{", b"[]", b'{"format": "beffroi.depot/2"}', b"\xff"])
def test_un_autre_document_est_refuse(octets):
    with pytest.raises(depot.DepotIllisible):
        depot.lire(octets)

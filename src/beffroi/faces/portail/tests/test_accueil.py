"""L'accueil montre ce qui ferme bientôt, et seulement ce à quoi on peut encore répondre."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from beffroi.achat.consultations.models import Consultation, Lot, PieceDce
from beffroi.achat.dossiers.models import VersionDuDossier
from beffroi.faces.portail import queries
from beffroi.personnes.cles.models import PaireDeCles
from beffroi.personnes.comptes.models import Utilisateur
from beffroi.personnes.organismes.models import Organisme

pytestmark = pytest.mark.django_db
MAINTENANT = datetime(2027, 1, 8, 9, 26, 31, tzinfo=UTC)
HIER = MAINTENANT - timedelta(days=1)


@pytest.fixture
def martine():
    return Utilisateur.objects.create(
        courriel="martine@bomy.example", nom="Martine Caron", cree_le=HIER
    )


@pytest.fixture
def bomy():
    return Organisme.objects.create(nom="Commune de Bomy", siret="21620153600013", cree_le=HIER)


@pytest.fixture
def publier(martine, bomy):
    def _publier(titre: str, ferme_dans: timedelta, **champs: object) -> Consultation:
        cles = [
            PaireDeCles.objects.create(
                organisme=bomy,
                destinataire="age1pq",
                empreinte=f"{titre}-{n}",
                politique="standard",
                seuil=1,
                creee_le=HIER,
            )
            for n in "co"
        ]
        defauts = {
            "reference": titre,
            "organisme": bomy,
            "titre": titre,
            "objet": titre,
            "nature": "travaux",
            "etat": Consultation.Etat.PUBLIEE,
            "redigee_par": martine,
            "creee_le": HIER,
            "publiee_le": HIER,
            "date_limite_remise": MAINTENANT + ferme_dans,
            "cle_candidature": cles[0],
            "cle_offre": cles[1],
        }
        return Consultation.toutes.create(**(defauts | champs))

    return _publier


def test_la_plus_proche_vient_d_abord_et_les_closes_n_y_sont_plus(publier):
    publier("Toiture", timedelta(days=4))
    publier("Cantine", timedelta(hours=1, minutes=33))
    publier("Fossés", timedelta(seconds=-1))

    lignes = queries.prochaines_consultations(maintenant=MAINTENANT)

    assert [ligne.objet for ligne in lignes] == ["Cantine", "Toiture"]
    assert [ligne.ferme_aujourd_hui for ligne in lignes] == [True, False]


def test_une_ligne_compte_les_lots_et_les_documents_en_vigueur(publier):
    toiture = publier("Toiture", timedelta(days=4))
    for numero in (1, 2):
        Lot.objects.create(consultation=toiture, numero=numero, intitule="x")
    commun = {
        "consultation": toiture,
        "intitule": "CCTP",
        "nom": "c.pdf",
        "taille": 1,
        "ajoutee_le": HIER,
        "publiee_le": HIER,
    }
    ancienne = PieceDce.objects.create(**commun, sha256="a" * 64, cle_de_stockage="a")
    PieceDce.objects.create(
        **commun, sha256="b" * 64, cle_de_stockage="b", version=2, remplace=ancienne
    )
    VersionDuDossier.objects.create(
        consultation=toiture,
        numero=2,
        explication="x",
        portee="important",
        ancienne_limite=MAINTENANT,
        publiee_le=HIER,
    )

    (ligne,) = queries.prochaines_consultations(maintenant=MAINTENANT)

    assert ligne.traits[:3] == ("Travaux", "2 lots", "1 document")
    assert ligne.traits[3].startswith("modifiée le jeudi 7")


def test_les_raccourcis_comptent_ce_qui_est_ouvert(publier):
    publier("Toiture", timedelta(days=4))
    voirie = publier("Voirie", timedelta(days=20))
    Lot.objects.bulk_create(
        [Lot(consultation=voirie, numero=n, intitule=f"Lot {n}") for n in (1, 2)]
    )
    publier("Repas", timedelta(days=9), nature="services")

    raccourcis = queries.raccourcis(maintenant=MAINTENANT)

    assert [(r.libelle, r.nombre) for r in raccourcis] == [
        ("Ferment sous 7 jours", 1),
        ("Travaux", 2),
        ("Services", 1),
    ]


def test_l_accueil_ne_s_alourdit_pas_avec_les_consultations(publier, django_assert_max_num_queries):
    for n in range(5):
        publier(f"Marché {n}", timedelta(days=300 + n))

    with django_assert_max_num_queries(5):
        Client().get("/")


def test_sans_consultation_l_accueil_dit_quoi_faire():
    assert "Aucune consultation n’est ouverte" in Client().get("/").content.decode()

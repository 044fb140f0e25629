"""Les règles d'une consultation, sans base ni horloge."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beffroi.achat.consultations.rules import documents, heure_limite, publication, secret
from beffroi.achat.consultations.rules.procedures import procedure
from droit.calendrier import conseils
from droit.calendrier.avertissements import avertissements_de_l_heure_limite
from droit.calendrier.heures import PARIS

LUNDI = datetime(2026, 11, 23, 9, tzinfo=UTC)


@given(
    st.datetimes(
        min_value=datetime(2026, 1, 1), max_value=datetime(2040, 12, 1), timezones=st.just(UTC)
    )
)
def test_l_heure_proposee_est_toujours_a_venir_et_sans_remarque(maintenant):
    limite = conseils.limite_conseillee(maintenant.astimezone(PARIS).date() + timedelta(days=30))

    assert limite - maintenant > timedelta(days=29)
    assert avertissements_de_l_heure_limite(limite) == ()
    assert (
        heure_limite.questions_proposees(limite) < limite < heure_limite.ouverture_proposee(limite)
    )


def test_un_delai_publie_s_allonge_et_ne_raccourcit_jamais():
    def decide(nouvelle, maintenant=LUNDI):
        return heure_limite.peut_prolonger(
            etat="publiee",
            actuelle=LUNDI + timedelta(days=1),
            nouvelle=nouvelle,
            maintenant=maintenant,
        )

    assert decide(LUNDI + timedelta(days=2)).favorable
    assert not decide(LUNDI + timedelta(days=1)).favorable
    assert not decide(LUNDI + timedelta(days=2), maintenant=LUNDI + timedelta(days=1)).favorable


@pytest.mark.parametrize(
    ("etat", "dit"),
    [
        ("brouillon", "n'est pas publiée"),
        ("en_relecture", "n'est pas publiée"),
        ("close", "L'heure limite est passée"),
        ("sans_suite", "déclarée sans suite"),
    ],
)
def test_seule_une_consultation_publiee_se_prolonge_et_le_refus_dit_pourquoi(etat, dit):
    decision = heure_limite.peut_prolonger(
        etat=etat,
        actuelle=LUNDI + timedelta(days=1),
        nouvelle=LUNDI + timedelta(days=2),
        maintenant=LUNDI,
    )

    assert not decision.favorable
    assert dit in decision.motifs[0].texte


def test_a_l_heure_exacte_le_delai_n_est_pas_encore_expire():
    assert not heure_limite.delai_expire(limite=LUNDI, maintenant=LUNDI).favorable
    assert heure_limite.delai_expire(
        limite=LUNDI, maintenant=LUNDI + timedelta(microseconds=1)
    ).favorable


@pytest.mark.parametrize(("jours", "suit"), [(29, False), (30, True)])
def test_un_appel_d_offres_ouvert_suit_le_delai_ordinaire_a_trente_jours(jours, suit):
    assert suit is heure_limite.suit_le_delai_ordinaire(
        limite=LUNDI + timedelta(days=jours),
        depart=LUNDI,
        procedure=procedure("appel_offres_ouvert"),
        acheteur="pouvoir_adjudicateur",
    )


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\martine\\règlement.pdf", "règlement.pdf"),
        ("a\x00b\u202egpj.exe", "abgpj.exe"),
        ("=cmd|'/c calc'!A0.ods", "c calc'!A0.ods"),
        ("...", "document"),
        ("été 2027 🏫.pdf", "été 2027 🏫.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_un_nom_etrange_devient_un_nom_sur(nom, attendu):
    assert documents.nom_sur(nom) == attendu


def test_deux_documents_de_meme_nom_restent_deux():
    assert documents.noms_distincts(["plan.pdf", "Plan.pdf", "plan.pdf"]) == [
        "plan.pdf",
        "Plan (2).pdf",
        "plan (3).pdf",
    ]


def test_un_document_vide_ou_trop_gros_est_refuse():
    assert not documents.document_recevable(nom="a.pdf", taille=0).favorable
    assert not documents.document_recevable(
        nom="a.pdf", taille=documents.OCTETS_MAXIMUM_D_UN_DOCUMENT + 1
    ).favorable
    assert documents.document_recevable(
        nom="a.pdf", taille=documents.OCTETS_MAXIMUM_D_UN_DOCUMENT
    ).favorable


PRET = publication.FaitsDePublication(
    nombre_de_documents=1,
    pieces_de_candidature=1,
    pieces_d_offre=1,
    politique="standard",
    membres_designes=frozenset({"U-1", "U-2"}),
    membres_porteurs=frozenset({"U-1", "U-2"}),
    membres_prets=frozenset({"U-1", "U-2"}),
    cles_posees=True,
    gardiens_prets=3,
    organisme_actif=True,
)


def test_une_consultation_complete_se_publie():
    assert publication.peut_etre_publiee(PRET).favorable


@pytest.mark.parametrize(
    "manque",
    [
        {"membres_designes": frozenset({"U-1"})},
        {"membres_porteurs": frozenset({"U-1", "U-3"})},
        {"membres_prets": frozenset({"U-1"})},
        {"politique": "double"},
        {"cles_posees": False},
        {"gardiens_prets": 2},
        {"organisme_actif": False},
        {
            "ecarts": (
                publication.Controle(
                    publication.BLOQUANT, "L'heure limite n'est pas fixée.", "calendrier"
                ),
            )
        },
    ],
)
def test_un_seul_manque_empeche_de_publier(manque):
    assert not publication.peut_etre_publiee(replace(PRET, **manque)).favorable


@pytest.mark.parametrize("defaut", [{"pieces_d_offre": 0}, {"pieces_de_candidature": 0}])
def test_un_defaut_leger_avertit_sans_empecher(defaut):
    faits = replace(PRET, **defaut)

    assert publication.peut_etre_publiee(faits).favorable
    assert "avertissement" in {c.gravite for c in publication.controles(faits)}


def test_a_deux_celle_qui_a_redige_ne_publie_pas():
    assert not publication.peut_publier(a_deux=True, redacteur="U-1", publieur="U-1").favorable
    assert publication.peut_publier(a_deux=True, redacteur="U-1", publieur="U-2").favorable
    assert publication.peut_publier(a_deux=False, redacteur="U-1", publieur="U-1").favorable


def phrases(**faits):
    moments = secret.qui_peut_lire(
        **{"politique": "standard", "membres": 2, "gardiens": ["tiers"] * 3, **faits}
    )
    return " ".join(phrase for moment in moments for phrase in moment.phrases)


def test_la_page_dit_combien_de_cles_ouvrent():
    assert "une seule de ces personnes" in phrases()
    assert "deux de ces personnes" in phrases(politique="double", membres=3)


def test_la_page_dit_que_le_secret_du_calcul_finit_a_l_ouverture():
    assert "Le service garde alors vos fichiers ouverts" in phrases()
    assert "Il pourrait donc les lire" in phrases()


def test_la_page_dit_quand_les_gardiens_sont_du_centre():
    assert "Aucun gardien" in phrases()
    assert "Un gardien travaille au centre" in phrases(gardiens=["exploitant", "tiers", "tiers"])
    assert "Deux agents nommés et l'équipe technique" in phrases(gardiens=["exploitant"] * 3)

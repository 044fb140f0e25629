"""Ce que nous publions en OCDS est valide pour le schéma officiel et pour lib-cove,
sans réseau, et dit la même chose.
"""

import json
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from formats import ocds
from formats.decp import Titulaire, lire
from formats.decp.tests import exemples
from formats.tests.normes import NORMES

SCHEMA = NORMES / "ocds" / "schema"
REELS = sorted((NORMES / "decp" / "reels-valides").glob("*.json"))
avec_ocds = pytest.mark.skipif(
    not SCHEMA.exists(),
    reason=f"le schéma OCDS n'est pas là ({SCHEMA}) : lib-cove n'a rien vérifié",
)
# Le préfixe de la documentation : aucun paquet réel ne le porte.
EDITION = ocds.Edition(
    prefixe="ocds-213czf",
    uri="https://profil.exemple.fr/donnees/ocds.json",
    publie_le=datetime(2027, 5, 1, tzinfo=UTC),
    editeur=ocds.Editeur(nom="Commune d'exemple", siret="21620178000014"),
    noms={"21620178000014": "Commune d'exemple"},
)


@pytest.fixture(scope="session")
def standard(tmp_path_factory) -> str:
    """Le standard, rangé comme l'archive que lib-cove attend : son dossier d'abord."""
    archive = tmp_path_factory.mktemp("ocds") / "standard.zip"
    with zipfile.ZipFile(archive, "w") as zip_:
        zip_.writestr("standard-1__1__5/", "")
        for fichier in sorted(SCHEMA.rglob("*.*")):
            zip_.write(fichier, f"standard-1__1__5/schema/{fichier.relative_to(SCHEMA)}")
    return f"file://{archive}"


def _ce_que_dit_lib_cove(paquet: dict, standard: str) -> dict:
    from libcoveocds.api import ocds_json_output
    from libcoveocds.config import LibCoveOCDSConfig

    reglage = LibCoveOCDSConfig()
    reglage.config.update(standard_zip=standard, context="api", skip_aggregates=True)
    dit = ocds_json_output(json_data=paquet, lib_cove_ocds_config=reglage, schema_version="1.1")
    interdits = (
        "validation_errors",
        "additional_closed_codelist_values",
        "additional_fields",
        "deprecated_fields",
    )
    return {nom: dit[nom] for nom in (*interdits, "additional_checks") if dit[nom]}


def _paquet(contrats) -> dict:
    return json.loads(ocds.paquet(contrats, EDITION))


def _sans_double(contrats) -> list:
    return list({ocds.ocid(contrat, EDITION): contrat for contrat in contrats}.values())


@avec_ocds
def test_un_marche_et_une_concession_passent_lib_cove(standard):
    paquet = _paquet([exemples.marche(), exemples.concession()])

    assert len(paquet["releases"]) == 5
    assert _ce_que_dit_lib_cove(paquet, standard) == {}


@avec_ocds
@pytest.mark.parametrize("fichier", REELS, ids=lambda fichier: fichier.name)
def test_les_contrats_reels_passent_lib_cove(fichier, standard):
    lu = lire(fichier.read_bytes()).paquet
    contrats = _sans_double([*lu.marches, *lu.concessions])
    paquet = _paquet(contrats)

    assert (
        len(paquet["releases"]) == sum(1 + len(contrat.modifications) for contrat in contrats) > 1
    )
    assert _ce_que_dit_lib_cove(paquet, standard) == {}


@avec_ocds
def test_tous_les_fichiers_reels_ont_ete_passes():
    assert len(REELS) == 4


FALSIFICATIONS = {
    "étiquette inconnue": lambda publication: publication.update(tag=["gagne"]),
    "date sans heure": lambda publication: publication.update(date="2026-11-24"),
    "sans ocid": lambda publication: publication.pop("ocid"),
    "montant en texte": lambda publication: publication["awards"][0]["value"].update(
        amount="84500"
    ),
    "devise inconnue": lambda publication: publication["awards"][0]["value"].update(currency="ECU"),
    "contrat sans attribution": lambda publication: publication["contracts"][0].pop("awardID"),
    "méthode inconnue": lambda publication: publication["tender"].update(
        procurementMethod="adaptée"
    ),
    "champ inventé": lambda publication: publication.update(gagnant="x"),
}


@avec_ocds
@pytest.mark.parametrize("cas", FALSIFICATIONS)
def test_lib_cove_refuse_le_meme_paquet_falsifie(cas, standard):
    paquet = _paquet([exemples.marche()])
    FALSIFICATIONS[cas](paquet["releases"][0])

    assert _ce_que_dit_lib_cove(paquet, standard) != {}


def test_chaque_modification_est_une_publication_qui_amende_la_precedente():
    _, une, deux = _paquet([exemples.marche()])["releases"]

    assert [une["tag"], deux["tag"]] == [
        ["contractAmendment"],
        ["awardUpdate", "contractAmendment"],
    ]
    [amende] = deux["contracts"][0]["amendments"]
    assert (amende["amendsReleaseID"], amende["releaseID"]) == (une["id"], deux["id"])
    assert deux["awards"][0]["suppliers"] == [{"id": "FR-RCS-55204599900869"}]


def test_une_modification_muette_sur_le_montant_garde_le_dernier_connu():
    premiere, une, deux = _paquet([exemples.marche()])["releases"]

    montants = [
        publication["contracts"][0]["value"]["amount"] for publication in (premiere, une, deux)
    ]
    assert montants == [84500.0, 91000.25, 91000.25]
    # Quatre mois après le 2 novembre, puis six, comptés date à date.
    durees = [
        publication["contracts"][0]["period"]["durationInDays"]
        for publication in (premiere, une, deux)
    ]
    assert durees == [120, 181, 181]


def test_un_marche_subsequent_nomme_son_accord_cadre():
    [publication, *_] = _paquet([exemples.marche()])["releases"]
    [lien] = publication["relatedProcesses"]

    assert lien["identifier"] == "ocds-213czf-21620178000014-AC2026"
    [seule] = ocds.publications(
        exemples.marche(id_accord_cadre="2026001", modifications=()), EDITION
    )
    assert "relatedProcesses" not in seule


def test_un_acheteur_titulaire_de_son_marche_n_est_qu_une_partie():
    seul = exemples.marche(titulaires=(Titulaire(id="21620178000014"),), modifications=())
    [publication] = ocds.publications(seul, EDITION)

    assert [partie["roles"] for partie in publication["parties"]] == [["buyer", "supplier"]]


def test_une_procedure_adaptee_ne_dit_pas_qui_pouvait_repondre():
    [adaptee, *_] = ocds.publications(exemples.marche(procedure="Procédure adaptée"), EDITION)

    assert "procurementMethod" not in adaptee["tender"]
    assert adaptee["tender"]["procurementMethodDetails"] == "Procédure adaptée"


@pytest.mark.parametrize(
    ("code", "categorie"), [("45261900", "works"), ("15000000", "goods"), ("79000000", "services")]
)
def test_le_code_cpv_dit_la_nature(code, categorie):
    [publication, *_] = ocds.publications(exemples.marche(code_cpv=code), EDITION)

    assert publication["tender"]["mainProcurementCategory"] == categorie


def test_deux_contrats_de_meme_numero_ne_se_confondent_pas():
    with pytest.raises(ocds.NumeroDouble, match="2026001"):
        ocds.paquet([exemples.marche(), exemples.marche(montant=Decimal(2))], EDITION)


def test_une_date_sans_fuseau_est_refusee():
    with pytest.raises(ValueError, match="fuseau"):
        ocds.paquet([], replace(EDITION, publie_le=datetime(2027, 5, 1)))


def test_les_memes_contrats_donnent_les_memes_octets():
    contrats = [exemples.concession(date_debut_execution=date(2026, 12, 1)), exemples.marche()]

    assert ocds.paquet(contrats, EDITION) == ocds.paquet(iter(contrats), EDITION)


@pytest.mark.parametrize(
    ("code", "categorie"),
    [
        ("44110000", "goods"),
        ("46000000", "services"),
        ("48000000", "goods"),
        ("49000000", "services"),
    ],
)
def test_les_logiciels_sont_des_fournitures_et_le_reste_au_dela_des_travaux_des_services(
    code, categorie
):
    [publication, *_] = ocds.publications(exemples.marche(code_cpv=code), EDITION)

    assert publication["tender"]["mainProcurementCategory"] == categorie


def test_les_titulaires_d_une_modification_restent_ceux_des_suivantes():
    une, deux = exemples.MODIFICATIONS
    trois = replace(une, id=3, montant=Decimal(95000), duree_mois=None)
    *_, derniere = ocds.publications(exemples.marche(modifications=(une, deux, trois)), EDITION)

    assert derniere["tag"] == ["contractAmendment"] and "awards" not in derniere
    assert [p["id"] for p in derniere["parties"] if "supplier" in p["roles"]] == [
        "FR-RCS-55204599900869"
    ]
    assert derniere["contracts"][0]["value"]["amount"] == Decimal(95000)


def test_une_modification_a_zero_euro_ne_garde_pas_l_ancien_montant():
    une, _ = exemples.MODIFICATIONS
    *_, derniere = ocds.publications(
        exemples.marche(modifications=(replace(une, montant=Decimal(0)),)), EDITION
    )

    assert derniere["contracts"][0]["value"]["amount"] == 0


def test_une_concession_dit_sa_signature_son_debut_et_la_valeur_modifiee():
    premiere, modifiee = ocds.publications(exemples.concession(), EDITION)
    [contrat] = premiere["contracts"]

    assert (contrat["dateSigned"], contrat["period"]) == (
        "2026-10-01T00:00:00Z",
        {"startDate": "2026-11-01T00:00:00Z", "durationInDays": 1826},
    )
    assert (premiere["awards"][0]["date"], contrat["value"]["amount"]) == (
        "2026-10-01T00:00:00Z",
        250000,
    )
    assert modifiee["contracts"][0]["value"]["amount"] == 260000
    assert "items" not in contrat and "mainProcurementCategory" not in premiere["tender"]


def test_un_titulaire_nomme_deux_fois_n_a_qu_un_role_et_un_nom_inconnu_n_est_pas_ecrit():
    double = exemples.marche(
        titulaires=(exemples.ENTREPRISE, exemples.ENTREPRISE), modifications=()
    )
    [publication] = ocds.publications(double, EDITION)

    assert [(p["roles"], p.get("name")) for p in publication["parties"]] == [
        (["buyer"], "Commune d'exemple"),
        (["supplier"], None),
    ]


@pytest.mark.parametrize(
    ("procedure", "methode"),
    [
        ("Appel d'offres ouvert", "open"),
        ("Appel d'offres restreint", "selective"),
        ("Procédure avec négociation", "selective"),
        ("Dialogue compétitif", "selective"),
        ("Marché passé sans publicité ni mise en concurrence préalable", "direct"),
    ],
)
def test_la_procedure_dit_qui_pouvait_repondre(procedure, methode):
    [publication, *_] = ocds.publications(exemples.marche(procedure=procedure), EDITION)

    assert publication["tender"]["procurementMethod"] == methode


def test_un_operateur_sans_siret_garde_son_registre():
    belge = Titulaire(id="BE0428759497", type_identifiant="TVA")
    [publication] = ocds.publications(
        exemples.marche(titulaires=(belge,), modifications=()), EDITION
    )

    assert publication["parties"][1]["identifier"] == {"scheme": "TVA", "id": "BE0428759497"}
    assert publication["awards"][0]["suppliers"] == [{"id": "TVA-BE0428759497"}]


def test_chaque_publication_ne_connait_que_les_modifications_deja_faites():
    une, deux = exemples.MODIFICATIONS
    suivies = (une, replace(deux, montant=Decimal(95000), duree_mois=9))
    publiees = list(ocds.publications(exemples.marche(modifications=suivies), EDITION))

    assert [p["contracts"][0]["value"]["amount"] for p in publiees] == [
        Decimal("84500.0"),
        Decimal("91000.25"),
        Decimal(95000),
    ]
    assert [p["id"] for p in publiees[1]["parties"]][1] == f"FR-RCS-{exemples.ENTREPRISE.id}"
    assert publiees[0]["contracts"][0]["items"][0]["classification"] == {
        "scheme": "CPV",
        "id": "45261900-3",
    }

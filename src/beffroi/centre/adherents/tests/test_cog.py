"""Charger un département pour un essai : complet, marqué, rejouable."""

import pytest
from stdnum import luhn

from beffroi.centre.adherents import cog, queries
from beffroi.centre.adherents.models import Adherent, Effectif
from beffroi.centre.adherents.services.essai import charger_un_essai
from beffroi.centre.adherents.tests.gestes import BOMY, adherent
from beffroi.personnes.comptes.tests.personnes import LUNDI
from beffroi.socle.journal.models import Ecriture
from beffroi.socle.journal.relecture_des_lignes import fautes_des_lignes
from formats.tests.normes import NORMES

pytestmark = pytest.mark.moteurs

COMMUNES = """code_insee;nom;siren;codes_postaux;population
62155;Bomy;216201558;62960;600
62001;Le Portel;;62480 62481;9000
59001;Ailleurs;;59000;10
"""
EPCI = "siren;nom;type;population_totale\n;CC des Collines;CC;12000\n"


@pytest.fixture
def dossier(tmp_path):
    (tmp_path / "communes_62.csv").write_text(COMMUNES, "utf-8")
    (tmp_path / "epci_62.csv").write_text(EPCI, "utf-8")
    return tmp_path


def charger(dossier, annee=None):
    return charger_un_essai(
        trouvees=cog.lire(dossier, "62"), annee=annee, sujet="cog/62", maintenant=LUNDI
    )


def test_les_communes_du_departement_et_les_epci_se_lisent(dossier):
    lues = [trouvee.identite.nom for trouvee in cog.lire(dossier, "62")]

    assert lues == ["Commune de Bomy", "Commune du Portel", "CC des Collines"]


def test_un_siren_absent_s_invente_juste_et_toujours_le_meme(dossier):
    siren = cog.lire(dossier, "62")[1].identite.siren

    assert siren.startswith("999") and luhn.is_valid(siren)
    assert siren == cog.siren_invente("62001") != cog.siren_invente("62002")


@pytest.mark.parametrize(
    ("nom", "dit"),
    [
        ("Azincourt", "d'Azincourt"),
        ("Le Portel", "du Portel"),
        ("Les Attaques", "des Attaques"),
        ("Bomy", "de Bomy"),
    ],
)
def test_le_nom_d_une_commune_s_accorde(nom, dit):
    assert cog.de(nom) == dit


def test_un_dossier_sans_fichier_se_dit(tmp_path):
    with pytest.raises(cog.CogIllisible, match="Aucun fichier"):
        cog.lire(tmp_path, "62")


@pytest.mark.django_db
def test_charger_deux_fois_n_inscrit_qu_une_fois_et_ne_touche_pas_aux_connus(dossier):
    adherent(nom="Bomy, tel quel")

    assert (charger(dossier), charger(dossier)) == ((2, 1), (0, 3))
    assert Adherent.objects.get(siren=BOMY).nom == "Bomy, tel quel"
    assert Ecriture.objects.filter(acte="adherents.charger_un_essai").count() == 1


@pytest.mark.django_db
def test_ce_qui_est_charge_est_marque_et_prouve(dossier):
    charger(dossier, annee=2026)

    assert Adherent.objects.filter(est_un_essai=True).count() == 3
    assert queries.effectif_retenu(Adherent.objects.get(siren=BOMY), 2026).agents == 8
    assert list(fautes_des_lignes()) == []


@pytest.mark.django_db
@pytest.mark.skipif(
    not (NORMES / "cog").is_dir(),
    reason="les fichiers du code officiel géographique ne sont pas là",
)
def test_le_pas_de_calais_entier_se_charge_en_une_ecriture():
    charger(NORMES / "cog", annee=2026)

    natures = Adherent.objects.values_list("nature", flat=True)
    assert (list(natures).count("commune"), list(natures).count("epci")) == (887, 20)
    assert Effectif.objects.count() == 907

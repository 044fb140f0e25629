"""Les tables entières :
ni trou, ni recouvrement, ni valeur sans texte, ni clé sans test, ni révision oubliée.
"""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from droit import phrases
from droit.en_vigueur import Droit, DroitInconnu
from droit.tables import charger

TABLES = charger()
FICHES = sorted(TABLES.fiches.values(), key=lambda fiche: fiche.cle)
PERIODES = [(fiche, periode) for fiche in FICHES for periode in fiche.periodes]
PROCEDURES = list(TABLES.procedures.values())
UN_JOUR = timedelta(days=1)
SERVIES = {"entière", "partielle", "plus tard"}
AXES = {"procédure", "technique d'achat", "forme d'exécution", "régime"}


def nom(element) -> str:
    return getattr(element, "cle", None) or str(getattr(element, "du", element))


def valeur_au(fiche, jour):
    """Ce que les tables donnent ce jour-là, ou l'erreur qu'elles en font."""
    try:
        return Droit.au(jour).valeur(fiche.cle).valeur
    except DroitInconnu as inconnu:
        return inconnu


def test_les_periodes_se_suivent_sans_trou_ni_recouvrement():
    decousues = [
        f.cle for f in FICHES if not all(a.au + UN_JOUR == b.du for a, b in pairwise(f.periodes))
    ]

    assert not decousues, "\n".join(decousues)


def test_l_unite_et_la_date_de_reference_se_disent_en_francais():
    muettes = [
        f.cle for f in FICHES if f.unite not in phrases.UNITES or not phrases.date_pivot(f.pivot)
    ]

    assert not muettes, "\n".join(muettes)


def test_chaque_valeur_a_son_texte_sa_lecture_et_un_lien():
    sans = [
        f"{fiche.cle}, du {periode.du}"
        for fiche, periode in PERIODES
        if not (
            str(periode.article) and periode.lu.titre and periode.lu.lien.startswith("https://")
        )
    ]

    assert not sans, "\n".join(sans)


def test_la_valeur_tient_du_premier_au_dernier_jour_de_sa_periode():
    fausses = [
        f"{fiche.cle}, au {jour} : {valeur_au(fiche, jour)} au lieu de {periode.valeur}"
        for fiche, periode in PERIODES
        for jour in (periode.du, periode.au or date(2035, 12, 31))
        if valeur_au(fiche, jour) != periode.valeur
    ]

    assert PERIODES
    assert not fausses, "\n".join(fausses)


def test_la_veille_du_debut_des_tables_est_une_erreur():
    veilles = {fiche.cle: valeur_au(fiche, fiche.connue_du - UN_JOUR) for fiche in FICHES}
    sues = [
        f"{cle} : {valeur}"
        for cle, valeur in veilles.items()
        if not isinstance(valeur, DroitInconnu) or "n'est pas connue au" not in str(valeur)
    ]

    assert not sues, "\n".join(sues)


def test_chaque_cle_est_nommee_par_un_test():
    dossier = Path(__file__).resolve().parents[1]
    texte = "\n".join(fichier.read_text("utf-8") for fichier in dossier.rglob("test_*.py"))

    assert [fiche.cle for fiche in FICHES if f'"{fiche.cle}"' not in texte] == []


def test_aucune_valeur_n_a_passe_sa_date_de_revision():
    """Passé cette date, relire le texte, puis corriger la table ou repousser `revoir_avant`."""
    perimees = [fiche.cle for fiche in (*FICHES, *PROCEDURES) if fiche.revoir_avant <= date.today()]

    assert perimees == []


@pytest.mark.parametrize("procedure", PROCEDURES, ids=nom)
def test_une_procedure_dit_si_elle_est_servie_et_sur_quel_axe_elle_se_place(procedure):
    assert procedure.servie in SERVIES
    assert procedure.axe in AXES
    assert procedure.phases
    assert procedure.enveloppes


@pytest.mark.parametrize("procedure", [p for p in PROCEDURES if p.delais], ids=nom)
def test_les_delais_d_une_procedure_sont_dans_les_tables(procedure):
    assert any(cle.startswith(f"{procedure.delais}.") for cle in TABLES.fiches)


@pytest.mark.parametrize("procedure", [p for p in PROCEDURES if p.decp], ids=nom)
def test_la_procedure_declaree_est_une_valeur_du_schema(procedure):
    droit = Droit.au(date(2026, 11, 24))
    valeurs = {
        "marché": "liste.procedures_de_marche",
        "concession": "liste.procedures_de_concession",
    }

    assert procedure.decp in droit.valeur(valeurs[procedure.natures[0]]).valeur


def test_toutes_les_procedures_de_la_loi_sont_la_meme_celles_qui_viendront():
    assert set(TABLES.procedures) == {
        "sans_publicite",
        "procedure_adaptee_ouverte",
        "procedure_adaptee_restreinte",
        "appel_offres_ouvert",
        "appel_offres_restreint",
        "procedure_avec_negociation",
        "dialogue_competitif",
        "partenariat_innovation",
        "concession_au_dessus_du_seuil",
        "concession_sous_le_seuil",
        "concours",
        "accord_cadre",
        "marche_subsequent",
        "systeme_acquisition_dynamique",
        "marche_specifique",
        "systeme_de_qualification",
        "catalogue_electronique",
        "enchere_electronique",
        "achat_innovant",
        "marche_reserve",
        "services_sociaux",
        "defense_securite",
    }


def test_une_procedure_inconnue_est_une_erreur_qui_donne_les_autres():
    with pytest.raises(DroitInconnu, match="Elles connaissent : sans_publicite"):
        Droit.au(date(2026, 11, 24)).procedure("adjudication")
